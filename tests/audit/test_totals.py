"""The supervisor is told how long coding took in all, and never one person's time."""

from __future__ import annotations

from dipsample.audit import Audit
from dipsample.tui.models.overview import overview_view
from review.progress import ActiveTime


def test_active_time_is_a_total_of_two_coders_or_more(small: Audit) -> None:
    audit = small
    for name, seconds, total in (
        ("amber", 240, None),
        ("birch", 3600, ActiveTime(codings=2, seconds=3840, median_seconds=1920)),
    ):
        case_id = audit.queue(name)[0].case_id
        audit.answer(name, case_id, "E1", ("yes",), active_seconds=seconds)
        audit.code_at_once(name, case_id, {"E2": ("no",), "Z5": ("no",)})
        assert audit.overview().active_time == total
    assert overview_view(audit).active == "1 h 04 min"
