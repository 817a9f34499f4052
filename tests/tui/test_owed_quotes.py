"""A quote that an answer needs once the next question is on the screen."""

from __future__ import annotations

import pytest

from dipsample.audit import Audit
from dipsample.tui.models.desk import CodingDesk
from tests.tui.test_desk import open_desk, press

OWED = "A3 needs a quote: ' goes back to it and pins one."


@pytest.fixture
def desk(audit: Audit) -> CodingDesk:
    """A3 is answered and needs a quote; the question after it is shown."""
    desk = open_desk(audit)
    press(desk, "yyy1y")
    return desk


def test_the_notice_names_the_question_that_needs_a_quote(desk: CodingDesk) -> None:
    assert desk.question_id != "A3"
    assert desk.notice == OWED


def test_the_quote_goes_to_the_question_of_the_notice_and_coding_goes_on(desk: CodingDesk) -> None:
    following = desk.question_id
    desk.start_quote()
    assert desk.question_id == "A3"
    desk.pin()
    assert [quote.question for quote in desk.file.coding.quotes] == ["A3"]
    assert (desk.question_id, desk.notice) == (following, "Pinned to A3.")


def test_quote_mode_left_without_a_quote_goes_back_too(desk: CodingDesk) -> None:
    following = desk.question_id
    desk.start_quote()
    desk.leave_quote()
    assert desk.question_id == following
    assert not desk.file.coding.quotes


def test_once_the_notice_is_gone_a_quote_is_of_the_question_on_the_screen(desk: CodingDesk) -> None:
    desk.move(1)
    here = desk.question_id
    desk.start_quote()
    desk.pin()
    assert [quote.question for quote in desk.file.coding.quotes] == [here]
