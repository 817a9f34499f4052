"""The sign-off: a panel that opens by itself when the last case is settled."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dipsample.tui.drawing.choice import OptionView
from dipsample.tui.screens.panels import PickPanel, TextPanel

if TYPE_CHECKING:
    from dipsample.decision_views import SignOffView
    from dipsample.tui.program import Program

EXAMPLE = "I have overseen this audit and answer for its findings."
CHANGED = (
    "The sample changed while the sign-off was open, so nothing was signed. s says how it stands."
)
_WRITES = "w"


def offer_sign_off(program: Program, view: SignOffView, done: Callable[[str], None]) -> None:
    """Offer the sign-off unasked: a key comes before the statement.

    Whoever goes on typing what they were about to type chooses nothing by it, and so no such
    key becomes part of a statement.

    Args:
        program: Whose project it is.
        view: How the sample stands; ready to be signed.
        done: Is told in a sentence what came of it.
    """

    def chosen(_key: str) -> None:
        if _stands(program, view):
            ask_sign_off(program, view, done)
        else:
            done(CHANGED)

    options = (OptionView(_WRITES, "write the statement and sign"),)
    program.push_screen(PickPanel("Sign the sample off?", _standing(view), options, chosen))


def ask_sign_off(program: Program, view: SignOffView, done: Callable[[str], None]) -> None:
    """Ask the supervisor to sign the sample off.

    Args:
        program: Whose project it is.
        view: How the sample stands; ready to be signed.
        done: Is told in a sentence what came of it.
    """

    def sign(statement: str) -> str:
        if not _stands(program, view):
            done(CHANGED)
            return ""
        if not statement:
            return "A statement is needed: what do you answer for?"
        program.project.sign_off(program.name_of_user, statement)
        done("The sample is signed off. Any change of a case makes the signature void.")
        return ""

    text = f"{_standing(view)} Write it in your own words, such as: {EXAMPLE}"
    program.push_screen(TextPanel("Sign the sample off", text, sign, longest=1000, verb="signs"))


def _stands(program: Program, view: SignOffView) -> bool:
    """Say whether the sample can still be signed, and is what was shown."""
    now = program.project.sign_off_view()
    return now.is_ready and now.head == view.head


def _standing(view: SignOffView) -> str:
    unresolved = f", {view.unresolved} answers not agreed" if view.unresolved else ""
    return (
        f"Every case is settled: {view.final} final, {view.excluded} out of the audit"
        f"{unresolved}. Your statement is signed over the hash of all final answers, "
        f"{view.head[:16]}. Until then the findings are provisional."
    )
