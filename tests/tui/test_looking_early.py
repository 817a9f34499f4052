"""Provisional figures on the findings screen: the banner, a planned look, a stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from dipsample.tui.app import Start
from dipsample.tui.commands import Need, Where, commands_of
from dipsample.tui.drawing.findings import findings_lines, rows_shown
from dipsample.tui.drawing.forest import Interval
from dipsample.tui.drawing.window import Window
from dipsample.tui.models.findings import FindingRow, FindingsView
from dipsample.tui.program import Program
from sampling.planning import PlanRequest
from tests.audit.test_looking_early import RULE, SUP, Desk

Press = Callable[[Program, str], str]
FINDINGS_KEY = "f"

ROW = FindingRow("M1", "M1 any arrest", 8, 1, 0, Interval("M1", 0.1, 0.0, 0.4), "12.5 %", ())
VIEW = FindingsView(
    title="Looks",
    saved="",
    closed=8,
    drawn=20,
    is_ready=False,
    is_signed=False,
    by=None,
    indicator="M1",
    rows=(ROW,) * 30,
    standing="final 7 of 20 (35 %)  excluded 1  open 12, 2 of them in conflict",
    words="Figures rest on the first 8 cases in the order of numbers.",
)


def text_of(view: FindingsView, height: int = 24) -> list[str]:
    lines = findings_lines(view, Window(80, height, commands_of(Where.FINDINGS)))
    return ["".join(span.text for span in line) for line in lines]


def test_the_banner_counts_cases_and_says_what_figures_rest_on() -> None:
    text = text_of(VIEW)
    assert text[1].strip() == f"PROVISIONAL  {VIEW.standing}"
    assert text[2].strip() == VIEW.words
    assert len(text) == len(text_of(VIEW, height=24)) <= 26


def test_words_take_their_room_from_the_rows() -> None:
    silent = replace(VIEW, words="")
    assert rows_shown(24, silent) == rows_shown(24, VIEW) + 2
    assert len(text_of(silent)) == len(text_of(VIEW))


def test_a_look_and_a_stop_are_offered_where_the_plan_has_them() -> None:
    needs = {one.id: one.needs for one in commands_of(Where.FINDINGS)}
    assert needs["take_look"] == {Need.LOOKS}
    assert needs["stop_coding"] == {Need.RULE}
    assert not VIEW.has & {Need.LOOKS, Need.RULE}


def supervise(desk: Desk) -> Program:
    return Program(desk.audit, name=SUP, start=Start.OVERVIEW, ticks=lambda: 0.0)


def test_a_key_takes_the_planned_look(tmp_path: Path, press: Press) -> None:
    desk = Desk(tmp_path, PlanRequest(size=20, looks=2), strata=("area",))
    desk.code(1, 8)
    before = press(supervise(desk), FINDINGS_KEY)
    assert "No interval yet: the first of 2 planned looks is at 7 cases" in before
    after = press(supervise(desk), f"{FINDINGS_KEY} apostrophe")
    assert "Look 1 of 2: figures rest on the first 7 cases" in after
    assert not desk.audit.is_look_due(SUP)
    desk.close()


def test_the_word_stop_ends_coding_where_the_rule_says_so(tmp_path: Path, press: Press) -> None:
    desk = Desk(tmp_path, PlanRequest(size=20, stopping=RULE))
    while "STOP" not in desk.audit.rule_words(SUP)[0]:
        coded = 20 - desk.audit.overview().open_cases
        desk.code(coded + 1, coded + 4 if coded else 6)
    assert "STOP: the rule of the plan" in press(supervise(desk), "")
    assert "Coding stopped at" in press(
        supervise(desk), f"{FINDINGS_KEY} number_sign s t o p enter"
    )
    assert desk.audit.overview().open_cases == 0
    desk.close()
