"""The head of the queue says how much time is left, to the coder whose pace it is."""

from __future__ import annotations

from dipsample.tui.models.queue import time_words
from dipsample.views import QueueItem
from review.coding_state import CodingState


def items(handed_in: int, left: int, seconds: int) -> list[QueueItem]:
    states = [CodingState.SUBMITTED] * handed_in + [CodingState.NOT_STARTED] * left
    return [
        QueueItem(
            case_id=f"C-{number:04d}",
            stratum="all",
            state=state,
            answered=0,
            asked=8,
            open_flags=0,
            flag_answer=None,
            returned=None,
            deferred=None,
            last_time=None,
            to_confirm=0,
            active_seconds=seconds * (1 + number % 2) if state.is_handed_in else 0,
        )
        for number, state in enumerate(states)
    ]


def test_the_pace_is_said_in_hours_and_minutes() -> None:
    assert time_words(items(14, 27, 300)) == (
        "about 3 h 22 min left (2 h 53 min to 3 h 52 min), median 7 min 30 s a case"
    )
    assert time_words(items(6, 1, 20)) == "about 1 min left (1 min to 1 min), median 30 s a case"


def test_nothing_is_said_before_five_cases_or_at_the_end() -> None:
    assert time_words(items(4, 9, 300)) == ""
    assert time_words(items(14, 0, 300)) == ""
