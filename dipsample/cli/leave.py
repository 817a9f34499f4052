"""``dipsample leave``."""

from __future__ import annotations

from pathlib import Path

import click

from dipsample.cli.console import Format, remark
from dipsample.cli.options import as_option, format_option, passphrase_option, project_argument


@click.command(
    name="leave",
    short_help="Note that a reviewer left, and deal their open cases on.",
    epilog="Example: dipsample leave audit.dip birch",
)
@project_argument
@click.argument("reviewer")
@as_option
@passphrase_option
@format_option
def command(
    project: Path,
    reviewer: str,
    name: str | None,
    passphrase_file: Path | None,
    layout: Format,
) -> None:
    """Note that REVIEWER left, and deal what they had not handed in on to the others.

    What they handed in stays and counts. Their drafts are kept and not counted. Where nobody else
    may take a case, because they coded it themselves, it is decided on what there is.
    """
    from dipsample.cli.assign import say_loads
    from dipsample.cli.projects import opened
    from dipsample.system import who

    with opened(project, passphrase_file) as audit:
        changed = audit.let_go(who(name), reviewer)
        say_loads(audit, layout)
        if not changed:
            remark("This reviewer had left already; nothing was written.")
        if audit.overview().unassigned:
            remark(f"Deal the rest with: dipsample assign {project} --reviewers a,b,...")
