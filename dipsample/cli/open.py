"""``dipsample open``."""

from __future__ import annotations

from pathlib import Path

import click

from dipsample.cli.options import as_option, passphrase_option, project_argument


@click.command(
    name="open",
    short_help="Open the terminal screens on a project.",
    epilog="Example: dipsample open audit.dip --as amber",
)
@project_argument
@as_option
@passphrase_option
def command(project: Path, name: str | None, passphrase_file: Path | None) -> int:
    """Open the terminal screens: the supervisor's overview, or a coder's queue."""
    from dipsample.cli.screens import open_screens

    return open_screens(project, name=name, passphrase_file=passphrase_file, start=None)
