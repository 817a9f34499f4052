"""``dipsample seed open``."""

from __future__ import annotations

from pathlib import Path

import click

from dipsample.cli.console import remark, say
from dipsample.cli.options import (
    as_option,
    columns_option,
    passphrase_option,
    project_argument,
)


@click.command(
    name="open",
    short_help="Name the parties that make the seed together.",
    epilog="Example: dipsample seed open audit.dip --parties force,charity,court",
)
@project_argument
@columns_option("--parties", "Who takes part: 2 to 20 names.", of="NAME")
@as_option
@passphrase_option
def command(
    project: Path, parties: tuple[str, ...], name: str | None, passphrase_file: Path | None
) -> None:
    """Begin a joint seed, once frame and plan are committed.

    Beginning again gives the former one up; where a contribution had been shown by then, that is
    counted, and every draw record says so.
    """
    from dipsample.cli.projects import opened
    from dipsample.system import who

    with opened(project, passphrase_file) as audit:
        joint = audit.begin_joint_seed(who(name), parties)
        say(f"joint seed of {', '.join(joint.parties)} begun")
        remark("Each party makes 20 to 128 characters of its own, such as 20 throws of a die.")
        remark(f"Next, for each: dipsample seed commit {project} --party NAME --commitment HEX")
