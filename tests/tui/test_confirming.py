"""Answers from an earlier version of the codebook: shown filled, and confirmed by one key."""

from __future__ import annotations

from dataclasses import replace
from importlib import resources

import pytest

from dipsample.audit import Audit
from dipsample.tui.drawing.choice import Chosen
from dipsample.tui.models.coding import CaseCounts
from dipsample.tui.models.desk import CodingDesk
from dipsample.tui.models.queue import QueueWalk, Showing, queue_view
from review.codebook import parse_codebook
from review.coding_state import CodingState

CODER = "r1"
NO_ARREST = "yyn" + "nn" + "n" + "1" + "n"


@pytest.fixture
def desk(audit: Audit) -> CodingDesk:
    """A case that was handed in before the meaning of C1 changed."""
    case_id = audit.queue(CODER)[0].case_id
    before = CodingDesk(audit, CODER, case_id, counts=CaseCounts(0, 6), ticks=lambda: 0.0)
    for key in NO_ARREST:
        before.press(key)
    assert before.submit()
    shipped = (resources.files("review") / "codebooks" / "da-short.toml").read_text("utf-8")
    ask = audit.codebook.question("C1").ask
    text = shipped.replace('version = "1.0.0"', 'version = "2.0.0"', 1).replace(ask, f"{ask} Now?")
    new = parse_codebook(text, source="later.toml")
    assert audit.publish_codebook(audit.supervisor, new, reason="C1 was read in two ways")
    assert queue_view(audit, CODER, Showing.OPEN).rows[0].state == "to confirm"
    return CodingDesk(audit, CODER, case_id, counts=CaseCounts(0, 6), ticks=lambda: 0.0)


def glyphs(desk: CodingDesk) -> dict[str, str]:
    return {item.question_id: item.glyph.value for item in desk.view.checklist}


def test_an_unconfirmed_answer_is_shown_filled_and_told_by_its_glyph(desk: CodingDesk) -> None:
    assert desk.file.coding.state is CodingState.DRAFT
    desk.go("E1")
    assert glyphs(desk)["C1"] == "r"
    assert glyphs(desk)["E2"] == "x"
    desk.go("C1")
    assert Chosen.UNCONFIRMED in [option.chosen for option in desk.view.question.options]
    assert desk.view.question.is_unconfirmed


def test_enter_confirms_it_and_hands_in_only_afterwards(desk: CodingDesk) -> None:
    desk.go("C1")
    assert not desk.submit()
    assert desk.file.sheet.state_of("C1").is_counted
    assert desk.file.coding.state is CodingState.DRAFT
    assert desk.submit()
    assert desk.file.coding.revision == 2


def test_the_key_of_the_same_answer_confirms_it_too(desk: CodingDesk, audit: Audit) -> None:
    desk.go("C1")
    desk.press("n")
    assert audit.case_file(CODER, desk.file.case_id).sheet.state_of("C1").is_counted


def test_a_case_with_answers_to_confirm_is_next_and_not_done(
    desk: CodingDesk, audit: Audit
) -> None:
    items = audit.queue(CODER)
    item = next(one for one in items if one.case_id == desk.file.case_id)
    assert item.to_confirm == 1
    handed_in = [replace(one, state=CodingState.SUBMITTED) for one in items]
    walk = QueueWalk(handed_in)
    assert walk.next_after("C-9999") == desk.file.case_id
    walk.mark(desk.file.case_id, CodingState.SUBMITTED)
    assert walk.next_after("C-9999") is None
