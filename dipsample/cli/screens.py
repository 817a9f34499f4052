"""Opens the terminal screens: the store is opened while the screens are being loaded."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dipsample.cli.exit_codes import ExitCode
from dipsample.errors import UsageError

if TYPE_CHECKING:
    from dipsample.tui.app import OneCase

CONFIDENCE: Final = 0.95
"""Of a comparison on the screen; the command takes any."""


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
    _check_terminal("`code --plain` and `adjudicate --plain` ask line by line.")
    from dipsample.opening import ready_to_open
    from dipsample.tui.app import Start, run

    keys = _keys_of_user()
    run(
        ready_to_open(project, passphrase_file=passphrase_file),
        name=acting,
        start=Start.HOME if start is None else start,
        keys=keys,
    )
    return ExitCode.DONE


def open_waves(
    projects: Sequence[Path], *, name: str | None, passphrase_files: Sequence[Path]
) -> int:
    """Show several projects as waves of one audit; they are read before the screen opens.

    Args:
        projects: Oldest first, two or more.
        name: Who is acting, as given.
        passphrase_files: One for all, or one for each.

    Returns:
        The exit code.

    Raises:
        UsageError: Where there is no terminal, or a project is given twice.
        AuditError: Where a project cannot be opened, or its figures are not for whoever asks.
    """
    from dipsample.system import who

    acting = who(name)
    _check_terminal("`compare` prints the same.")
    from dipsample.cli.compared import read_all
    from dipsample.tui.app import run_waves
    from dipsample.tui.models.waves import WavesShown
    from review.comparing import compare

    keys = _keys_of_user()
    read = read_all(projects, passphrase_files, name=name, indicators=None, confidence=CONFIDENCE)
    waves = tuple(one.wave for one in read)
    made = compare(waves, wanted=None, confidence=CONFIDENCE, target=None)
    signed = tuple(one.audit.is_signed for one in read)
    run_waves(WavesShown(waves, made, signed), name=acting, keys=keys)
    return ExitCode.DONE


def _check_terminal(instead: str) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(f"The screens need a terminal; {instead}")


def _keys_of_user() -> Mapping[str, str]:
    from dipsample.system import user_settings_file
    from dipsample.user_settings import read_user_settings

    return read_user_settings(user_settings_file()).keys
