"""Keys of the user's own: the ``[keys]`` table of the user's settings, laid over the registry.

A sign takes the place of the one that a command is shown with. The command's other keys go on
meaning it, except where another command of the same screen was given them, and its function key
always does: no command can be lost.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from dipsample.errors import InputError
from dipsample.tui.commands import COMMANDS, Command, Need

_KEPT: Final = "`"
"""Leaves every page; it cannot be given away."""

_APART: Final = (
    frozenset({Need.DEFERRED, Need.NOT_DEFERRED}),
    frozenset({Need.SUBMITTED, Need.OPEN_CODING}),
)
"""Of two commands that need the two of a pair only one does something at a time."""


def rebound(keys: Mapping[str, str]) -> tuple[Command, ...]:
    """Return the registry with keys of the user's own.

    Args:
        keys: By id of a command, the sign that shall stand for it.

    Raises:
        InputError: Where there is no such command, the sign is a letter, a digit or no single
            sign, or one sign would stand for two commands of a screen.
    """
    known = {command.id for command in COMMANDS}
    for command_id, key in keys.items():
        if command_id not in known:
            raise InputError(
                f"[keys] {command_id}: there is no such command; there are "
                f"{', '.join(sorted(known))}."
            )
        if problem := _why_not_a_key(key):
            raise InputError(f"[keys] {command_id}: {problem}.")
    given = {command.id: command for command in COMMANDS if command.id in keys}
    _check_clashes(given, keys)
    return tuple(_with_keys(command, given, keys) for command in COMMANDS)


def _why_not_a_key(key: str) -> str:
    """Say why something cannot be the key of a command; empty where it can."""
    if len(key) == 1 and key.isalnum():
        return "letters and digits answer questions; give a sign, such as ~ or +"
    if len(key) != 1 or unicodedata.category(key)[0] not in "PS":
        return "give one sign, such as ~ or +; function keys stay what they are"
    if unicodedata.east_asian_width(key) in {"W", "F"}:
        return "give a sign that is one column wide, such as ~ or +"
    return "the backquote leaves every page; give another sign" if key == _KEPT else ""


def _check_clashes(given: Mapping[str, Command], keys: Mapping[str, str]) -> None:
    commands = list(given.values())
    for number, one in enumerate(commands):
        for other in commands[number + 1 :]:
            if keys[one.id] == keys[other.id] and _meet(one, other):
                raise InputError(
                    f"[keys] {one.id} and {other.id} are on one screen; give each a sign of its "
                    "own."
                )


def _meet(one: Command, other: Command) -> bool:
    """Say whether two commands can be done on one screen at the same time."""
    needs = one.needs | other.needs
    return bool(one.where & other.where) and not any(pair <= needs for pair in _APART)


def _with_keys(command: Command, given: Mapping[str, Command], keys: Mapping[str, str]) -> Command:
    """Return a command with its own sign before its keys, without those given to one beside it."""
    own = keys.get(command.id)
    taken = {keys[other.id] for other in given.values() if _meet(command, other)} | {own}
    left = tuple(key for key in command.keys if key not in taken)
    return replace(command, keys=left if own is None else (own, *left))
