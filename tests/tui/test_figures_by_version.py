"""Which version of the codebook the figures on the screen rest on, and those of an earlier one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dipsample.audit import Audit
from dipsample.tui.models.overview import overview_view
from dipsample.tui.program import Program
from tests.review.versioned import reworded
from tests.tui.test_screens import CODER, SUPERVISOR, Make, code_whole

Press = Callable[[Program, str], str]
MEANING = ("C1", "Did the two parties each allege abuse by the other?")


@pytest.fixture
def coded_audit(audit: Audit) -> Audit:
    """Every case handed in; the sign-off opens by itself."""
    for number, item in enumerate(audit.queue(CODER)):
        code_whole(audit, item.case_id, counter_allegation=number % 3 == 0)
    return audit


def published(audit: Audit) -> None:
    later = reworded(audit.codebook, *MEANING)
    audit.publish_codebook(SUPERVISOR, later, reason="read in two ways")


def test_the_version_stands_beside_the_figures(
    coded_audit: Audit, program: Make, press: Press
) -> None:
    assert "da-short 1.0.0   12 of 12 cases final" in press(program(SUPERVISOR), "escape f")
    published(coded_audit)
    shown = press(program(SUPERVISOR), "f")
    assert "da-short 1.1.0   0 of 12 cases final" in shown


def test_figures_of_an_earlier_version_can_be_chosen_and_left(
    coded_audit: Audit, program: Make, press: Press
) -> None:
    published(coded_audit)
    asked = press(program(SUPERVISOR), "f v")
    assert "1.1.0: 0 codings on it now, in force" in asked
    assert "1.0.0: 12 codings on it now" in asked
    earlier = press(program(SUPERVISOR), "f v b enter")
    assert "da-short 1.0.0   12 of 12 cases final" in earlier
    assert "Figures under da-short 1.0.0, as they stood on" in earlier
    assert "4/12" in earlier
    back = press(program(SUPERVISOR), "f v b enter v a enter")
    assert "da-short 1.1.0   0 of 12 cases final" in back
    assert "as they stood" not in back


def test_a_version_without_a_coding_is_refused_where_it_is_asked_for(
    audit: Audit, program: Make, press: Press
) -> None:
    published(audit)
    shown = press(program(SUPERVISOR), "f v b enter")
    assert "Nobody handed a case in under da-short 1.0.0" in shown
    assert "da-short 1.1.0" in shown


def test_the_overview_says_that_coders_have_to_confirm(coded_audit: Audit) -> None:
    published(coded_audit)
    assert overview_view(coded_audit).following == (
        "Next: 12 cases stale: their coders confirm answers, or d decides anew."
    )
