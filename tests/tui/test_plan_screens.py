"""The plan page for every way to draw, by keys alone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from dipsample.audit import Audit
from dipsample.tui.app import Start
from dipsample.tui.program import Program
from sampling.ways import Way
from tests.tui.plan_pages import STRATA, UNITS, See, plan_page
from tests.tui.pressing import LARGE, SMALL, SUPERVISOR, Type, spelled, text_of

Same = Callable[[str, str], None]


@pytest.fixture
def see(empty_audit: Audit, tmp_path: Path, type_keys: Type) -> See:
    """Commit a frame of 900 records, press keys on the plan page, and look after each lot."""
    areas = ("North", "South", "West")
    records = (
        (f"DA-{n:03}", areas[n % 3], f"{areas[n % 3][0]}{n // 3 % 10}", 1 + n % 4)
        for n in range(900)
    )
    return plan_page(empty_audit, tmp_path / "extract.csv", type_keys, records)


PAGES: dict[str, tuple[dict[str, object], list[str], Way]] = {
    "plan-by-size": (UNITS, ["z", *"100", "down", *"5"], Way.SIZE_WEIGHTED),
    "plan-two-stages": (
        UNITS, ["u", *"12", "down", *"10", "down", *"5", "b"], Way.TWO_STAGE,
    ),
    "plan-rolling": (STRATA, ["r", *spelled("0.05"), "down", *"5"], Way.ROLLING),
    "plan-looks": (STRATA, [*"100", "l", *["down"] * 6, *"2"], Way.LOOKS),
    "plan-stopping": (
        {}, ["x", *"5", "down", *"50", "down", *"200", "down", *"25", "down", *"5"], Way.STOPPING,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_every_way_is_planned_by_keys_as_the_page_shows_it(
    name: str, see: See, empty_audit: Audit, same_as_snapshot: Same
) -> None:
    frame, keys, way = PAGES[name]
    page, asked, _ = see(frame, keys, ["enter"], ["c", "enter"])
    same_as_snapshot(f"{name}-80x24", page)
    same_as_snapshot(f"{name}-commit-80x24", asked)
    plan = empty_audit.plan
    assert plan is not None
    assert (plan.first_stage is not None) == (way is Way.TWO_STAGE)
    assert plan.is_size_weighted == (way is Way.SIZE_WEIGHTED)
    assert (plan.rolling is not None) == (way is Way.ROLLING)
    assert plan.looks == (2 if way is Way.LOOKS else None)
    assert (plan.stopping is not None) == (way is Way.STOPPING)


@pytest.mark.parametrize("name", ["plan-two-stages", "plan-rolling"])
def test_a_large_terminal_shows_strata_and_sizes_together(
    name: str, see: See, same_as_snapshot: Same
) -> None:
    frame, keys, _ = PAGES[name]
    page, whole = see(frame, keys, ["equals_sign"], size=LARGE)
    same_as_snapshot(f"{name}-120x40", page)
    same_as_snapshot(f"{name}-whole-120x40", whole)


def test_a_greyed_way_says_why_and_changes_nothing(see: See, empty_audit: Audit) -> None:
    units, rule, _ = see(STRATA, [*"100", "u"], ["x"], ["enter", "c", "enter"])
    assert "no units to draw" in units
    assert "A rule that stops at a margin is for simple samples" in rule
    assert empty_audit.plan is not None
    assert empty_audit.plan.sample == 100


def test_once_the_seed_is_known_the_page_shows_the_plan_that_stands(
    see: See, empty_audit: Audit, tmp_path: Path
) -> None:
    see(STRATA, [*"100", "enter", "c", "enter"])
    seed, source = "60921108449012345678", "dice"
    empty_audit.draw(SUPERVISOR, tmp_path / "extract.csv", seed=seed, source=source)
    app = Program(empty_audit, name=SUPERVISOR, start=Start.HOME, ticks=lambda: 0.0)

    async def run() -> str:
        async with app.run_test(size=SMALL) as pilot:
            app.push_screen(app.step_screen(1))
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause()
            return text_of(app)

    page = asyncio.run(run())
    assert "can no longer change" in page
    assert "this plan 100" in page
    assert "North" in page


def test_another_design_effect_changes_the_forecast_and_not_the_plan(see: See) -> None:
    keys = ["u", *"12", "down", *"10", "down", *"5", "down", "down", "backspace"]
    at_one, at_four = see(UNITS, [*keys, *"1"], ["backspace", *"4"])
    assert "the design effect 1 (assumed)" in at_one
    assert "the design effect 4 (assumed)" in at_four
    row = next(line for line in at_one.splitlines() if "this plan" in line)
    assert row not in at_four


def test_the_indicator_that_stops_is_chosen_from_those_that_can(
    see: See, empty_audit: Audit
) -> None:
    frame, keys, _ = PAGES["plan-stopping"]
    panel, _ = see(frame, [*keys, "o"], ["b", "enter", "enter", "c", "enter"])
    known = empty_audit.stopping_indicators
    assert f"{known[1].id}: " in panel
    assert empty_audit.plan is not None
    assert empty_audit.plan.stopping is not None
    assert empty_audit.plan.stopping.on == known[1].id
