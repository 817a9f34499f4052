"""Opens the terminal screens: the store is opened while the screens are being loaded."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dipsample.cli.exit_codes import ExitCode
from dipsample.errors import UsageError

if TYPE_CHECKING:
    from dipsample.tui.app import OneCase


def open_screens(
    project: Path, *, name: str | None, passphrase_file: Path | None, start: str | OneCase | None
) -> int:
    """Run the screens on a project.

    Args:
        project: The project's file.
        name: Who is acting, as given.
        passphrase_file: Where the passphrase stands, if in a file.
        start: A page of ``dipsample.tui.app.Start``, or a case to be decided; None: the page
            that fits the person.

    Returns:
        The exit code.

    Raises:
        UsageError: Where there is no terminal.
        InputError: Where the settings of this user cannot be understood.
        AuditError: Where the project cannot be opened.
    """
    from dipsample.system import who

    acting = who(name)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "The screens need a terminal; `code --plain` and `adjudicate --plain` ask line by line."
        )
    from dipsample.opening import ready_to_open
    from dipsample.system import user_settings_file
    from dipsample.tui.app import Start, run
    from dipsample.user_settings import read_user_settings

    keys = read_user_settings(user_settings_file()).keys
    run(
        ready_to_open(project, passphrase_file=passphrase_file),
        name=acting,
        start=Start.HOME if start is None else start,
        keys=keys,
    )
    return ExitCode.DONE
