"""``dipsample open``."""

from __future__ import annotations

from pathlib import Path

import click

from dipsample.cli.options import as_option, passphrases_option


@click.command(
    name="open",
    short_help="Open the terminal screens on a project.",
    epilog="Examples: dipsample open audit.dip --as amber; "
    "dipsample open spring.dip summer.dip autumn.dip",
)
@click.argument(
    "projects", metavar="PROJECT...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@as_option
@passphrases_option
def command(
    projects: tuple[Path, ...], name: str | None, passphrase_files: tuple[Path, ...]
) -> int:
    """Open the terminal screens: the supervisor's overview, or a coder's queue.

    With several projects, oldest first, they are compared as waves of one audit: the run of each
    indicator, and what `dipsample compare` says of it.
    """
    from dipsample.cli.screens import open_screens, open_waves

    if len(projects) > 1:
        return open_waves(projects, name=name, passphrase_files=passphrase_files)
    if len(passphrase_files) > 1:
        raise click.UsageError("One project has one passphrase file.")
    (project,) = projects
    file = passphrase_files[0] if passphrase_files else None
    return open_screens(project, name=name, passphrase_file=file, start=None)
