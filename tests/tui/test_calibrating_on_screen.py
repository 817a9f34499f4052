"""Calibration on the screens, by keys: a set passed, one below the gate, one left half-way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from dipsample.audit import Audit
from dipsample.cli.run import run
from dipsample.demo.training import training_set
from dipsample.opening import open_audit
from dipsample.tui.app import Start
from dipsample.tui.program import Program
from dipsample.tui.screens.coding import CodingScreen
from review.applicability import QuestionState, Sheet
from tests.tui.pressing import Type

Keys = Mapping[str, Mapping[str, str]]
CODER, EXPECTED = "r1", {one.id: one.expected for one in training_set(1)}


class Coder:
    """Somebody who codes a training set on the screen, with some answers of their own."""

    def __init__(self, type_keys: Type) -> None:
        self.own: Mapping[str, str] = {}
        self.at_most = len(EXPECTED)
        self.seen = ""
        self._type = type_keys

    def open_screens(self, path: Path, *, name: str, **_: object) -> int:
        """Stand in for the terminal: the program itself, driven by keys."""
        audit = open_audit(path)
        app = Program(audit, name=name, start=Start.QUEUE, ticks=lambda: 0.0)
        asyncio.run(self._code(app, audit))
        audit.close()
        return 0

    async def _code(self, app: Program, audit: Audit) -> None:
        records = {row.case_id: row.record_id for row in audit.cases()}
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            handed_in: set[str] = set()
            await self._type(app, ["enter"])
            while isinstance(app.screen, CodingScreen) and len(handed_in) < self.at_most:
                case_id = app.screen.case_id
                await self._type(app, self._keys(app.screen, EXPECTED[records[case_id]]))
                if audit.case_file(CODER, case_id).coding.state.is_handed_in:
                    handed_in.add(case_id)
            strips = app.screen._compositor.render_strips()
            self.seen = "\n".join(strip.text.rstrip() for strip in strips)

    def _keys(self, screen: CodingScreen, expected: Mapping[str, str]) -> list[str]:
        """Return the keys of one step: an answer, a quote, or on to what is open or the end."""
        sheet = screen.desk.file.sheet
        asked = sheet.next_open(None)
        wanted = asked or next((one.question.id for one in unquoted(sheet)), None)
        if wanted is None or screen.desk.view.question.id != wanted:
            return ["enter"]
        question = sheet.state_of(wanted).question
        if asked is None:
            return ["apostrophe", "enter", "apostrophe"][: 3 if screen.desk.reading.quoting else 2]
        if not question.options:
            return [*"why", "enter"]
        value = self.own.get(wanted) or expected.get(wanted, "high")
        return [next(option.key for option in question.options if option.value == value)]


def unquoted(sheet: Sheet) -> list[QuestionState]:
    return [one for one in sheet.questions if one.quote_needed]


@pytest.fixture
def coder(type_keys: Type, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Coder:
    found = Coder(type_keys)
    monkeypatch.setattr("dipsample.cli.screens.open_screens", found.open_screens)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return found


@pytest.fixture
def calibrate(project_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """Runs the command and returns its exit code and what it printed."""

    def go() -> str:
        capsys.readouterr()
        code = run(["calibrate", str(project_path), "--as", CODER])
        printed = capsys.readouterr()
        return f"exit {code}\n{printed.out}{printed.err}"

    return go


def test_a_set_answered_as_expected_meets_the_gate(
    coder: Coder, calibrate: Callable[[], str], project_path: Path
) -> None:
    said = calibrate()
    assert "exit 0" in said
    assert "The gate is met." in said
    assert "answered otherwise" not in said
    assert "Every case of yours is handed in." in coder.seen
    audit = open_audit(project_path)
    assert not audit.is_below_gate(CODER)
    assert len(audit.queue(CODER)) == 12
    audit.close()


def test_a_missed_counter_allegation_closes_the_queue_and_says_which_cases_it_was(
    coder: Coder, calibrate: Callable[[], str], project_path: Path
) -> None:
    coder.own = {"C1": "no"}
    said = calibrate()
    assert "exit 1" in said
    assert "Below the gate" in said
    assert "C1: expected yes, yours no" in said
    assert "counter-allegation that lives in free text alone" in " ".join(said.split())
    assert not any(record_id in said for record_id in EXPECTED)
    assert "C-000" in said
    assert max(map(len, said.splitlines())) <= 80
    audit = open_audit(project_path)
    assert audit.is_below_gate(CODER)
    assert audit.queue(CODER) == ()
    audit.close()


def test_a_set_left_half_way_is_not_scored_and_can_be_begun_again(
    coder: Coder, calibrate: Callable[[], str], project_path: Path
) -> None:
    coder.at_most = 3
    said = calibrate()
    assert "exit 0" in said
    assert "Not every training case was handed in, so nothing was scored." in said
    audit = open_audit(project_path)
    assert not any("training set" in line.what for line in audit.log())
    audit.close()
    coder.at_most = len(EXPECTED)
    assert "The gate is met." in calibrate()
