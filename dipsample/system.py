"""The surroundings of a real run: clock, entropy, login name, terminal.

Everything behind this module takes them as arguments.
"""

from __future__ import annotations

import getpass
import os
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from dipsample.errors import UsageError
from dipsample.project import World
from dipsample.surroundings import (
    SystemClock,
    SystemEntropy,
    check_name,
    data_folder,
    settings_file,
)

USER_VARIABLE = "DIPSAMPLE_USER"
_NOT_OF_A_NAME = re.compile(r"[^a-z0-9._-]+")


def system_world() -> World:
    """Return the clock, the entropy and the data folder of this computer."""
    folder = data_folder(os.environ, platform=sys.platform, home=Path.home())
    return World(clock=SystemClock(), entropy=SystemEntropy(), data_folder=folder)


def user_settings_file() -> Path:
    """Return where the settings of this user stand, whether or not they do."""
    return settings_file(os.environ, platform=sys.platform, home=Path.home())


def system_today() -> date:
    """Return today's date in UTC by the clock of this computer."""
    return date.fromisoformat(SystemClock().now()[: len("2026-01-01")])


def who(name: str | None) -> str:
    """Return who is acting: the name given, else ``DIPSAMPLE_USER``, else the login name.

    Raises:
        UsageError: Where a name was given that is not allowed, or none can be found.
    """
    given = name or os.environ.get(USER_VARIABLE)
    if given:
        return check_name(given)
    try:
        login = getpass.getuser()
    except (OSError, KeyError):
        raise UsageError("Your login name is not known here; say who you are with --as.") from None
    return check_name(_NOT_OF_A_NAME.sub("-", login.lower()).strip("-._")[:32])


def ask_on_terminal() -> Callable[[str], str] | None:
    """Return a prompt that does not show what is typed; None where there is no terminal."""
    if not sys.stdin.isatty():
        return None
    return lambda prompt: getpass.getpass(prompt, stream=sys.stderr)
