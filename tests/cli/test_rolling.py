"""A rolling draw from the first extract to the signed workbook."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Program

SEED = "76543210987654321098"
ROWS = [[f"R-{n}", f"area {n % 2}", f"account {n}"] for n in range(700)]
ROWS += [[f"L-{n}", "late area", f"late account {n}"] for n in range(200)]


def extract(run: Program, name: str, rows: list[list[str]]) -> None:
    with (run.folder / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["id", "area", "text"], *rows])


@pytest.fixture
def run(program: Program) -> Program:
    """A rolling draw of a tenth, from the first 400 records, and the extracts of later months."""
    extract(program, "may.csv", ROWS[:400])
    extract(program, "june.csv", ROWS[699:200:-1] + ROWS[:201])
    extract(program, "july.csv", ROWS)
    program("init", "audit.dip", "--title", "T", "--unencrypted")
    frame = ("--id", "id", "--strata", "area", "--record", "text")
    program("frame", "commit", "audit.dip", "may.csv", *frame)
    planned = program("plan", "audit.dip", "--rolling", "10%").stdout
    assert "Each record is drawn with probability 10 %" in planned
    program("draw", "audit.dip", "may.csv", "--seed", SEED, "--seed-source", "dice")
    return program


def cases(run: Program) -> list[dict[str, str]]:
    return run("cases", "audit.dip", "--format", "csv").rows


def code_all(run: Program) -> None:
    lines = ["case,E1,E2,A1,A2,C1,Z3,Z5"]
    for row in cases(run):
        arrests = "yes,1" if row["rank"] in ("1", "4") else "no,"
        lines.append(f"{row['case']},yes,yes,{arrests},no,high,no")
    (run.folder / "codings.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    run("assign", "audit.dip", "--reviewers", "amber", "--double", "0")
    run("codings", "import", "audit.dip", "codings.csv", "--as", "amber")


def grow(run: Program) -> None:
    run("extend", "audit.dip", "june.csv", "--earlier", "may.csv")
    run("extend", "audit.dip", "july.csv", "--earlier", "june.csv")


def test_the_frame_grows_and_everything_is_drawn_again(run: Program) -> None:
    before = cases(run)
    grow(run)
    after = cases(run)
    assert [row["record_id"] for row in after[: len(before)]] == [
        row["record_id"] for row in before
    ]
    assert {row["probability"] for row in after} == {"1/10"}
    assert {row["stratum"] for row in after} == {"area 0", "area 1", "late area"}
    assert f"{len(after)} records drawn again (" in run("verify", "audit.dip", "july.csv").stdout
    run("verify", "audit.dip", "may.csv", code=1)
    again = run("extend", "audit.dip", "july.csv", "--earlier", "june.csv")
    assert "nothing was written" in again.stderr
    assert "took a later extract into the frame, 900 records" in run("log", "audit.dip").stdout


def test_the_draw_record_is_enough_to_draw_again_after_the_frame_grew(run: Program) -> None:
    run("draw-record", "audit.dip", "first.txt")
    assert "may still grow" in (run.folder / "first.txt").read_text("utf-8")
    run("verify", "first.txt", "may.csv")
    grow(run)
    run("draw-record", "audit.dip", "record.html")
    assert "with the digest of the record" in run("verify", "record.html", "july.csv").stdout
    run("verify", "record.html", "june.csv", code=1)


def test_a_later_extract_has_to_hold_every_record_as_it_was(run: Program) -> None:
    extract(run, "short.csv", ROWS[1:])
    short = run("extend", "audit.dip", "short.csv", "--earlier", "may.csv", code=5)
    assert "1 record of the frame is not in the later extract" in short.sentence
    moved = [[one, "area 1", text] if one == "R-8" else [one, area, text]
             for one, area, text in ROWS]  # fmt: skip
    extract(run, "moved.csv", moved)
    run("extend", "audit.dip", "moved.csv", "--earlier", "may.csv", code=5)
    drawn = cases(run)[0]["record_id"]
    retold = [[one, area, "otherwise" if one == drawn else text] for one, area, text in ROWS]
    extract(run, "retold.csv", retold)
    said = run("extend", "audit.dip", "retold.csv", "--earlier", "may.csv", code=5)
    assert "describes 1 of the" in said.sentence
    wrong = run("extend", "audit.dip", "july.csv", "--earlier", "june.csv", code=5)
    assert "not the one that was committed" in wrong.sentence
    run("extend", "audit.dip", "july.csv", "--size", 90, code=5)
    run("extend", "audit.dip", "july.csv", code=2)
    run("replace", "audit.dip", "C-0001", "--reason", "not_in_scope", code=5)


def test_figures_are_of_what_is_listed_and_final_once_the_frame_is_closed(run: Program) -> None:
    grow(run)
    code_all(run)
    found = run("findings", "audit.dip", "--indicator", "M1", "--format", "json").stdout
    assert '"frame-open"' in found
    assert '"population": 900' in found
    signed = run("sign-off", "audit.dip", "--statement", "read and agreed", code=5)
    assert "may still grow" in signed.sentence
    assert "close it first" in run("sign-off", "audit.dip").stdout
    run("export", "audit.dip", "open.xlsx")
    run("extend", "audit.dip", "july.csv", "--close")
    assert "frame-open" not in run("findings", "audit.dip", "--format", "json").stdout
    run("sign-off", "audit.dip", "--statement", "read and agreed")
    run("export", "audit.dip", "closed.xlsx")
    run("verify", "audit.dip", "july.csv", "--against", "closed.xlsx")
    again = run("extend", "audit.dip", "july.csv", "--close")
    assert "nothing was written" in again.stderr
    late = run("extend", "audit.dip", "july.csv", "--earlier", "july.csv", code=5)
    assert "was closed" in late.sentence


def test_a_share_that_draws_nobody_yet_is_a_draw_all_the_same(program: Program) -> None:
    extract(program, "few.csv", ROWS[:3])
    extract(program, "more.csv", ROWS)
    program("init", "new.dip", "--title", "T", "--unencrypted")
    program("frame", "commit", "new.dip", "few.csv", "--id", "id", "--record", "text")
    program("plan", "new.dip", "--rolling", "0.01", "--expect", "0.05")
    drawn = program("draw", "new.dip", "few.csv", "--seed", SEED, "--seed-source", "dice")
    assert drawn.stdout.startswith("0 records drawn")
    program("verify", "new.dip", "few.csv")
    program("draw-record", "new.dip", "record.txt")
    program("verify", "record.txt", "few.csv")
    program("extend", "new.dip", "more.csv", "--earlier", "few.csv")
    assert program("cases", "new.dip", "--format", "csv").rows
    program("verify", "new.dip", "more.csv")


def growths(said: str) -> list[str]:
    return [line for line in said.splitlines() if "growth " in line or "earlier" in line]


def test_every_growth_is_proved_to_whoever_has_every_extract(run: Program) -> None:
    grow(run)
    run("draw-record", "audit.dip", "record.txt")
    page = (run.folder / "record.txt").read_text("utf-8")
    assert "each after --earlier" in " ".join(page.split())
    for what in ("audit.dip", "record.txt"):
        alone = growths(run("verify", what, "july.csv").stdout)
        assert all(line.startswith("?  ") and "not proved" in line for line in alone)
        assert len(alone) == 2
        some = run("verify", what, "july.csv", "--earlier", "june.csv").stdout
        assert "?      growth 1: not proved" in some
        assert "takes the extract before it" in some
        assert "ok     growth 2: july.csv holds every record of june.csv" in some
        earlier = ("--earlier", "june.csv", "--earlier", "may.csv")
        whole = run("verify", what, "july.csv", *earlier).stdout
        assert "may.csv is the frame at the draw" in whole
        assert "june.csv is the frame after growth 1" in whole
        assert "ok     growth 1: june.csv holds every record of may.csv" in whole
        assert "?" not in whole
    checks = json.loads(run("verify", "audit.dip", "july.csv", "--format", "json").stdout)["checks"]
    assert {one["check"]: one["ok"] for one in checks}["growth 1"] is None


def test_an_extract_that_was_never_the_frame_proves_nothing(run: Program) -> None:
    grow(run)
    extract(run, "other.csv", ROWS[:399])
    said = run("verify", "audit.dip", "july.csv", "--earlier", "other.csv", code=1).stdout
    assert "WRONG  extract: other.csv is none of the extracts" in said
    run("verify", "audit.dip", "--earlier", "may.csv", code=2)


def test_a_record_that_left_while_the_frame_grew_is_seen_by_every_extract_alone(
    run: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = {row["record_id"] for row in cases(run)}
    left = next(row for row in ROWS[:400] if row[0] not in drawn)
    extract(run, "june.csv", [row for row in ROWS if row != left])
    monkeypatch.setattr("dipsample.listing.lost_lines", lambda _before, _after: 0)
    run("extend", "audit.dip", "june.csv", "--earlier", "may.csv")
    run("draw-record", "audit.dip", "record.txt")
    for what in ("audit.dip", "record.txt"):
        assert "WRONG" not in run("verify", what, "june.csv").stdout
        said = run("verify", what, "june.csv", "--earlier", "may.csv", code=1).stdout
        assert "WRONG  growth 1: 1 line of may.csv is not in june.csv." in said
