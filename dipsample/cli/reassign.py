"""``dipsample reassign``."""

from __future__ import annotations

from pathlib import Path

import click

from dipsample.cli.console import say
from dipsample.cli.options import as_option, passphrase_option, project_argument


@click.command(
    name="reassign",
    short_help="Take a case off a reviewer, for another to code.",
    epilog="Example: dipsample reassign audit.dip C-0042 --from amber --to birch",
)
@project_argument
@click.argument("case")
@click.option("--from", "giver", required=True, metavar="NAME", help="Who gives the case up.")
@click.option(
    "--to", "taker", metavar="NAME", help="Who gets it. Default: whoever has the fewest cases."
)
@as_option
@passphrase_option
def command(
    project: Path,
    case: str,
    giver: str,
    taker: str | None,
    name: str | None,
    passphrase_file: Path | None,
) -> None:
    """Take CASE off a reviewer who has not handed it in, for another to code from the start.

    For a conflict of interest, or a case that somebody would rather not read. What they wrote is
    kept and not counted, and nobody codes a case twice.
    """
    from dipsample.cli.projects import opened
    from dipsample.system import who

    with opened(project, passphrase_file) as audit:
        audit.pass_on(who(name), case, giver=giver, taker=taker)
        say(f"{case} is now another reviewer's")
