"""A project as it stood under an earlier version: what names no version is told apart by time."""

from __future__ import annotations

from review.case import CaseState
from tests.audit.one_run import BOSS, Openers, project
from tests.review.versioned import reworded

CHECKER = "cat"


def test_a_check_passed_after_a_later_version_is_not_in_the_earlier_figures(
    openers: Openers,
) -> None:
    with project(openers) as open_as:
        audit = open_as(BOSS)
        for name in ("amber", "birch"):
            for item in audit.queue(name):
                audit.code_at_once(name, item.case_id, {"E1": ("no_missing",)})
        first, second, *_ = (one.case_id for one in audit.choose_quality_checks(BOSS, "100%"))
        audit.quality_check(CHECKER, first)
        # A question that no case here asks.
        later = reworded(audit.codebook, "C5", "How was the second allegation put down?")
        audit.publish_codebook(BOSS, later, reason="read in two ways")
        audit.quality_check(CHECKER, second)
        assert audit.overview().counts[CaseState.FINAL] == 2
        then = audit.earlier(BOSS, "1.0.0")
        assert then is not None
        states = {row.case_id: row.state for row in then.cases(BOSS)}
        assert (states[first], states[second]) == ("final", "qa_pending")
        assert then.overview().counts[CaseState.FINAL] == 1
