"""Where the passphrase of an encrypted project comes from: a file, the environment, a prompt.

Never an argument of the command line, which every user of the computer can read.
"""

from __future__ import annotations

import os
import stat
import sys
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from dipsample.errors import PassphraseError

VARIABLE: Final = "DIPSAMPLE_PASSPHRASE"
LEAST_CHARACTERS: Final = 12

_MOST_BYTES: Final = 4096


def find_passphrase(
    file: Path | None, env: Mapping[str, str], *, ask: Callable[[str], str] | None
) -> str:
    """Return the passphrase of a project that exists.

    Args:
        file: What ``--passphrase-file`` names; the first source.
        env: The environment; its ``DIPSAMPLE_PASSPHRASE`` is the second one.
        ask: Shows a prompt on the terminal and returns what was typed unseen, the last one; None
            where there is no terminal.

    Returns:
        The passphrase in NFC: keyboards differ in how they spell an accented letter.

    Raises:
        PassphraseError: Where there is no source, the file is not private, or nothing was given.
    """
    given = _given(file, env)
    if given is None:
        given = _asker(ask)("Passphrase: ")
    return _usable(given)


def new_passphrase(
    file: Path | None, env: Mapping[str, str], *, ask: Callable[[str], str] | None
) -> str:
    """Return the passphrase of a project that is about to be made.

    Args:
        file: As :func:`find_passphrase`.
        env: As :func:`find_passphrase`.
        ask: As :func:`find_passphrase`; it is asked twice.

    Raises:
        PassphraseError: As :func:`find_passphrase`; also under 12 characters, or where the two
            that were typed differ.
    """
    given = _given(file, env)
    if given is None:
        prompt = _asker(ask)
        given = prompt("New passphrase, at least 12 characters; without it all is lost: ")
        if given != prompt("The same once more: "):
            raise PassphraseError("The two passphrases differ; start again.")
    passphrase = _usable(given)
    if len(passphrase) < LEAST_CHARACTERS:
        raise PassphraseError(
            f"A passphrase has at least {LEAST_CHARACTERS} characters; take a longer one, "
            "such as four words."
        )
    return passphrase


def _given(file: Path | None, env: Mapping[str, str]) -> str | None:
    if file is not None:
        return _read_private(file)
    return env.get(VARIABLE) or None


def _asker(ask: Callable[[str], str] | None) -> Callable[[str], str]:
    if ask is None:
        raise PassphraseError(
            "The project is encrypted and there is no terminal to ask for its passphrase; use "
            f"--passphrase-file or the variable {VARIABLE}."
        )
    return ask


def _read_private(file: Path) -> str:
    """Return the text of a file that only its owner can read, without the line's end."""
    try:
        with file.open("rb") as stream:
            mode = os.fstat(stream.fileno()).st_mode
            content = stream.read(_MOST_BYTES)
    except OSError as problem:
        raise PassphraseError(
            f"The passphrase file {file} cannot be read ({problem.strerror}); check its path."
        ) from problem
    if sys.platform != "win32" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise PassphraseError(
            f"The passphrase file {file} can be read by others; close it to them with "
            f"chmod 600 {file}."
        )
    try:
        return content.decode("utf-8").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        raise PassphraseError(
            f"The passphrase file {file} is not UTF-8 text; save it as such."
        ) from None


def _usable(given: str) -> str:
    if not given or not given.isprintable():
        raise PassphraseError(
            "A passphrase is one line of printable characters; this one is empty or has others."
        )
    return unicodedata.normalize("NFC", given)
