"""``dipsample log``."""

from __future__ import annotations

from pathlib import Path

import click

from dipsample.cli.console import Format, say_table
from dipsample.cli.options import as_option, format_option, passphrase_option, project_argument

COLUMNS = ("time", "who", "what", "case", "stream", "seq", "hash")


@click.command(
    name="log",
    short_help="Print what happened, event by event.",
    epilog="Example: dipsample log audit.dip --format csv > log.csv",
)
@project_argument
@as_option
@passphrase_option
@format_option
def command(project: Path, name: str | None, passphrase_file: Path | None, layout: Format) -> None:
    """Print every event, oldest first: when, who, what, and in the other formats its hash.

    A coder sees their own events and those that are about no case.
    """
    from dipsample.cli.projects import opened
    from dipsample.system import who

    with opened(project, passphrase_file, is_read_only=True) as audit:
        lines = audit.log(who(name))
        columns = COLUMNS[:4] if layout is Format.TEXT else COLUMNS
        say_table(
            columns,
            [
                (line.time, line.who, line.what, line.case_id, line.stream, line.seq, line.hash)[
                    : len(columns)
                ]
                for line in lines
            ],
            layout=layout,
        )
