"""`dipsample compare`: waves in files, in three forms, and what is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dipsample.audit import Audit
from dipsample.opening import start_audit
from dipsample.project import World
from dipsample.settings import Settings
from dipsample.surroundings import FixedClock, FixedEntropy
from review.codebook import builtin_codebook
from sampling.draw import Role
from sampling.frame import FrameSpec
from sampling.planning import PlanRequest

if TYPE_CHECKING:
    from tests.cli.conftest import Program

RECORDS, DRAWN = 300, 60
PASSPHRASES = {"6": "quiet harbour lantern moss", "7": "copper window seven pines"}


def make_wave(
    folder: Path, number: int, arrests: int, *, codebook: str = "da-short", coded: int = DRAWN
) -> None:
    """Make a project in which the first ``arrests`` cases have an arrest."""
    extract = folder / f"extract{number}.csv"
    lines = "".join(f"W{number}-{row:04d}\n" for row in range(RECORDS))
    extract.write_text("id\n" + lines, encoding="utf-8")
    audit = start_audit(
        folder / f"wave{number}.dip",
        title=f"Wave number {number}",
        codebook=builtin_codebook(codebook),
        settings=Settings(),
        supervisor="supervisor",
        passphrase=PASSPHRASES.get(str(number)),
        world=World(FixedClock("2026-11-21T10:00:00Z"), FixedEntropy(f"{number}"), folder, "test"),
    )
    audit.commit_frame("supervisor", extract, FrameSpec(id_column="id"))
    audit.commit_plan("supervisor", PlanRequest(size=DRAWN))
    audit.draw("supervisor", extract, seed=f"{number}" * 20, source="dice")
    audit.assign("supervisor", ["amber"])
    import_codings(audit, folder / f"codings{number}.csv", arrests, coded)
    audit.close()


def import_codings(audit: Audit, file: Path, arrests: int, coded: int) -> None:
    cases = [row.case_id for row in audit.cases() if row.role == Role.SAMPLE][:coded]
    rows = [
        f"{case},yes,yes,{'yes' if place < arrests else 'no'},no,high,no"
        for place, case in enumerate(cases)
    ]
    file.write_text("\n".join(["case,E1,E2,A1,C1,Z3,Z5", *rows]) + "\n", encoding="utf-8")
    audit.import_codings("amber", file)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Wave 4 has another codebook, 5 has open cases, 6 and 7 are encrypted."""
    made = tmp_path_factory.mktemp("waves")
    make_wave(made, 1, 12)
    make_wave(made, 2, 25)
    make_wave(made, 3, 30)
    make_wave(made, 4, 30, codebook="da-full")
    make_wave(made, 5, 10, coded=20)
    make_wave(made, 6, 12)
    make_wave(made, 7, 25)
    for number, passphrase in PASSPHRASES.items():
        file = made / f"pass{number}"
        file.write_text(passphrase + "\n", encoding="utf-8")
        file.chmod(0o600)
    return made


@pytest.fixture
def run(program: Program, folder: Path) -> Program:
    return program.within(folder)


FIRST_TWO = ("wave1.dip", "wave2.dip")
FIRST_THREE = (*FIRST_TWO, "wave3.dip")
M1 = ("--indicator", "M1")


def as_json(run: Program, *words: str) -> Any:
    return json.loads(run("compare", *words, "--format", "json").stdout)


def test_each_wave_is_set_against_the_one_before(run: Program) -> None:
    found = as_json(run, *FIRST_THREE, *M1)
    assert [wave["project"] for wave in found["waves"]] == [f"Wave number {n}" for n in (1, 2, 3)]
    assert set(found["waves"][0]) == {"project", "codebook", "draw", "digest", "open_cases"}
    (row,) = found["indicators"]
    shares = [point["finding"]["estimate"] for point in row["waves"]]
    assert shares == [12 / 60, 25 / 60, 30 / 60]
    assert [(one["earlier"], one["later"]) for one in row["changes"]] == [(1, 2), (2, 3)]
    first = row["changes"][0]
    assert first["estimate"] == pytest.approx(13 / 60)
    assert 0 < first["lower"] < first["estimate"] < first["upper"] < 1
    assert first["limits"] == ["hypergeometric-tail"]
    assert first["p_value"] <= first["p_holm"]
    assert "enumerated" in first["promise"]
    assert row["trend"]["slope"] > 0
    assert row["chart"] is None
    assert found["comparisons"] == 3


def test_the_estimates_are_those_of_findings(run: Program) -> None:
    row = as_json(run, *FIRST_TWO, *M1)["indicators"][0]
    words = ("findings", "wave2.dip", *M1, "--format", "json")
    (alone,) = json.loads(run(*words).stdout)["findings"]
    shown = row["waves"][1]["finding"]
    assert {key: alone[key] for key in shown} == shown


def test_text_says_change_trend_target_and_how_many_comparisons(run: Program) -> None:
    said = run("compare", *FIRST_THREE, *M1, "--target", "0.2")
    text = said.stdout
    assert said.lines[0] == "wave 1: Wave number 1, coded with da-short 1.0.0"
    assert "+21.7" in text
    assert "Trend over the waves" in text
    assert "Under 8 waves: a run without control limits." in text
    assert "Target: at most 20.0 %, at 95 % one-sided" in text
    assert "not met" in text
    assert "cannot say" in text
    assert "6 comparisons were made." in text
    assert "change: coverage at least the stated confidence" in said.stderr
    assert "hypergeometric-blaker: " in said.stderr


def test_csv_has_a_line_for_each_indicator_and_wave(run: Program) -> None:
    rows = run("compare", *FIRST_TWO, "--indicator", "M1,C.1", "--format", "csv").rows
    assert [(row["indicator"], row["wave"]) for row in rows] == [
        ("M1", "1"), ("M1", "2"), ("C.1", "1"), ("C.1", "2"),
    ]  # fmt: skip
    assert [row["change"] == "" for row in rows] == [True, False, True, False]
    assert float(rows[1]["change"]) == pytest.approx(13 / 60)
    assert rows[1]["project"] == "Wave number 2"


def test_another_codebook_and_open_cases_are_listed_and_not_compared(run: Program) -> None:
    words = ("compare", "wave3.dip", "wave4.dip", "wave5.dip", *M1)
    row = as_json(run, *words[1:])["indicators"][0]
    assert [one["estimate"] for one in row["changes"]] == [None, None]
    assert row["waves"][2]["finding"]["numerator"] == 10
    assert row["waves"][2]["finding"]["estimate"] is None
    text = run(*words).stdout
    assert "PROVISIONAL: 40 cases are open" in text
    assert "not comparable: wave 1 was coded with da-short 1.0.0, wave 2 with da-full" in text
    assert "0 comparisons were made." in text
    open_only = run("compare", "wave3.dip", "wave5.dip", *M1).stdout
    assert "- wave 2 has open cases: M1" in open_only


def test_one_project_alone_needs_a_target(run: Program) -> None:
    assert "--target" in run("compare", "wave3.dip", code=2).sentence
    row = as_json(run, "wave3.dip", *M1, "--target", "0.6")["indicators"][0]
    assert row["changes"] == []
    assert row["waves"][0]["target"]["verdict"] == "met"
    text = run("compare", "wave3.dip", *M1, "--target", "0.5").stdout
    assert "no sample would decide" in text


def test_by_default_how_often_a_question_had_no_answer_is_not_compared(run: Program) -> None:
    ids = [one["indicator"] for one in as_json(run, *FIRST_TWO)["indicators"]]
    assert "M1" in ids
    assert not [one for one in ids if one.startswith("Q.2")]
    asked = as_json(run, *FIRST_TWO, "--indicator", "Q.2")["indicators"]
    assert asked
    assert all(one["indicator"].startswith("Q.2:") for one in asked)


def test_passphrase_files_are_one_for_all_or_one_for_each_in_order(run: Program) -> None:
    both = ("--passphrase-file", "pass6", "--passphrase-file", "pass7")
    assert as_json(run, "wave6.dip", "wave7.dip", *M1, *both)["comparisons"] == 1
    run("compare", "wave3.dip", "wave7.dip", *M1, "--passphrase-file", "pass7")
    run.within(run.folder, DIPSAMPLE_PASSPHRASE=PASSPHRASES["7"])(
        "compare", "wave3.dip", "wave7.dip", *M1
    )
    said = run("compare", *FIRST_THREE, *both, code=2).sentence
    assert "2 passphrase files for 3 projects" in said
    run("compare", "wave6.dip", "wave7.dip", "--passphrase-file", "pass6", code=4)


def test_a_copy_of_a_project_is_no_second_wave(run: Program, tmp_path: Path) -> None:
    shutil.copy(run.folder / "wave3.dip", tmp_path / "copy.dip")
    said = run("compare", "wave3.dip", tmp_path / "copy.dip", code=2).sentence
    assert "the same project as wave3.dip" in said


def test_unknown_indicators_and_impossible_confidence_are_bad_input(run: Program) -> None:
    words = ("compare", "wave3.dip", "--target", "0.1")
    assert "There is no indicator X9" in run(*words, "--indicator", "X9", code=3).sentence
    assert "at least 0.75" in run(*words, "--confidence", "0.6", code=3).sentence
    run("compare", "wave3.dip", "missing.dip", code=3)


def test_coders_do_not_see_an_open_wave_in_a_comparison(run: Program) -> None:
    words = ("compare", "wave3.dip", "wave5.dip", *M1, "--as", "amber")
    assert "hidden from coders" in run(*words, code=5).sentence


def test_a_wave_that_drew_nothing_yet_is_refused(program: Program, folder: Path) -> None:
    program("init", "new.dip", "--title", "Next", "--unencrypted")
    said = program("compare", folder / "wave3.dip", "new.dip", code=5).sentence
    assert "No sample is drawn" in said


def test_the_screens_of_several_projects_need_a_terminal_and_name_the_text(run: Program) -> None:
    said = run("open", "wave1.dip", "wave2.dip", code=2).sentence
    assert "need a terminal" in said
    assert "compare" in said


def test_one_project_is_not_opened_with_two_passphrases(run: Program) -> None:
    words = ("open", "wave1.dip", "--passphrase-file", "a.txt", "--passphrase-file", "b.txt")
    assert "One project has one passphrase file" in run(*words, code=2).sentence
