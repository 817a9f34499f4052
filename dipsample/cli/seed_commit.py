"""``dipsample seed commit``."""

from __future__ import annotations

from pathlib import Path

import click

from dipsample.cli.console import remark, say
from dipsample.cli.options import as_option, passphrase_option, project_argument


@click.command(
    name="commit",
    short_help="Take in a party's commitment.",
    epilog="Example: dipsample seed commit audit.dip --party charity --commitment "
    "91063499b8fbf178e37e1f083cde6a762977e5e39fae9e4750cf0ac0eb2e050c",
)
@project_argument
@click.option("--party", required=True, help="Whose it is.")
@click.option("--commitment", required=True, help="64 hex digits, as seed hash prints them.")
@as_option
@passphrase_option
def command(
    project: Path,
    party: str,
    commitment: str,
    name: str | None,
    passphrase_file: Path | None,
) -> None:
    """Write down what a party publishes before anything is shown."""
    from dipsample.cli.projects import opened
    from dipsample.system import who

    with opened(project, passphrase_file) as audit:
        joint = audit.commit_to_seed(who(name), party, commitment)
        say(f"{party} has committed")
        if joint.uncommitted:
            remark(f"Still to come: {', '.join(joint.uncommitted)}. Nothing may be shown before.")
        else:
            remark("Every commitment is in. Publish them; then each party shows its contribution:")
            remark(f"Next, for each: dipsample seed reveal {project} --party NAME")
