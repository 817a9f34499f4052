"""``dipsample extend``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dipsample.cli.console import Format, counted, remark, say_table
from dipsample.cli.options import (
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
    epilog="Example: dipsample extend audit.dip extract.csv --size 500",
)
@project_argument
@extract_argument
@click.option(
    "--size",
    type=click.IntRange(min=1),
    required=True,
    help="Records wanted in the sample, those that were replaced left out.",
)
@as_option
@passphrase_option
@format_option
def command(
    project: Path,
    extract: Extract,
    size: int,
    name: str | None,
    passphrase_file: Path | None,
    layout: Format,
) -> None:
    """Let the sample grow to a size by the next ranks of each stratum, under the same seed.

    EXTRACT must be the one that was committed. The plan's allocation and bounds hold on; no
    stratum loses a record, no case changes its number, and the reserve is filled up again. It
    does not matter in how many steps a size is reached. The log keeps whether findings had been
    exported before, and the workbook says so.
    """
    from dipsample.cli.projects import opened
    from dipsample.system import who

    with opened(project, passphrase_file) as audit:
        written = audit.extend(who(name), extract, size)
        rows = [
            (stratum.name, stratum.population, stratum.sample, stratum.reserve)
            for stratum in audit.design().strata
        ]
        columns = ("stratum", "frame", "sample", "reserve")
        say_table(columns, rows, layout=layout, right=frozenset(columns[1:]))
        if not written:
            remark("The sample has this size already; nothing was written.")
            return
        waiting = counted(audit.overview().unassigned, "case")
        remark(f"Assigned to nobody: {waiting}. Next: dipsample assign {project} --reviewers a,b,c")
