"""A target stands beside its indicator: on the findings screen, in the command, in the workbook."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from dipsample.audit import Audit
from dipsample.cli.findings import command as findings
from dipsample.cli.verify import command as verify
from dipsample.opening import start_audit
from dipsample.settings import Settings
from dipsample.tui.app import Start
from dipsample.tui.program import Program
from review.codebook import builtin_codebook
from sampling.frame import FrameSpec
from sampling.planning import PlanRequest
from tests.tui.conftest import CODER, SUPERVISOR, whole, world

SAID = "Target, at most 5 %: cannot say: the one-sided 95 % limits are 0.0 and "
NO_ARREST: dict[str, tuple[str, ...]] = {
    "E1": ("yes",),
    "E2": ("yes",),
    "A1": ("no",),
    "C1": ("no",),
    "Z3": ("high",),
}


def coded(folder: Path, settings: Settings, *, cases: int = 12) -> Audit:
    """Make a project whose first cases are coded: nobody is arrested in any."""
    extract = folder / "extract.csv"
    extract.write_text("id,told\n" + "".join(f"r{n:03},text {n}\n" for n in range(60)))
    audit = start_audit(
        folder / "target.dip",
        title="With a target",
        codebook=builtin_codebook("da-short"),
        settings=settings,
        supervisor=SUPERVISOR,
        passphrase=None,
        world=world("2026-03-01T09:00:00Z"),
    )
    spec = FrameSpec(id_column="id", strata_columns=(), keep=(), record=("told",))
    audit.commit_frame(SUPERVISOR, extract, spec)
    audit.commit_plan(SUPERVISOR, PlanRequest(size=12, reserve="0"))
    audit.draw(SUPERVISOR, extract, seed="60921108440123456789", source="dice, two witnesses")
    audit.assign(SUPERVISOR, [CODER], double="0")
    for row in audit.cases()[:cases]:
        audit.code_at_once(CODER, row.case_id, whole(audit, NO_ARREST))
    return audit


@pytest.fixture
def audit(tmp_path: Path) -> Iterator[Audit]:
    made = coded(tmp_path, Settings(target="5 %"))
    yield made
    made.close()


def test_the_screen_says_it_in_the_line_of_the_indicator_and_below(
    audit: Audit, press: Callable[[Program, str], str]
) -> None:
    shown = press(
        Program(audit, name=SUPERVISOR, start=Start.OVERVIEW, ticks=lambda: 0.0), "escape f"
    )
    assert "M2   [target cannot say]" in shown
    assert SAID in " ".join(shown.split())
    assert "low: base under 30 [u]." in shown, "the words of care are not cut off"
    assert "M4   both main" in shown, "no other indicator has one"


def test_while_cases_are_open_nothing_is_judged(
    tmp_path: Path, press: Callable[[Program, str], str]
) -> None:
    made = coded(tmp_path, Settings(target="5 %"), cases=11)
    shown = press(Program(made, name=SUPERVISOR, start=Start.OVERVIEW, ticks=lambda: 0.0), "f")
    made.close()
    assert "[target" not in shown
    assert "Target, at most 5 %: not judged before every case is closed." in shown


def test_the_command_prints_it_with_its_indicator_and_in_json(audit: Audit, tmp_path: Path) -> None:
    def ran(*words: str) -> str:
        arguments = [str(tmp_path / "target.dip"), "--as", SUPERVISOR, *words]
        done = CliRunner().invoke(findings, arguments, catch_exceptions=False)
        return done.stdout

    text = " ".join(ran("--indicator", "M2,M4").split())
    assert text.count("target, at most 5 %") == 1
    assert text.index("target, at most 5 %") < text.index("M4 ")
    found = json.loads(ran("--format", "json"))["findings"]
    by_id = {one["indicator"]: one["target"] for one in found}
    assert by_id["M2"]["verdict"] == "cannot-say"
    assert by_id["M2"]["at_most"] == 0.05
    assert by_id["M4"] is None


def test_the_workbook_says_it_on_its_first_sheet_and_is_the_projects(
    audit: Audit, tmp_path: Path
) -> None:
    out = tmp_path / "findings.xlsx"
    audit.export(SUPERVISOR, out)
    cover = [str(cell.value) for (cell, *_) in load_workbook(out)["Cover"].iter_rows()]
    (line,) = [one for one in cover if "Target" in one]
    assert line.startswith("More than one person arrested, of incidents: 0.0%")
    assert "cannot say" in line
    checked = CliRunner().invoke(
        verify, [str(tmp_path / "target.dip"), "--against", str(out)], catch_exceptions=False
    )
    assert checked.exit_code == 0
