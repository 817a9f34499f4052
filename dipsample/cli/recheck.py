"""``dipsample recheck``."""

from __future__ import annotations

from pathlib import Path

import click

from dipsample.cli.console import remark, say
from dipsample.cli.options import as_option, passphrase_option, project_argument


@click.command(
    name="recheck",
    short_help="Deal out a second look at what decides the headline.",
    epilog="Example: dipsample recheck audit.dip",
)
@project_argument
@as_option
@passphrase_option
def command(project: Path, name: str | None, passphrase_file: Path | None) -> None:
    """Give a second, blind coding to every case coded once whose M2 or C.1 is yes or undecided.

    It goes to somebody else, by ticket. Where the two differ the case is adjudicated. These
    codings improve the findings; agreement between coders rests on cases chosen by ticket alone.
    """
    from dipsample.cli.projects import opened
    from dipsample.system import who

    with opened(project, passphrase_file) as audit:
        number = audit.second_looks(who(name))
        say("1 case gets a second look" if number == 1 else f"{number:,} cases get a second look")
        if not number:
            remark("No case coded once has a yes or an undecided on M2 or C.1.")
