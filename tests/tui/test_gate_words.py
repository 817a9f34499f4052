"""Whoever is below the gate of calibration is told why no case opens; pace is said in plain too."""

from __future__ import annotations

import io

import pytest

from dipsample.audit import Audit
from dipsample.tui.models.queue import Showing, queue_view
from dipsample.tui.models.strangers import gate_words, nobody_words
from dipsample.tui.plain import run_plain

BELOW = "below the gate"


class Gated:
    """An audit that answers as it stands, for a coder below the gate."""

    def __init__(self, audit: Audit) -> None:
        self._audit = audit

    def __getattr__(self, name: str) -> object:
        return getattr(self._audit, name)

    def is_below_gate(self, name: str) -> bool:
        return bool(name)


@pytest.fixture
def gated(audit: Audit) -> Audit:
    return Gated(audit)  # type: ignore[return-value]  # one answer of the front door is another


def test_nobody_hears_of_the_gate_who_is_not_below_it(audit: Audit) -> None:
    assert gate_words(audit, "r1") == ()
    assert BELOW not in " ".join(queue_view(audit, "r1", Showing.OPEN).warnings)


def test_the_queue_says_why_no_further_case_opens(gated: Audit) -> None:
    assert BELOW in queue_view(gated, "r1", Showing.OPEN).warnings[-1]
    assert BELOW in nobody_words(gated, "somebody")


def test_plain_coding_says_it_where_no_case_is_left(gated: Audit) -> None:
    out = io.StringIO()
    assert run_plain(gated, "somebody", io.StringIO(), out) == 0
    assert "dipsample calibrate PROJECT" in " ".join(out.getvalue().split())
