"""No answer is out of sight without a word: the longest lists of the full codebook, drawn."""

from __future__ import annotations

import pytest

from dipsample.tui.drawing.choice import OptionView, option_line
from dipsample.tui.drawing.coding import Surroundings, coding_lines, record_shape
from dipsample.tui.drawing.lines import line_text
from dipsample.tui.drawing.record import Passage
from dipsample.tui.drawing.record_pane import RecordPane
from dipsample.tui.models.coding import CaseCounts, CheckItem, CodingView, Glyph, QuestionView
from review.applicability import Applicability
from review.codebook import Question, QuestionType, builtin_codebook
from review.coding_state import CodingState

CODEBOOK = builtin_codebook("da-full", switched_on=builtin_codebook("da-full").offered)
OFFERING = [question for question in CODEBOOK.questions if question.options]
AROUND = Surroundings("14:03:07", "", is_quoting=False, is_zoomed=False, reading="", commands=())
PASSAGES = (Passage("narrative", "words " * 400),)
MORE = "... more answers: ="


def view_of(question: Question) -> CodingView:
    shown = QuestionView(
        id=question.id,
        ask=question.ask,
        define=question.define,
        type=question.type,
        options=tuple(OptionView(one.key, one.label) for one in question.options),
        is_outcome=question.outcome,
        is_required=True,
        is_unconfirmed=False,
        quote_needed=False,
        applicability=Applicability.APPLICABLE,
        text="",
        answer_words="",
        quotes=(),
    )
    return CodingView(
        case_id="C-0001",
        passages=PASSAGES,
        question=shown,
        progress="0 answered, up to 60 left",
        checklist=tuple(CheckItem(one.id, Glyph.OPEN) for one in CODEBOOK.questions),
        blockers=(),
        quotes=(),
        note="",
        counts=CaseCounts(0, 10),
        state=CodingState.DRAFT,
        returned="",
        is_referred=False,
        active_seconds=0,
        has=frozenset(),
    )


def screen(question: Question, width: int, height: int) -> list[str]:
    pane = RecordPane(PASSAGES)
    pane.shape((), *record_shape(width, height, is_zoomed=False))
    lines = coding_lines(view_of(question), pane, AROUND, width, height)
    assert len(lines) <= height
    return [line_text(line) for line in lines]


def unseen(question: Question, drawn: list[str]) -> list[str]:
    several = question.type is QuestionType.MULTI
    text = " ".join(" ".join(drawn).split())
    options = (OptionView(one.key, one.label) for one in question.options)
    wanted = (line_text(option_line(option, several=several)) for option in options)
    return [one for one in wanted if one not in text]


@pytest.mark.parametrize(("width", "height"), [(80, 24), (99, 24), (100, 30), (120, 40)])
@pytest.mark.parametrize("question", OFFERING, ids=lambda one: one.id)
def test_every_answer_is_in_sight(question: Question, width: int, height: int) -> None:
    drawn = screen(question, width, height)
    wide = width >= 100
    if wide:
        drawn = [line[width - max(46, width * 2 // 5) :] for line in drawn]
    labels = [one.label for one in question.options]
    text = " ".join(" ".join(drawn).split())
    if wide and any(len(label) > 36 for label in labels):
        assert [one for one in labels if one.split()[0] not in text] == []
    else:
        assert unseen(question, drawn) == []
    assert MORE not in text


@pytest.mark.parametrize("question", OFFERING, ids=lambda one: one.id)
def test_the_smallest_screen_says_where_answers_are_out_of_sight(question: Question) -> None:
    drawn = screen(question, 60, 16)
    if unseen(question, drawn):
        text = " ".join(drawn)
        wraps = any(len(one.label) > 50 for one in question.options)
        assert MORE in text or wraps
