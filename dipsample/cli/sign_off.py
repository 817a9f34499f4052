"""``dipsample sign-off``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dipsample.cli.console import Format, counted, say, say_json, say_table
from dipsample.cli.options import as_option, format_option, passphrase_option, project_argument

if TYPE_CHECKING:
    from dipsample.decision_views import SignOffView


@click.command(
    name="sign-off",
    short_help="Sign the sample off, or see what keeps it open.",
    epilog='Example: dipsample sign-off audit.dip --statement "I answer for these findings."',
)
@project_argument
@as_option
@click.option("--statement", metavar="TEXT", help="What you answer for; signs the sample off.")
@click.option("--revoke", "revoked", metavar="REASON", help="Take the signature back.")
@passphrase_option
@format_option
def command(
    project: Path,
    name: str | None,
    statement: str | None,
    revoked: str | None,
    passphrase_file: Path | None,
    layout: Format,
) -> None:
    """Sign the sample off once every case is final or out of the audit.

    A signature covers the final answers of every case by their hash: any change makes it void, and
    the findings are provisional again. Without an option it says how things stand, and lists the
    cases that are open.
    """
    from dipsample.cli.projects import opened
    from dipsample.system import who

    if statement is not None and revoked is not None:
        raise click.UsageError("Sign, or take back: one at a time.")
    is_reading = statement is None and revoked is None
    with opened(project, passphrase_file, is_read_only=is_reading) as audit:
        if statement is not None:
            view = audit.sign_off(who(name), statement)
        elif revoked is not None:
            view = audit.revoke_sign_off(who(name), revoked)
        else:
            view = audit.sign_off_view()
        _print(view, layout)


def _print(view: SignOffView, layout: Format) -> None:
    if layout is Format.JSON:
        say_json(asdict(view))
        return
    if layout is Format.TEXT:
        say(_standing(view))
        say(
            f"{counted(view.cases, 'case')}: {view.final} final, {view.excluded} out of the audit"
            f"; {counted(view.unresolved, 'answer')} could not be agreed"
        )
        say(f"hash of the final answers: {view.head}")
    if view.blockers or layout is Format.CSV:
        say_table(("case", "open because"), view.blockers, layout=layout)


def _standing(view: SignOffView) -> str:
    if view.is_signed:
        return f"Signed off by {view.signed_by} at {view.signed_at}: {view.statement}"
    if view.is_ready:
        return "Not signed off. Nothing stands in the way: sign with --statement TEXT"
    return f"Not signed off: {counted(len(view.blockers), 'thing')} to settle first"
