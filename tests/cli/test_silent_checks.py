"""Silent checks by command: placing them, reading what came of them, and being refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

import pytest


class Ran(Protocol):
    stdout: str
    stderr: str
    sentence: str
    rows: list[dict[str, str]]


class Program(Protocol):
    folder: Path

    def __call__(self, *words: object, code: int = 0) -> Ran: ...


CopyOf = Callable[[object], Program]
ASSIGN = ("assign", "audit.dip", "--reviewers", "amber,birch")


@pytest.fixture
def checked(drawn: object, copy_of: CopyOf) -> Program:
    """The program in a project with silent checks."""
    program = copy_of(drawn)
    program(*ASSIGN, "--gold", "builtin")
    return program


def test_invented_checks_are_placed_dealt_and_verified(drawn: object, copy_of: CopyOf) -> None:
    program = copy_of(drawn)
    before = program("cases", "audit.dip", "--format", "csv").rows
    printed = program(*ASSIGN, "--gold", "builtin")
    said = " ".join(printed.stderr.split())
    assert "4 silent checks beside them, never counted: each with one coder, or with two" in said
    assert "Tell your coders" in printed.stderr
    after = program("cases", "audit.dip", "--format", "csv").rows
    sample = [[one for one in rows if one["role"] == "sample"] for rows in (before, after)]
    assert sample[0] == sample[1]
    assert len(before) == len(after)
    assert {one["record_id"] for one in before} == {one["record_id"] for one in after}
    verified = program("verify", "audit.dip", "extract.csv").stdout
    assert "checks: 4 placed and dealt as the tickets say, none of them in the sample" in verified
    again = program(*ASSIGN, "--gold", "builtin")
    assert "nothing was written" in again.stderr


def test_a_sample_with_checks_goes_on_growing(checked: Program) -> None:
    checked("extend", "audit.dip", "extract.csv", "--size", 90)
    rows = checked("cases", "audit.dip", "--format", "csv").rows
    numbers = [one["case"] for one in rows]
    assert len(set(numbers)) == len(numbers)
    assert sum(one["role"] == "sample" for one in rows) == 90
    case = next(one["case"] for one in rows if one["role"] == "sample")
    checked("replace", "audit.dip", case, "--reason", "restricted")
    checked(*ASSIGN, "--gold", "builtin")
    assert "6 placed" in checked("verify", "audit.dip", "extract.csv").stdout


def test_a_coder_lists_their_own_desk_without_what_would_tell(checked: Program) -> None:
    rows = checked("cases", "audit.dip", "--as", "amber", "--format", "csv").rows
    assert len(rows) == 32
    assert {(one["record_id"], one["rank"], one["ticket"]) for one in rows} == {("", "", "")}
    assert {one["role"] for one in rows} == {"sample"}
    drawn = checked("cases", "audit.dip", "--format", "csv").rows
    known = {one["case"] for one in drawn}
    checks = [one["case"] for one in rows if one["case"] not in known]
    assert len(checks) == 2
    assert max(checks) < max(known)


def test_findings_print_what_came_of_checks_for_the_supervisor(checked: Program) -> None:
    known = {one["case"] for one in checked("cases", "audit.dip", "--format", "csv").rows}
    rows = checked("cases", "audit.dip", "--as", "amber", "--format", "csv").rows
    check = next(one["case"] for one in rows if one["case"] not in known)
    file = Path("codings.csv")
    (checked.folder / file).write_text(f"case,E1,E2,Z5\n{check},yes,no,no\n", encoding="utf-8")
    taken = checked("codings", "import", "audit.dip", file, "--as", "amber")
    assert "1" in taken.stdout
    printed = checked("findings", "audit.dip")
    assert "Silent checks: 4 cases with known answers, never counted" in printed.stdout
    assert "1 of 4 codings handed in" in printed.stdout
    told: Mapping[str, object] = json.loads(
        checked("findings", "audit.dip", "--format", "json").stdout
    )
    found = told["silent_checks"]
    assert isinstance(found, dict)
    assert (found["placed"], found["dealt"], found["handed_in"]) == (4, 4, 1)
    assert check in found["cases"]
    assert [one["coder"] for one in found["coders"]] == ["R1", "R2"]
    assert {"M2", "C.1"} <= {one["indicator"] for one in found["indicators"]}


def test_findings_of_a_project_without_checks_say_nothing_of_them(
    drawn: object, copy_of: CopyOf
) -> None:
    program = copy_of(drawn)
    assert "ilent check" not in program("findings", "audit.dip").stdout
    told = json.loads(program("findings", "audit.dip", "--format", "json").stdout)
    assert "silent_checks" not in told


def test_a_set_of_ones_own_is_taken_or_refused_with_the_reason(
    drawn: object, copy_of: CopyOf, tmp_path: Path
) -> None:
    program = copy_of(drawn)
    file = tmp_path / "set.json"
    case = {"text": "words", "expected": {"E1": "yes", "C1": "no"}}
    cases = [{**case, "id": f"T{number}", "text": f"words {number}"} for number in range(5)]
    file.write_text(json.dumps({"vignettes": cases}), encoding="utf-8")
    assert "4 silent checks" in program(*ASSIGN, "--gold", file).stderr
    wrong = [{**one, "expected": {"C1": "perhaps"}} for one in cases]
    file.write_text(json.dumps({"vignettes": wrong}), encoding="utf-8")
    assert "does not offer" in program(*ASSIGN, "--gold", file, code=3).sentence
    assert "there is no nothing.json" in program(*ASSIGN, "--gold", "nothing.json", code=2).stderr


def test_a_set_that_is_too_small_says_how_many_more_cases_it_needs(
    drawn: object, copy_of: CopyOf, tmp_path: Path
) -> None:
    program = copy_of(drawn)
    file = tmp_path / "set.json"
    case = {"expected": {"E1": "yes", "C1": "no"}}
    cases = [{**case, "id": f"T{number}", "text": f"words {number}"} for number in range(5)]
    file.write_text(json.dumps({"vignettes": cases}), encoding="utf-8")
    program("extend", "audit.dip", "extract.csv", "--size", 90)
    said = " ".join(program(*ASSIGN, "--gold", file).stderr.split())
    assert "5 silent checks" in said
    assert "fewer than 1 in 20 of what each coder opens" in said
    assert "a set with 1 more case," in said
    lists = {
        name: {
            one["case"]
            for one in program("cases", "audit.dip", "--as", name, "--format", "csv").rows
        }
        for name in ("amber", "birch")
    }
    assert not lists["amber"] & lists["birch"]
    assert sorted(len(found) for found in lists.values()) == [47, 48]


def test_checks_that_would_show_are_refused(tmp_path: Path, program: Program) -> None:
    rows = "".join(f"rec-{number:03d},told {number},f\n" for number in range(60))
    (tmp_path / "extract.csv").write_text(f"id,told,sex\n{rows}", encoding="utf-8")
    program("init", "audit.dip", "--title", "T", "--unencrypted")
    program("frame", "commit", "audit.dip", "extract.csv", "--id", "id", "--record", "told,sex")
    program("plan", "audit.dip", "--size", 20, "--reserve", "0")
    seed = ("--seed", "60921108449012345678", "--seed-source", "dice")
    program("draw", "audit.dip", "extract.csv", *seed)
    refused = program(*ASSIGN, "--gold", "builtin", code=5)
    assert "the set lacks sex, told." in refused.sentence
    file = tmp_path / "set.json"
    case = {"text": "x", "expected": {"C1": "no"}, "record": {"told": "words", "sex": "f"}}
    cases = [{**case, "id": f"T{number}"} for number in range(5)]
    file.write_text(json.dumps({"vignettes": cases}), encoding="utf-8")
    refused = program(*ASSIGN, "--gold", file, code=5)
    assert "takes the number of a reserve record" in refused.sentence
