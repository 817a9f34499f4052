"""`dipsample codebook`, and a project that is started with the full codebook."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from dipsample.demo import make_extract
from review.codebook import builtin_codebook

if TYPE_CHECKING:
    from tests.cli.conftest import Program

GOOD = (Path(__file__).parents[1] / "review" / "good-codebook.toml").read_text("utf-8")
OPTIONAL = ("C4", "C6", "C7", "D5a", "D6a", "D7a", "D5b", "D6b", "D7b", "O2a", "O2b")
SEED = "60921108449012345678"


def test_show_prints_every_question_with_keys_definition_and_when_it_is_asked(
    program: Program,
) -> None:
    text = program("codebook", "show").stdout
    codebook = builtin_codebook("da-short")
    joined = " ".join(text.split())
    for question in codebook.questions:
        assert f"{question.id} {question.ask}" in joined
        assert " ".join(question.define.split()) in joined
        for option in question.options:
            assert f"{option.key} {option.label} ({option.value})" in joined
    assert "Asked when A1 is yes. Outcome: coders have to agree on it." in joined
    assert codebook.sha256 in text
    assert max(map(len, text.splitlines())) <= 110


def test_show_as_json_is_one_object_that_marks_what_is_optional_and_what_is_asked(
    program: Program,
) -> None:
    shown = json.loads(program("codebook", "show", "da-full", "--format", "json").stdout)
    questions = shown["questions"]
    assert len(questions) == 67
    assert tuple(one["id"] for one in questions if one["optional"]) == OPTIONAL
    assert sum(one["asked"] for one in questions) == 56
    assert shown["sha256"] == builtin_codebook("da-full").sha256
    with_two = ("--with", "C4,C6", "--format", "json")
    shown = json.loads(program("codebook", "show", "da-full", *with_two).stdout)
    assert shown["sha256"] == builtin_codebook("da-full", switched_on=("C4", "C6")).sha256
    assert sum(one["asked"] for one in shown["questions"]) == 58
    arrests = next(one for one in shown["questions"] if one["id"] == "A3")
    assert arrests["ask_if"] == {"A1": {"eq": "yes"}}
    assert arrests["asked_when"] == "A1 is yes"


def test_show_as_csv_has_a_row_a_question_and_can_be_cut_to_some(program: Program) -> None:
    rows = program("codebook", "show", "da-full", "--format", "csv").rows
    assert [row["question"] for row in rows] == [
        one.id for one in builtin_codebook("da-full", switched_on=OPTIONAL).questions
    ]
    few = program("codebook", "show", "da-full", "--question", "P4,C1", "--format", "csv").rows
    assert [row["question"] for row in few] == ["P4", "C1"]
    asked = program("codebook", "show", "--question", "P4", code=3).sentence
    assert "no such question" in asked


def test_check_names_every_fault_with_its_line_and_leaves_with_3(program: Program) -> None:
    text = GOOD.replace('no = {key = "n"', 'no = {key = "y"').replace("Q1 = {eq", "Q9 = {eq")
    (program.folder / "bad.toml").write_text(text, encoding="utf-8")
    ran = program("codebook", "check", "bad.toml", "--format", "json", code=3)
    faults = json.loads(ran.stdout)["faults"]
    lines = text.splitlines()
    assert {fault["rule"] for fault in faults} == {"key-clash", "unknown-question"}
    for fault in faults:
        if fault["rule"] == "unknown-question":
            assert "Q9" in lines[fault["line"] - 1]
    table = program("codebook", "check", "bad.toml", code=3)
    assert len(table.lines) == len(faults) + 1
    assert f"bad.toml has {len(faults)} faults" in table.sentence


def test_check_of_a_codebook_without_fault_says_what_it_is(program: Program) -> None:
    (program.folder / "good.toml").write_text(GOOD, encoding="utf-8")
    ran = program("codebook", "check", "good.toml")
    assert ran.lines[0] == "good.toml: good 1.0.0, 5 questions, no fault"
    assert program("codebook", "check", "good.toml", "--format", "csv").rows == []
    (program.folder / "no.toml").write_text("no = yes", encoding="utf-8")
    assert "is not TOML" in program("codebook", "check", "no.toml", code=3).sentence


def test_diff_says_class_change_and_effect(program: Program) -> None:
    for name, text in (("old.toml", GOOD), ("new.toml", GOOD.replace("First?", "The first one?"))):
        (program.folder / name).write_text(text, encoding="utf-8")
    found = json.loads(
        program("codebook", "diff", "old.toml", "new.toml", "--format", "json").stdout
    )
    assert found["comparable"] is False
    assert found["counts"] == {"cosmetic": 0, "additive": 0, "meaning": 1, "removal": 0}
    (change,) = found["changes"]
    assert (change["question"], change["class"]) == ("Q1", "meaning")
    assert change["confirm_again"] == ["Q1", "Q2", "Q3"]
    text = program("codebook", "diff", "old.toml", "new.toml").stdout
    assert "meaning   Q1  question reworded" in text
    assert "cannot be counted" in text
    same = program("codebook", "diff", "old.toml", "old.toml").lines
    assert same[1] == "no change but of layout, if any."


def test_diff_from_short_to_full_adds_fifty_questions_and_keeps_codings_comparable(
    program: Program,
) -> None:
    ran = program("codebook", "diff", "da-short", "da-full", "--format", "json")
    found = json.loads(ran.stdout)
    assert found["comparable"] is True
    assert sum(one["change"].startswith("new") for one in found["changes"]) == 50


def test_schema_is_one_json_object(program: Program) -> None:
    schema = json.loads(program("codebook", "schema").stdout)
    assert schema["type"] == "object"
    assert "question" in schema["properties"]


@pytest.mark.parametrize(("form", "name"), [("xlsform", "form.xlsx"), ("redcap", "form.csv")])
def test_export_writes_the_same_form_each_time(program: Program, form: str, name: str) -> None:
    words = ("codebook", "export", "da-full", name, "--format", form)
    ran = program(*words)
    first = (program.folder / name).read_bytes()
    assert "56 questions" in ran.lines[0]
    assert "C4, C6, C7" in ran.sentence
    program(*words)
    assert (program.folder / name).read_bytes() == first
    program(*words, "--with", ",".join(OPTIONAL))
    if form == "xlsform":
        rows = list(load_workbook(program.folder / name)["survey"].iter_rows(values_only=True))
        asked = {row[1] for row in rows if row[0] and not str(row[0]).endswith("_group")}
    else:
        text = (program.folder / name).read_text("utf-8")
        asked = {row[0] for row in csv.reader(io.StringIO(text, newline=""))}
    assert len(asked) == 67 + 2, "the questions, the case and the header"


def test_export_holds_out_to_its_ending_and_codebooks_to_their_names(program: Program) -> None:
    ran = program("codebook", "export", "da-short", "form.csv", "--format", "xlsform", code=2)
    assert "OUT has to end in .xlsx" in ran.sentence
    ran = program("codebook", "export", "da-long", "form.csv", "--format", "redcap", code=3)
    assert "there is da-full, da-short" in ran.sentence
    assert not list(program.folder.iterdir())


def test_an_optional_question_that_is_not_there_is_refused_before_a_project_is_made(
    program: Program,
) -> None:
    words = ("init", "audit.dip", "--title", "T", "--unencrypted")
    ran = program(*words, "--codebook", "da-full", "--with", "C4,A1", code=3)
    assert "no optional question A1; those it has: C4, C6" in ran.sentence
    ran = program(*words, "--with", "C4", code=3)
    assert "those it has: none" in ran.sentence
    assert not list(program.folder.iterdir())


ANSWERS = {
    "E1": "yes", "E2": "yes", "E4": "partner_ex", "E5": "2", "A1": "yes", "A2": "2", "A3": "yes",
    "A4": "yes", "A5": "no", "A6": "same_attendance", "A7": "same_time", "A8": "neither",
    "A9": "party_a_da_offence_against_other_party|party_b_assault_on_police",
    "A10": "neither", "A11": "neither", "C1": "yes", "C2": "party_b", "C3": "at_scene",
    "C4": "physical|threats", "C5": "separate_crime", "P1": "yes_with_reasons", "P2": "party_b",
    "P3": "threats", "P4": "yes_both_directions", "P5": "0", "S1": "party_a", "S2": "yes",
    "S3": "no", "R1a": "dash", "R1b": "not_done", "Z1": "yes", "Z2": "incident_log",
    "Z3": "high", "Z4": "Earlier reports name the other.", "Z5": "no",
}  # fmt: skip


def test_a_whole_job_with_the_full_codebook_reports_its_indicators(program: Program) -> None:
    (program.folder / "extract.csv").write_bytes(make_extract(120, seed=SEED).content)
    program(
        "init", "audit.dip", "--title", "T", "--unencrypted",
        "--codebook", "da-full", "--with", "C4",
    )  # fmt: skip
    frame = ("--id", "incident_id", "--record", "narrative")
    program("frame", "commit", "audit.dip", "extract.csv", *frame)
    program("plan", "audit.dip", "--size", 12)
    program("draw", "audit.dip", "extract.csv", "--seed", SEED, "--seed-source", "dice")
    cases = program("cases", "audit.dip", "--format", "csv").rows
    sample = [row["case"] for row in cases if row["role"] == "sample"]
    lines = [f"case,{','.join(ANSWERS)}"]
    lines += [f"{case},{','.join(ANSWERS.values())}" for case in sample]
    (program.folder / "codings.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    program("codings", "import", "audit.dip", "codings.csv", "--as", "amber")
    found = json.loads(program("findings", "audit.dip", "--format", "json").stdout)
    expected = builtin_codebook("da-full", switched_on=("C4",)).sha256
    assert found["codebook"] == {"id": "da-full", "version": "1.0.0", "sha256": expected}
    counts = {one["indicator"]: (one["numerator"], one["denominator"]) for one in found["findings"]}
    assert counts["P.3"] == counts["S.1"] == counts["X.1"] == (12, 12)
    assert counts["R.1"] == (0, 12)
    program("export", "audit.dip", "findings.xlsx")
    program("verify", "audit.dip", "extract.csv", "--against", "findings.xlsx")


def test_a_form_that_was_exported_is_imported_as_a_codebook(
    program: Program, tmp_path: Path
) -> None:
    form, out = tmp_path / "form.xlsx", tmp_path / "ours.toml"
    program("codebook", "export", "da-short", form, "--format", "xlsform")
    done = program("codebook", "import", form, "--out", out)
    assert "da-short 1.0.0, 17 questions" in done.stdout
    assert "marked closed" in done.stderr
    assert program("codebook", "check", out).code == 0
    assert program("codebook", "import", form).stdout == out.read_text(encoding="utf-8")


def test_a_form_that_no_codebook_can_hold_is_refused_cell_by_cell(
    program: Program, tmp_path: Path
) -> None:
    form = tmp_path / "form.csv"
    program("codebook", "export", "da-short", form, "--format", "redcap")
    form.write_text(form.read_text("utf-8").replace(",radio,", ",slider,"), encoding="utf-8")
    out = tmp_path / "ours.toml"
    done = program("codebook", "import", form, "--out", out, code=3)
    assert done.stdout.splitlines()[0].startswith("row 3, Field Type: a codebook has no field of")
    assert not out.exists()
