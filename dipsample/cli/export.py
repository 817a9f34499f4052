"""``dipsample export``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dipsample.cli.console import EXACT_INTERVALS, counted, remark, say, waiting_for
from dipsample.cli.options import as_option, columns_option, passphrase_option, project_argument

if TYPE_CHECKING:
    from dipsample.audit import Audit


@click.command(
    name="export",
    short_help="Write the findings as an Excel workbook.",
    epilog="Examples: dipsample export audit.dip findings.xlsx --by party_a_sex; "
    "dipsample export audit.dip out --codebook 1.0.0",
)
@project_argument
@click.argument("out", type=click.Path(path_type=Path))
@columns_option("--by", "Kept columns to break the findings down by; every one unless given.")
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Date printed on it; otherwise the day of the last event.",
)
@click.option(
    "--codebook",
    "version",
    metavar="VERSION",
    help="Figures under an earlier version of the codebook, as they stood when it ended.",
)
@as_option
@passphrase_option
def command(
    project: Path,
    out: Path,
    by: tuple[str, ...],
    date: datetime | None,
    version: str | None,
    name: str | None,
    passphrase_file: Path | None,
) -> None:
    """Write the findings as an Excel workbook into the folder OUT, or to OUT if it ends in .xlsx.

    The same project gives the same bytes. The workbook is not disclosure controlled: it is for
    people who may see the records' small numbers, and says so on every cover.

    With --codebook the figures are those that findings --codebook prints: of an earlier version, as
    they stood when a later one changed what an answer means. Cover, methods, titles and the name
    that a file gets in a folder say so.
    """
    from dipsample.cli.projects import opened
    from dipsample.system import who

    asking = who(name)
    with opened(project, passphrase_file) as present:
        earlier = None if version is None else present.earlier(asking, version)
        audit = earlier or present
        written = audit.export(
            asking,
            out,
            by=by or None,
            date=None if date is None else date.strftime("%Y-%m-%d"),
            progress=waiting_for(EXACT_INTERVALS),
        )
        say(f"{written.path}{' (replaced)' if written.has_replaced else ''}")
        say(f"SHA-256 {written.sha256}")
        for words in _remarks(audit):
            remark(words)
        remark("OFFICIAL-SENSITIVE, not disclosure controlled: not for publication.")


def _remarks(audit: Audit) -> Iterator[str]:
    """Say what a reader of the workbook has to know of its figures: whether they can still move."""
    open_cases = audit.overview().open_cases
    if audit.earlier_words:
        yield audit.earlier_words
        if open_cases:
            yield f"PROVISIONAL: {counted(open_cases, 'case was', 'cases were')} open then."
        elif not audit.is_signed_off:
            yield "PROVISIONAL: the sample was not signed off then."
    elif open_cases:
        is_or_are = counted(open_cases, "case is", "cases are")
        yield f"PROVISIONAL: {is_or_are} open, and what they say is not in it yet."
    elif not audit.is_signed_off:
        yield "PROVISIONAL: the sample is not signed off."
