"""A coder's queue says of which part of the records a case is, and never its name."""

from __future__ import annotations

from collections.abc import Callable

from dipsample.audit import Audit
from dipsample.tui.app import Start
from dipsample.tui.models.queue import Showing, queue_view
from dipsample.tui.program import Program

MEANS = "part: the part of the records that a case was drawn from, by number alone"
Press = Callable[[Program, str], str]


def test_strata_are_numbered_parts_with_what_that_means(
    audit: Audit, program: Callable[..., Program], press: Press
) -> None:
    shown = press(program(), "")
    assert MEANS in shown
    assert "case      part     state" in shown
    assert "stratum" not in shown
    rows = queue_view(audit, "r1", Showing.ALL).rows
    assert {row.stratum for row in rows} == {"1", "2"}


def test_one_stratum_is_no_part(hostile_audit: Audit, press: Press) -> None:
    hostile_audit.assign("sup", ["r1"], double="0")
    assert {row.stratum for row in queue_view(hostile_audit, "r1", Showing.ALL).rows} == {""}
    app = Program(hostile_audit, name="r1", start=Start.QUEUE, ticks=lambda: 0.0)
    shown = press(app, "")
    assert "case " in shown
    assert "part" not in shown
