"""``dipsample seed reveal``."""

from __future__ import annotations

from pathlib import Path

import click

from dipsample.cli.console import remark, say
from dipsample.cli.options import as_option, passphrase_option, project_argument


@click.command(
    name="reveal",
    short_help="Take in a party's contribution, once all have committed.",
    epilog="Example: dipsample seed reveal audit.dip --party charity < contribution.txt",
)
@project_argument
@click.option("--party", required=True, help="Whose it is.")
@as_option
@passphrase_option
def command(project: Path, party: str, name: str | None, passphrase_file: Path | None) -> None:
    """Write down a party's contribution, read from a prompt or from standard input.

    Refused before every commitment is in, and where it is not what the party committed to.
    """
    from dipsample.cli.projects import opened
    from dipsample.cli.seed_hash import read_contribution
    from dipsample.system import who

    with opened(project, passphrase_file) as audit:
        joint = audit.reveal_contribution(who(name), party, read_contribution())
        if joint.seed is None:
            say(f"{party} has shown its contribution")
            remark(f"Still to come: {', '.join(joint.unrevealed)}.")
        else:
            say(f"seed {joint.seed}")
            remark(f"Next: dipsample draw {project} EXTRACT")
