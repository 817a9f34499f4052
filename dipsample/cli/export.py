"""``dipsample export``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from dipsample.cli.console import EXACT_INTERVALS, counted, remark, say, waiting_for
from dipsample.cli.options import as_option, columns_option, passphrase_option, project_argument


@click.command(
    name="export",
    short_help="Write the findings as an Excel workbook.",
    epilog="Example: dipsample export audit.dip findings.xlsx --by party_a_sex",
)
@project_argument
@click.argument("out", type=click.Path(path_type=Path))
@columns_option("--by", "Kept columns to break the findings down by; every one unless given.")
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Date printed on it; otherwise the day of the last event.",
)
@as_option
@passphrase_option
def command(
    project: Path,
    out: Path,
    by: tuple[str, ...],
    date: datetime | None,
    name: str | None,
    passphrase_file: Path | None,
) -> None:
    """Write the findings as an Excel workbook into the folder OUT, or to OUT if it ends in .xlsx.

    The same project gives the same bytes. The workbook is not disclosure controlled: it is for
    people who may see the records' small numbers, and says so on every cover.
    """
    from dipsample.cli.projects import opened
    from dipsample.system import who

    with opened(project, passphrase_file) as audit:
        written = audit.export(
            who(name),
            out,
            by=by or None,
            date=None if date is None else date.strftime("%Y-%m-%d"),
            progress=waiting_for(EXACT_INTERVALS),
        )
        say(f"{written.path}{' (replaced)' if written.has_replaced else ''}")
        say(f"SHA-256 {written.sha256}")
        open_cases = audit.overview().open_cases
        if open_cases:
            is_or_are = counted(open_cases, "case is", "cases are")
            remark(f"PROVISIONAL: {is_or_are} open, and what they say is not in it yet.")
        elif not audit.is_signed_off:
            remark("PROVISIONAL: the sample is not signed off.")
        remark("OFFICIAL-SENSITIVE, not disclosure controlled: not for publication.")
