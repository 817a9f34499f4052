"""``dipsample extend``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dipsample.cli.console import Format, counted, remark, say_table
from dipsample.cli.options import (
    ExtractName,
    as_option,
    extract_argument,
    format_option,
    passphrase_option,
    project_argument,
)

if TYPE_CHECKING:
    from sampling.extracts.naming import Extract


@click.command(
    name="extend",
    short_help="Let the sample grow by the next ranks of its draw.",
    epilog="Examples: dipsample extend audit.dip extract.csv --size 500; "
    "dipsample extend audit.dip until-june.csv --earlier until-may.csv; "
    "dipsample extend audit.dip until-june.csv --close",
)
@project_argument
@extract_argument
@click.option(
    "--size",
    type=click.IntRange(min=1),
    help="Records wanted in the sample, those that were replaced left out.",
)
@click.option(
    "--earlier",
    type=ExtractName(),
    help="Of a rolling draw: the extract of before, all of which EXTRACT has to hold.",
)
@click.option(
    "--close", "is_last", is_flag=True, help="Of a rolling draw: EXTRACT is the last one."
)
@as_option
@passphrase_option
@format_option
def command(
    project: Path,
    extract: Extract,
    size: int | None,
    earlier: Extract | None,
    is_last: bool,
    name: str | None,
    passphrase_file: Path | None,
    layout: Format,
) -> None:
    """Let the sample grow to a size by the next ranks of each stratum, under the same seed.

    EXTRACT must be the one that was committed. The plan's allocation and bounds hold on; no
    stratum loses a record, no case changes its number, and the reserve is filled up again. It
    does not matter in how many steps a size is reached. The log keeps whether findings had been
    exported before, and the workbook says so.

    A rolling draw takes its share of a later EXTRACT instead: give the one of before with
    --earlier. Every record of that has to be in EXTRACT, in the same stratum. With --close the
    frame takes in nothing more, and the sample can be signed off.
    """
    from dipsample.cli.projects import opened
    from dipsample.system import who

    is_rolling = earlier is not None or is_last
    if (size is None) != is_rolling:
        raise click.UsageError("Give --size, or for a rolling draw --earlier, --close or both.")
    with opened(project, passphrase_file) as audit:
        written = 0
        if size is not None:
            written += audit.extend(who(name), extract, size)
        if earlier is not None:
            written += audit.take_in(who(name), extract, earlier=earlier)
        if is_last:
            written += audit.close_frame(who(name), extract)
        rows = [
            (stratum.name, stratum.population, stratum.sample, stratum.reserve)
            for stratum in audit.design().strata
        ]
        columns = ("stratum", "frame", "sample", "reserve")
        say_table(columns, rows, layout=layout, right=frozenset(columns[1:]))
        if not written:
            remark("The sample is as asked for already; nothing was written.")
            return
        waiting = counted(audit.overview().unassigned, "case")
        remark(f"Assigned to nobody: {waiting}. Next: dipsample assign {project} --reviewers a,b,c")
