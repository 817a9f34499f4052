"""A project as it stood under an earlier version: what names no version is told apart by time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from dipsample.audit import Audit
from review.case import CaseState
from review.codebook import Codebook, codebook_from_body

Open = Callable[[str], Audit]
BOSS, CHECKER = "boss", "cat"


def reworded(old: Codebook) -> Codebook:
    """Return a later version that changes the meaning of a question which no case here asks."""
    body = json.loads(old.body)
    body["version"] = "1.1.0"
    for one in body["question"]:
        if one["id"] == "C5":
            one["ask"] = "How was the second allegation put down?"
    return codebook_from_body(json.dumps(body))


def test_a_check_passed_after_a_later_version_is_not_in_the_earlier_figures(
    openers: Callable[[], Iterator[Open]],
) -> None:
    for open_as in openers():
        audit = open_as(BOSS)
        for name in ("amber", "birch"):
            for item in audit.queue(name):
                audit.code_at_once(name, item.case_id, {"E1": ("no_missing",)})
        first, second, *_ = (one.case_id for one in audit.choose_quality_checks(BOSS, "100%"))
        audit.quality_check(CHECKER, first)
        audit.publish_codebook(BOSS, reworded(audit.codebook), reason="read in two ways")
        audit.quality_check(CHECKER, second)
        assert audit.overview().counts[CaseState.FINAL] == 2
        then = audit.earlier(BOSS, "1.0.0")
        assert then is not None
        states = {row.case_id: row.state for row in then.cases(BOSS)}
        assert (states[first], states[second]) == ("final", "qa_pending")
        assert then.overview().counts[CaseState.FINAL] == 1
