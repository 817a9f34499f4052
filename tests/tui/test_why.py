"""While it is asked why somebody is overruled, a key is a reason or nothing."""

from __future__ import annotations

import pytest

from dipsample.audit import Audit
from dipsample.tui.models.deciding import DecidingDesk


@pytest.mark.parametrize("key", ["y", "n", "0", "1"])
def test_an_answer_given_as_a_reason_changes_no_answer(decidable: Audit, key: str) -> None:
    desk = DecidingDesk(decidable, "judge", decidable.cases()[0].case_id)
    desk.press("n")
    pending = desk.view.pending
    assert pending
    desk.give_reason(key)
    assert desk.view.pending == pending
    assert desk.notice.startswith(f"{key} is no reason.")
    desk.give_reason("i")
    assert not desk.view.is_asking_why
    row = desk.file.row("C1")
    assert row.decision is not None
    assert row.decision.value == pending
