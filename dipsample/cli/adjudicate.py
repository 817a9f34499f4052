"""``dipsample adjudicate``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dipsample.cli.options import as_option, passphrase_option, project_argument


@click.command(
    name="adjudicate",
    short_help="Decide cases that were coded differently.",
    epilog="Examples: dipsample adjudicate audit.dip --as dan; "
    'dipsample adjudicate audit.dip C-0012 --reason "R2 is on leave until May"',
)
@project_argument
@click.argument("case_id", metavar="[CASE]", required=False)
@as_option
@click.option("--plain", is_flag=True, help="Line prompts: no cursor movement, no colour.")
@click.option("--ascii", "is_ascii", is_flag=True, help="With --plain: ASCII characters alone.")
@click.option(
    "--reason",
    default="",
    metavar="TEXT",
    help="For the supervisor, with CASE: why it is decided early, again, or in the place of "
    "somebody else.",
)
@passphrase_option
def command(
    project: Path,
    case_id: str | None,
    name: str | None,
    plain: bool,
    is_ascii: bool,
    reason: str,
    passphrase_file: Path | None,
) -> int:
    """Decide the cases whose codings differ, one after the other, or CASE alone.

    Whoever coded a case cannot decide it. Names are hidden until it is closed. A decision never
    changes a coding, and falls when one of its codings changes.
    """
    if reason and case_id is None:
        raise click.UsageError("--reason is about one case: name it.")
    if not plain:
        from dipsample.cli.screens import open_screens
        from dipsample.tui.app import OneCase

        start = "decide" if case_id is None else OneCase(case_id, reason)
        return open_screens(project, name=name, passphrase_file=passphrase_file, start=start)
    from dipsample.cli.projects import opened
    from dipsample.system import who
    from dipsample.tui.plain_adjudication import run_plain_adjudication

    with opened(project, passphrase_file) as audit:
        return run_plain_adjudication(
            audit,
            who(name),
            sys.stdin,
            sys.stdout,
            ascii_only=is_ascii,
            case_id=case_id,
            reason=reason,
        )
