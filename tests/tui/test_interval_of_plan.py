"""The interval of several strata on the plan page: chosen by a letter, its width on request."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dipsample.audit import Audit
from dipsample.tui.models.planning import PlanDraft
from dipsample.tui.models.ways_to_draw import INTERVAL_KEYS, interval_options
from sampling.plan import StrataInterval
from sampling.ways import Way, why_no_interval
from tests.tui.plan_pages import STRATA, UNITS, See, plan_page
from tests.tui.pressing import Type

Same = Callable[[str, str], None]

SIZES = (180, 140, 100, 60, 40, 20)
SIMPLE: dict[str, object] = {}
PLAN = [*"72", "e", "down", *"10"]


@pytest.fixture
def see(empty_audit: Audit, tmp_path: Path, type_keys: Type) -> See:
    """Commit a frame of six areas, press keys on the plan page, and look after each lot."""
    records = (
        (f"DA-{h}-{n}", f"Area {h}", f"S{h}-{n % 4}", 1 + n % 4)
        for h, size in enumerate(SIZES)
        for n in range(size)
    )
    return plan_page(empty_audit, tmp_path / "extract.csv", type_keys, records)


def test_the_interval_is_named_by_keys_as_the_page_shows_it(
    see: See, empty_audit: Audit, same_as_snapshot: Same
) -> None:
    page, asked, _ = see(STRATA, [*PLAN, "c"], ["enter"], ["c", "enter"])
    same_as_snapshot("plan-interval-80x24", page)
    same_as_snapshot("plan-interval-commit-80x24", asked)
    assert empty_audit.plan is not None
    assert empty_audit.plan.interval is StrataInterval.CERTIFIED


@pytest.mark.parametrize("key", INTERVAL_KEYS)
def test_each_letter_names_its_interval_and_one_takes_the_name_back(
    see: See, empty_audit: Audit, key: str
) -> None:
    see(STRATA, [*PLAN, "v", key], ["enter", "c", "enter"])
    assert empty_audit.plan is not None
    assert empty_audit.plan.interval == INTERVAL_KEYS[key]


def test_what_each_interval_would_give_is_worked_out_for_who_asks(
    see: See, same_as_snapshot: Same
) -> None:
    page, whole = see(STRATA, [*PLAN, "c"], ["equals_sign"])
    assert "= shows what each interval of strata would give" in page
    assert "proved for any" not in page
    same_as_snapshot("plan-interval-whole-80x24", whole)
    assert "stratified-certified (this plan)" in whole


def test_nothing_is_worked_out_where_there_is_no_choice(see: See) -> None:
    page, whole, below = see(SIMPLE, [*"72"], ["equals_sign"], ["space"])
    assert "what each interval of strata" not in page + whole + below


@pytest.mark.parametrize(
    ("frame", "keys", "words"),
    [
        (SIMPLE, [*"72", "c"], "for stratified samples"),
        (UNITS, ["z", *"72", "c"], "for records drawn alike or on arrival"),
        (UNITS, ["u", *"12", "v"], "for records drawn alike or on arrival"),
    ],
)
def test_where_there_is_none_to_name_the_key_says_why_and_changes_nothing(
    see: See, empty_audit: Audit, frame: dict[str, object], keys: list[str], words: str
) -> None:
    page, _ = see(frame, keys, ["enter", "c", "enter"])
    assert words in page
    assert empty_audit.plan is not None
    assert empty_audit.plan.interval is None


def test_what_was_named_is_not_sent_with_a_way_that_has_none(see: See, empty_audit: Audit) -> None:
    by_size, _ = see(UNITS, [*"72", "c", "z"], ["enter", "c", "enter"])
    assert "(-) c certified" in by_size
    assert empty_audit.plan is not None
    assert (empty_audit.plan.is_size_weighted, empty_audit.plan.interval) == (True, None)


@pytest.mark.parametrize("way", Way)
def test_what_is_greyed_is_what_a_plan_refuses(see: See, empty_audit: Audit, way: Way) -> None:
    see(UNITS, [])
    frame = empty_audit.frame
    assert frame is not None
    is_barred = why_no_interval(frame, way) is not None
    options = interval_options(frame, way, StrataInterval.EXACT)
    assert [bool(one.barred) for one in options] == [False, is_barred, is_barred, is_barred]
    assert [one.is_chosen for one in options] == [is_barred, not is_barred, False, False]


def test_a_draft_of_a_frame_without_strata_names_none() -> None:
    draft = PlanDraft(interval=StrataInterval.CERTIFIED).typing(PlanDraft().lines(1)[0], "9")
    simple, stratified = draft.request(1), draft.request(3)
    assert not isinstance(simple, str)
    assert not isinstance(stratified, str)
    assert (simple.interval, stratified.interval) == (None, StrataInterval.CERTIFIED)
