"""Starting the terminal screens: the project opens while the toolkit is being loaded."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dipsample.audit import Audit
    from dipsample.tui.models.waves import WavesShown


@dataclass(frozen=True, slots=True)
class OneCase:
    """A case to be decided as soon as the program is open."""

    case_id: str
    reason: str = ""
    """Why early, again, or in somebody's place; for the supervisor alone."""


class Start(StrEnum):
    """The page that the program opens on."""

    HOME = "home"
    """The supervisor's overview or the coder's queue, whichever is theirs."""
    QUEUE = "queue"
    OVERVIEW = "overview"
    DECIDE = "decide"


def run(
    audit_factory: Callable[[], Audit] | None,
    *,
    name: str,
    start: str | OneCase = Start.HOME,
    ticks: Callable[[], float] = time.monotonic,
    keys: Mapping[str, str] | None = None,
) -> None:
    """Run the terminal screens until they are left.

    Args:
        audit_factory: Opens the project; deriving a key takes a third of a second, in which the
            toolkit is loaded. None: the page for somebody without a project.
        name: Who is at the keyboard.
        start: The first page, a :class:`Start`, or a case to be decided.
        ticks: Seconds from any point on, for the time of active work.
        keys: By id of a command, the sign that the user has for it.

    Raises:
        AuditError: Where the project cannot be opened, or a sign stands for no command; the
            screen is untouched then.
        Exception: What went wrong in the program itself, after the terminal is back in order.
    """
    from dipsample.tui.rebinding import rebound

    commands = rebound(keys or {})
    _set_up_terminal()
    with ThreadPoolExecutor(max_workers=1) as pool:
        opening = None if audit_factory is None else pool.submit(audit_factory)
        from dipsample.tui.program import Program

        audit = None if opening is None else opening.result()
    try:
        page = start if isinstance(start, OneCase) else Start(start)
        program = Program(audit, name=name, start=page, ticks=ticks, commands=commands)
        program.run()
    finally:
        if audit is not None:
            audit.close()
    if program.failure is not None:
        raise program.failure


def run_waves(
    shown: WavesShown,
    *,
    name: str,
    ticks: Callable[[], float] = time.monotonic,
    keys: Mapping[str, str] | None = None,
) -> None:
    """Run the screens of a comparison until they are left.

    Args:
        shown: The waves, read already; no project is open.
        name: Who is at the keyboard.
        ticks: As :func:`run`.
        keys: As :func:`run`.

    Raises:
        AuditError: Where a sign stands for no command.
        Exception: As :func:`run`.
    """
    from dipsample.tui.rebinding import rebound

    commands = rebound(keys or {})
    _set_up_terminal()
    from dipsample.tui.waves import WavesProgram

    program = WavesProgram(shown, name=name, ticks=ticks, commands=commands)
    program.run()
    if program.failure is not None:
        raise program.failure


def _set_up_terminal() -> None:
    # A shell that exports its window's size would hide every later change of it.
    for frozen_size in ("COLUMNS", "LINES"):
        os.environ.pop(frozen_size, None)
    # Esc and the key after it are told apart by time: 100 ms, the toolkit's own, swallows an Enter.
    os.environ.setdefault("ESCDELAY", "30")
