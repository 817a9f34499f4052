"""``dipsample code``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dipsample.cli.options import as_option, passphrase_option, project_argument


@click.command(
    name="code",
    short_help="Code cases, on the screen or by line prompts.",
    epilog="Example: dipsample code audit.dip --as amber",
)
@project_argument
@as_option
@click.option("--plain", is_flag=True, help="Line prompts: no cursor movement, no colour.")
@click.option("--ascii", "is_ascii", is_flag=True, help="With --plain: ASCII characters alone.")
@passphrase_option
def command(
    project: Path, name: str | None, plain: bool, is_ascii: bool, passphrase_file: Path | None
) -> int:
    """Code NAME's queue of cases. Every key is saved before the next question shows."""
    if not plain:
        from dipsample.cli.screens import open_screens

        return open_screens(project, name=name, passphrase_file=passphrase_file, start="queue")
    from dipsample.cli.projects import opened
    from dipsample.system import who
    from dipsample.tui.plain import run_plain

    with opened(project, passphrase_file) as audit:
        return run_plain(audit, who(name), sys.stdin, sys.stdout, ascii=is_ascii)
