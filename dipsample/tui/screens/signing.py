"""The sign-off: a panel that opens by itself when the last case is settled."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dipsample.tui.screens.panels import TextPanel

if TYPE_CHECKING:
    from dipsample.decision_views import SignOffView
    from dipsample.tui.program import Program

EXAMPLE = "I have overseen this audit and answer for its findings."


def ask_sign_off(program: Program, view: SignOffView, done: Callable[[str], None]) -> None:
    """Ask the supervisor to sign the sample off.

    Args:
        program: Whose project it is.
        view: How the sample stands; ready to be signed.
        done: Is told in a sentence what came of it.
    """

    def sign(statement: str) -> str:
        if not statement:
            return "A statement is needed: what do you answer for?"
        program.project.sign_off(program.name_of_user, statement)
        done("The sample is signed off. Any change of a case makes the signature void.")
        return ""

    unresolved = f", {view.unresolved} answers not agreed" if view.unresolved else ""
    text = (
        f"Every case is settled: {view.final} final, {view.excluded} out of the audit"
        f"{unresolved}. Your statement is signed over the hash of all final answers, "
        f"{view.head[:16]}. Until then the findings are provisional. Write it in your own words, "
        f"such as: {EXAMPLE}"
    )
    program.push_screen(TextPanel("Sign the sample off", text, sign, longest=1000, verb="signs"))
