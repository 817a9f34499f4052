"""``dipsample reopen``."""

from __future__ import annotations

from pathlib import Path

import click

from dipsample.cli.console import say
from dipsample.cli.options import as_option, passphrase_option, project_argument


@click.command(
    name="reopen",
    short_help="Open a locked coding again, with a reason.",
    epilog='Example: dipsample reopen audit.dip C-0042 --coder R2 --reason "wrong record read"',
)
@project_argument
@click.argument("case")
@click.option("--coder", required=True, metavar="CODE", help="Whose coding: R1, R2 and so on.")
@click.option("--reason", required=True, metavar="TEXT", help="Why, in a sentence.")
@as_option
@passphrase_option
def command(
    project: Path,
    case: str,
    coder: str,
    reason: str,
    name: str | None,
    passphrase_file: Path | None,
) -> None:
    """Open a locked coding of CASE again, for its coder to change and hand in anew.

    A coding is locked once others rest on it: when its case is adjudicated, and at sign-off. What
    was handed in before is kept, and agreement between coders goes on resting on the first.
    """
    from dipsample.cli.projects import opened
    from dipsample.system import who

    with opened(project, passphrase_file) as audit:
        audit.reopen(who(name), case, code=coder, reason=reason)
        say(f"{case} is open again for {coder}")
