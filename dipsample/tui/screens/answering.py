"""What a supervisor writes about a case: answers to flags and referrals, questions to coders."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dipsample.tui.models.overview import Item
from dipsample.tui.screens.panels import TextPanel

if TYPE_CHECKING:
    from dipsample.tui.program import Program


def ask_answer(program: Program, item: Item, done: Callable[[str], None]) -> None:
    """Ask for the answer to a flag or a referral, which closes it.

    Args:
        program: The program.
        item: What waits.
        done: Told in one sentence when it is written.
    """

    def save(words: str) -> str:
        audit, name = program.project, program.name_of_user
        if not words:
            return "Write something, or leave with Esc."
        if item.flag_id is None:
            audit.acknowledge_risk(name, item.case_id, words)
        else:
            audit.answer_flag(name, item.flag_id, words)
        done(f"{item.case_id} is answered.")
        return ""

    if item.is_referral:
        title = f"{item.case_id}: what was done about the live risk?"
        text = "Who was told and when, without names. It closes the referral."
    else:
        title = f"{item.case_id}: answer the {item.what} of {item.code}; it closes the flag"
        text = item.text
    program.push_screen(TextPanel(title, text, save))


def ask_question(program: Program, case_id: str, done: Callable[[str], None]) -> None:
    """Ask for the question with which a case that was handed in goes back to its coder."""

    def send(question: str) -> str:
        if not question:
            return "The coder needs a question."
        program.project.return_case(program.name_of_user, case_id, question)
        done(f"{case_id} is sent back to its coder.")
        return ""

    title = f"Send {case_id} back: what do you ask?"
    program.push_screen(TextPanel(title, "The coder sees it.", send))
