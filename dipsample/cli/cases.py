"""``dipsample cases``."""

from __future__ import annotations

from pathlib import Path

import click

from dipsample.cli.console import Format, say_table
from dipsample.cli.options import format_option, passphrase_option, project_argument

COLUMNS = ("case", "record_id", "stratum", "rank", "role", "ticket", "state")


@click.command(
    name="cases",
    short_help="List the drawn records, one line each.",
    epilog="Example: dipsample cases audit.dip --format csv > cases.csv",
)
@project_argument
@passphrase_option
@format_option
def command(project: Path, passphrase_file: Path | None, layout: Format) -> None:
    """List the drawn records, sample and reserve, in the order of their case numbers.

    Text is cut to fit the screen; the other formats hold every ticket and id whole.
    """
    from dipsample.cli.projects import opened

    with opened(project, passphrase_file, is_read_only=True) as audit:
        say_table(
            COLUMNS,
            [
                (
                    row.case_id,
                    row.record_id,
                    row.stratum,
                    row.rank,
                    row.role,
                    row.ticket,
                    row.state.replace("_", " ") if layout is Format.TEXT else row.state,
                )
                for row in audit.cases()
            ],
            layout=layout,
            right=frozenset({"rank"}),
            widest={"record_id": 24, "stratum": 20, "ticket": 10},
        )
