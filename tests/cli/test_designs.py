"""Samples drawn by size, in two stages and in waves, from the frame to the workbook."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from sampling.size_weighted import Certainties, Sized, ranked_by_size
from sampling.tickets import tickets

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program

SEED = "76543210987654321098"
DRAW = ("draw", "audit.dip", "extract.csv", "--seed", SEED, "--seed-source", "dice")
RECORDS = 240


@pytest.fixture
def run(program: Program) -> Program:
    """A project beside an extract of areas, stations and numbers of crimes."""
    with (program.folder / "extract.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "area", "station", "crimes", "text"])
        for n in range(RECORDS):
            crimes = 400 if n == 7 else 1 + n * n % 11
            area = f"area {n % 2}"
            writer.writerow([f"R-{n}", area, f"S{n % 2}-{n // 2 % 6}", crimes, f"account {n}"])
    program("init", "audit.dip", "--title", "T", "--unencrypted")
    return program


def committed(run: Program, *options: str, project: str = "audit.dip") -> str:
    frame = ("--id", "id", "--strata", "area", "--record", "text")
    return run("frame", "commit", project, "extract.csv", *frame, *options).stdout


def code_all(run: Program) -> None:
    """Code every case: an arrest in those of a record with an even number."""
    lines = ["case,E1,E2,A1,A2,C1,Z3,Z5"]
    for row in run("cases", "audit.dip", "--format", "csv").rows:
        if row["role"] == "sample":
            is_even = int(row["record_id"].removeprefix("R-")) % 2 == 0
            arrests = "yes,1" if is_even and row["rank"] != "1" else "no,"
            lines.append(f"{row['case']},yes,yes,{arrests},no,high,no")
    (run.folder / "codings.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    run("assign", "audit.dip", "--reviewers", "amber", "--double", "0")
    run("codings", "import", "audit.dip", "codings.csv", "--as", "amber")


def sampled(run: Program, project: str = "audit.dip") -> list[dict[str, str]]:
    rows = run("cases", project, "--format", "csv").rows
    return [row for row in rows if row["role"] == "sample"]


def assert_whole(run: Program, methods: Sequence[str], path: Path) -> None:
    """Findings, workbook and verification speak of the same design."""
    found = run("findings", "audit.dip", "--by", "stratum", "--format", "json").stdout
    assert any(f'"method": "{name}"' in found for name in methods), found[:2000]
    run("export", "audit.dip", path)
    verified = run("verify", "audit.dip", "extract.csv", "--against", path).stdout
    assert "WRONG" not in verified


def test_a_size_weighted_sample_goes_all_the_way(run: Program) -> None:
    committed(run, "--size", "crimes", "--write-frame", "frame.tsv")
    assert "R-7\tarea 1\t400\n" in (run.folder / "frame.tsv").read_text("utf-8")
    planned = run("plan", "audit.dip", "--size", 50, "--size-weighted").stdout
    assert "Chances go with the sizes" in planned
    run(*DRAW)
    drawn = sampled(run)
    assert {row["chance"] for row in drawn if row["record_id"] == "R-7"} == {"exact"}
    assert {row["chance"] for row in drawn if row["record_id"] != "R-7"} == {"approximate"}
    for stratum in ("area 0", "area 1"):
        of_stratum = [row for row in drawn if row["stratum"] == stratum]
        weighed = {Fraction(row["size"]) / Fraction(row["probability"]) for row in of_stratum
                   if row["probability"] != "1"}  # fmt: skip
        assert len(weighed) == 1
        assert all(float(row["weight"]) >= 1 for row in of_stratum)
    run("extend", "audit.dip", "extract.csv", "--size", 70)
    assert len(sampled(run)) == 70
    code_all(run)
    assert_whole(run, ["korn-graubard-size-weighted"], run.folder / "out.xlsx")


def test_a_sample_in_two_stages_goes_all_the_way(run: Program) -> None:
    committed(run, "--unit", "station")
    planned = run("plan", "audit.dip", "--units", 8, "--per-unit", 6).stdout
    assert "Of each unit drawn, up to 6 records" in planned
    run(*DRAW)
    drawn = sampled(run)
    assert len(drawn) == 48
    assert len({row["unit"] for row in drawn}) == 8
    assert {row["probability"] for row in drawn} == {str(Fraction(4, 6) * Fraction(6, 20))}
    assert {row["chance"] for row in drawn} == {"exact"}
    case = drawn[0]
    replaced = run("replace", "audit.dip", case["case"], "--reason", "restricted").stdout
    following = {row["case"]: row for row in sampled(run)}[replaced.split()[4].rstrip(";,.")]
    assert following["unit"] == case["unit"]
    code_all(run)
    assert_whole(run, ["korn-graubard-two-stage"], run.folder / "out.xlsx")
    said = run("extend", "audit.dip", "extract.csv", "--size", 60, code=5).sentence
    assert "does not grow" in said


def test_a_unit_is_drawn_by_its_records_where_chances_go_with_size(run: Program) -> None:
    committed(run, "--unit", "station")
    run("plan", "audit.dip", "--units", 4, "--size-weighted", "--reserve", "0%")
    run(*DRAW)
    drawn = sampled(run)
    assert len(drawn) == 4 * RECORDS // 12
    assert {row["chance"] for row in drawn} == {"approximate"}
    assert "WRONG" not in run("verify", "audit.dip", "extract.csv").stdout


def test_a_wave_under_the_same_seed_takes_the_next_ranks_and_repeats_nobody(run: Program) -> None:
    committed(run)
    run("plan", "audit.dip", "--size", 40)
    run(*DRAW)
    first = run("cases", "audit.dip", "--format", "csv")
    (run.folder / "first.csv").write_text(first.stdout, encoding="utf-8")
    run("init", "second.dip", "--title", "T", "--unencrypted")
    said = committed(run, "--exclude", "first.csv", project="second.dip")
    assert f"left out: {len(first.rows)} (drawn in an earlier wave)" in said
    run("plan", "second.dip", "--size", 30)
    run("draw", "second.dip", "extract.csv", "--seed", SEED, "--seed-source", "dice")
    second = run("cases", "second.dip", "--format", "csv").rows
    assert not {row["record_id"] for row in first.rows} & {row["record_id"] for row in second}
    for stratum in ("area 0", "area 1"):
        last = max(row["ticket"] for row in first.rows if row["stratum"] == stratum)
        assert all(row["ticket"] > last for row in second if row["stratum"] == stratum)
    assert "WRONG" not in run("verify", "second.dip", "extract.csv").stdout
    assert "listed the records of earlier waves" in run("log", "second.dip").stdout
    run("draw-record", "second.dip", "record.txt")
    wrong = run("verify", "record.txt", "extract.csv", code=1).stdout
    assert "earlier waves drew" in wrong
    checked = run("verify", "record.txt", "extract.csv", "--exclude", "first.csv").stdout
    assert "WRONG" not in checked


@pytest.mark.parametrize(
    ("frame", "plan", "words"),
    [
        ((), ("--size", "20", "--size-weighted"), "no sizes to draw by"),
        ((), ("--units", "4"), "no units to draw"),
        (("--unit", "station"), ("--units", "99"), "Choose between 4 and 12 units"),
        (("--unit", "station"), ("--size", "20", "--per-unit", "4"), "say how many units"),
        (
            ("--unit", "station"),
            ("--units", "4", "--allocation", "power"),
            "in proportion or equally",
        ),
        (("--unit", "station"), ("--units", "4", "--reserve", "40"), "a share of each unit"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_with_a_sentence(
    run: Program, frame: tuple[str, ...], plan: tuple[str, ...], words: str
) -> None:
    committed(run, *frame)
    assert words in run("plan", "audit.dip", *plan, code=3).sentence


def test_the_forecast_of_units_says_which_design_effect_it_assumes(run: Program) -> None:
    committed(run, "--unit", "station")
    planned = ("plan", "audit.dip", "--units", 8, "--per-unit", 6, "--expect", 0.1)
    assert "the design effect 2 (assumed)" in run(*planned).stdout
    four = run(*planned, "--design-effect", 4)
    assert "the design effect 4 (assumed)" in four.stdout
    assert "was committed already" in four.stderr
    said = run("plan", "audit.dip", "--size", 20, "--design-effect", 4, code=2).stderr
    assert "belongs to --units" in said


def test_sizes_and_units_that_cannot_be_used_are_named(run: Program) -> None:
    text = (run.folder / "extract.csv").read_text("utf-8")
    text = text.replace("S0-3,", "S1-3,").replace("R-9,area 1,S1-4,5,", "R-9,area 1,,5.0,")
    (run.folder / "extract.csv").write_text(text, encoding="utf-8")
    frame = ("--id", "id", "--strata", "area", "--size", "crimes", "--unit", "station")
    said = run("frame", "commit", "audit.dip", "extract.csv", *frame, code=3)
    for code in ("invalid-size", "blank-unit", "unit-in-two-strata"):
        assert code in said.stdout + said.stderr


def test_a_size_that_would_lack_a_certain_record_is_refused_and_the_next_that_works_named(
    run: Program,
) -> None:
    rows = [("BIG-1", 10), ("BIG-2", 10), ("SMALL-1", 5), ("SMALL-2", 5)]
    text = "".join(f"{name},{size},account\n" for name, size in rows)
    (run.folder / "extract.csv").write_text(f"id,crimes,text\n{text}", encoding="utf-8")
    frame = ("--id", "id", "--size", "crimes", "--record", "text")
    run("frame", "commit", "audit.dip", "extract.csv", *frame)
    run("plan", "audit.dip", "--size", 2, "--size-weighted", "--reserve", "0%")
    seed = "extension-limit-000004"
    run("draw", "audit.dip", "extract.csv", "--seed", seed, "--seed-source", "dice")
    assert {row["record_id"] for row in sampled(run)} == {"SMALL-1", "SMALL-2"}
    said = run("extend", "audit.dip", "extract.csv", "--size", 3, code=5).sentence
    assert "The next size that works is 4" in said
    run("extend", "audit.dip", "extract.csv", "--size", 4)
    assert {row["probability"] for row in sampled(run)} == {"1"}
    assert "WRONG" not in run("verify", "audit.dip", "extract.csv").stdout


@pytest.mark.parametrize("frame", [("--size", "crimes"), ("--unit", "station")])
def test_other_sizes_or_units_are_another_extract(run: Program, frame: tuple[str, ...]) -> None:
    committed(run, *frame)
    is_sized = frame[0] == "--size"
    plan = ("--size", "20", "--size-weighted") if is_sized else ("--units", "6")
    run("plan", "audit.dip", *plan)
    run(*DRAW)
    text = (run.folder / "extract.csv").read_text("utf-8")
    changed = text.replace("R-2,area 0,S0-1,5,", "R-2,area 0,S0-2,6,")
    assert changed != text
    (run.folder / "extract.csv").write_text(changed, encoding="utf-8")
    said = run("verify", "audit.dip", "extract.csv", code=1).stdout
    assert "not the one that was committed" in said


def test_a_replacement_by_size_never_leaves_out_a_record_that_is_certain(program: Program) -> None:
    sizes = {f"R-{n}": "40" if n == 0 else "9" for n in range(12)}
    with (program.folder / "sized.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [["id", "crimes", "text"], *([k, v, k] for k, v in sizes.items())]
        )
    frame = ("--id", "id", "--size", "crimes", "--record", "text")
    outcomes: dict[bool, str] = {}
    number = 0
    while len(outcomes) < 2:
        number += 1
        seed = f"replacement-by-size-{number:04d}"
        sized = [Sized(one.record_id, one.ticket, sizes[one.record_id])
                 for one in tickets("sample", seed, sizes)]  # fmt: skip
        none = Certainties(0, None, sum(int(one.size) for one in sized))
        first = [one.record_id for one in ranked_by_size(sized, none)]
        if "R-0" not in first[:3]:
            outcomes.setdefault("R-0" in first[:4], seed)
    for takes_it_in, seed in outcomes.items():
        name = f"{takes_it_in}.dip"
        program("init", name, "--title", "T", "--unencrypted")
        program("frame", "commit", name, "sized.csv", *frame)
        program("plan", name, "--size", 3, "--size-weighted", "--reserve", 1)
        program("draw", name, "sized.csv", "--seed", seed, "--seed-source", "dice")
        case = sampled(program, name)[0]["case"]
        replace = ("replace", name, case, "--reason", "not_in_scope")
        assert "--extract" in program(*replace, code=5).sentence
        done = program(*replace, "--extract", "sized.csv", code=0 if takes_it_in else 5)
        if takes_it_in:
            assert "is replaced by" in done.stdout
            program("verify", name, "sized.csv")
        else:
            assert "would lack a record that is certain" in done.sentence


def test_settings_name_the_lists_of_earlier_waves_beside_them(run: Program) -> None:
    (run.folder / "lists").mkdir()
    (run.folder / "lists" / "spring.csv").write_text("R-1\nR-2\n", encoding="utf-8")
    settings = run.folder / "lists" / "frame.toml"
    settings.write_text('id = "id"\nrecord = ["text"]\nexclude = ["spring.csv"]\n', "utf-8")
    commit = ("frame", "commit", "audit.dip", "extract.csv", "--settings", settings)
    assert f"frame of {RECORDS - 2} records" in run(*commit).stdout
    twice = run(*commit, "--exclude", run.folder / "lists" / "spring.csv", code=2)
    assert "--exclude stands in the settings file too" in twice.sentence
    settings.write_text('id = "id"\nexclude = ["summer.csv"]\n', "utf-8")
    assert "there is no file summer.csv" in run(*commit, code=3).sentence


def test_a_frame_without_a_record_says_what_coders_would_see(run: Program) -> None:
    commit = ("frame", "commit", "audit.dip", "extract.csv", "--id", "id")
    assert "coders would have nothing to read" in run(*commit).stderr
    assert "see the kept columns alone" in run(*commit, "--keep", "area").stderr
    assert "LOOK" not in run(*commit, "--record", "text").stderr
