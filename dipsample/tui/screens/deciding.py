"""Beginning to decide one case: at once, or with the reason that a supervisor needs for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dipsample.errors import AuditError
from dipsample.tui.models.deciding import DecidingDesk
from dipsample.tui.models.outcome import Outcome
from dipsample.tui.models.saving import attempt
from dipsample.tui.screens.guarded import GuardedTextPanel
from dipsample.tui.screens.panels import TellPanel

if TYPE_CHECKING:
    from dipsample.tui.program import Program

_WHAT_FOLLOWS = (
    "With a reason it is decided now, on what is handed in, and its codings are locked. A coding "
    "that changes or comes later makes the decision void. No names, dates of birth, addresses or "
    "references."
)


def decide_case(program: Program, case_id: str, *, reason: str = "") -> None:
    """Open a case to be decided, and ask the supervisor for a reason where a rule says wait.

    Args:
        program: Whose project it is, and who decides.
        case_id: The case.
        reason: Why early, again, or in somebody's place, where it was given already.
    """
    audit, name = program.project, program.name_of_user
    try:
        waiting = "" if reason else audit.wanted_reason(name, case_id)
        if not waiting:
            _show(program, DecidingDesk(audit, name, case_id, reason=reason))
            return
    except AuditError as error:
        program.push_screen(TellPanel(f"{case_id} is not opened", str(error)))
        return

    opened: list[DecidingDesk] = []

    def save(words: str, confirm: str | None) -> Outcome:
        desk, outcome = attempt(
            lambda: DecidingDesk(audit, name, case_id, reason=words, confirm=confirm)
        )
        if desk is not None:
            opened.append(desk)
        return outcome

    title = f"Decide {case_id} all the same: why?"
    text = f"{waiting} {_WHAT_FOLLOWS}"
    program.push_screen(
        GuardedTextPanel(title, text, save, longest=1000),
        lambda _: _show(program, opened[0]) if opened else None,
    )


def _show(program: Program, desk: DecidingDesk) -> None:
    from dipsample.tui.screens.adjudication import AdjudicationScreen

    program.push_screen(AdjudicationScreen(desk))
