"""``dipsample overruled``."""

from __future__ import annotations

from pathlib import Path

import click

from dipsample.cli.console import Format, remark_wrapped, say_table
from dipsample.cli.options import as_option, format_option, passphrase_option, project_argument


@click.command(
    name="overruled",
    short_help="List where your answers were not the final ones.",
    epilog="Example: dipsample overruled audit.dip --as amber",
)
@project_argument
@as_option
@passphrase_option
@format_option
def command(project: Path, name: str | None, passphrase_file: Path | None, layout: Format) -> None:
    """List NAME's answers that are not the final ones, each with the reason.

    The list is for NAME alone, to learn from; a case stands in it once it is decided.
    """
    from dipsample.cli.projects import opened
    from dipsample.system import who

    with opened(project, passphrase_file, is_read_only=True) as audit:
        found = audit.overruled(who(name))
        say_table(
            ("case", "question", "yours", "final", "why"),
            [(one.case_id, one.question, one.own, one.final, one.reason) for one in found],
            layout=layout,
            widest={"yours": 28, "final": 28},
        )
        if not found:
            remark_wrapped(audit.nothing_overruled(who(name)))
