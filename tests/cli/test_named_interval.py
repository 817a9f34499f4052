"""A plan names the interval of several strata: from the command to findings and workbook."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sampling.estimation import Interval, Method, StratumCount, stratified

if TYPE_CHECKING:
    from tests.cli.conftest import Program

SEED = "76543210987654321098"
SIZES = (180, 140, 100, 60, 40, 20)
"""Six strata, 12 drawn of each: fractions from 1 in 15 to 3 in 5."""
EACH = 12
PLAN = ("--size", 6 * EACH, "--allocation", "equal", "--expect", "0.1")
CERTIFIED = ("--interval", "stratified-certified")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Program:
    """A project whose plan names the certified interval, coded whole, with its workbook."""
    from tests.cli.conftest import Program

    run = Program(tmp_path_factory.mktemp("named"), home)
    committed(run)
    run("plan", "audit.dip", *PLAN, *CERTIFIED)
    run("draw", "audit.dip", "extract.csv", "--seed", SEED, "--seed-source", "dice")
    lines = ["case,E1,E2,A1,A2,C1,Z3,Z5"]
    for row in run("cases", "audit.dip", "--format", "csv").rows:
        if row["role"] == "sample":
            is_yes = int(row["rank"]) <= 2 if row["stratum"] < "area 3" else row["rank"] == "5"
            arrests = "yes,1" if is_yes else "no,"
            lines.append(f"{row['case']},yes,yes,{arrests},no,high,no")
    (run.folder / "codings.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    run("assign", "audit.dip", "--reviewers", "amber", "--double", "0")
    run("codings", "import", "audit.dip", "codings.csv", "--as", "amber")
    run("export", "audit.dip", "out.xlsx")
    return run


def committed(run: Program, *, strata: bool = True) -> None:
    with (run.folder / "extract.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "area", "sex", "crimes", "station", "text"])
        for h, size in enumerate(SIZES):
            for n in range(size):
                name = f"R-{h}-{n}"
                writer.writerow(
                    [name, f"area {h}", "fm"[n % 2], 1 + n % 5, f"S{h}-{n % 3}", f"on {name}"]
                )
    run("init", "audit.dip", "--title", "T", "--unencrypted")
    frame = ("--id", "id", *(("--strata", "area") if strata else ()))
    more = ("--size", "crimes", "--unit", "station") if strata else ()
    run("frame", "commit", "audit.dip", "extract.csv", *frame, *more, "--record", "text")


def expected() -> Interval:
    counts = [StratumCount(str(h), size, EACH, 2 if h < 3 else 1) for h, size in enumerate(SIZES)]
    return stratified(counts, method=Method.STRATIFIED_CERTIFIED)


def findings(run: Program, *words: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        run("findings", "audit.dip", "--indicator", "M1", "--format", "json", *words).stdout
    )["findings"]
    return found


def test_findings_have_the_interval_of_the_plan_and_the_limits_of_the_library(
    made: Program,
) -> None:
    (whole,) = findings(made)
    limits = expected()
    assert whole["method"] == "stratified-certified"
    assert (whole["estimate"], whole["lower"], whole["upper"]) == (
        limits.estimate, limits.lower, limits.upper,
    )  # fmt: skip
    text = made("findings", "audit.dip", "--indicator", "M1")
    assert "Method of the intervals: stratified-certified, named by the plan" in text.stdout


def test_groups_of_one_stratum_have_that_of_one(made: Program) -> None:
    whole, *groups = findings(made, "--by", "stratum")
    assert whole["method"] == "stratified-certified"
    assert {one["method"] for one in groups} == {"hypergeometric-blaker"}


def test_workbook_verification_and_draw_record_speak_of_it(made: Program, tmp_path: Path) -> None:
    verified = made("verify", "audit.dip", "extract.csv", "--against", "out.xlsx").stdout
    assert "WRONG" not in verified
    import openpyxl

    book = openpyxl.load_workbook(made.folder / "out.xlsx", read_only=True)
    methods = [str(cell) for row in book["Methods"].iter_rows(values_only=True) for cell in row]
    assert any("before the seed: stratified-certified." in cell for cell in methods)
    assert any("stratified-certified: coverage at least" in cell for cell in methods)
    record = tmp_path / "record.txt"
    made("draw-record", "audit.dip", record)
    page = record.read_text("utf-8")
    assert "interval of strata" in page
    assert "stratified-certified, named before the seed" in page
    assert "WRONG" not in made("verify", record, "extract.csv").stdout


def test_a_draw_record_whose_interval_was_changed_is_seen(made: Program, tmp_path: Path) -> None:
    record = tmp_path / "record.txt"
    made("draw-record", "audit.dip", record)
    text = record.read_text("utf-8").replace("stratified-certified", "stratified-exact")
    record.write_text(text, encoding="utf-8")
    assert made("verify", record, "extract.csv", code=1).stdout.count("WRONG")


def test_another_interval_written_once_answers_are_known_has_no_effect_and_is_seen(
    made: Program, tmp_path: Path
) -> None:
    from dipsample.project import Happened, OpenProject
    from dipsample.store import open_store
    from dipsample.system import system_world
    from sampling.events import PlanCommitted
    from sampling.plan import StrataInterval

    run = made.within(tmp_path)
    for name in ("audit.dip", "extract.csv", "out.xlsx"):
        (tmp_path / name).write_bytes((made.folder / name).read_bytes())
    with closing(open_store(tmp_path / "audit.dip", passphrase=None)) as store:
        project = OpenProject(store, system_world())
        plan = project.state.ceremony.plan
        assert plan is not None
        other = plan.model_copy(update={"interval": StrataInterval.PROPORTIONAL})
        project.write("supervisor", [Happened(PlanCommitted(plan=other))])
    (whole,) = findings(run)
    assert whole["method"] == "stratified-certified"
    said = run("verify", "audit.dip", "extract.csv", "--against", "out.xlsx", code=1).stdout
    assert "WRONG  plan: frames or plans written after the seed was known: 1." in said


def test_limits_kept_under_another_method_or_changed_are_not_taken(
    made: Program, tmp_path: Path
) -> None:
    run = made.within(tmp_path)
    (tmp_path / "audit.dip").write_bytes((made.folder / "audit.dip").read_bytes())
    limits = expected()
    with closing(sqlite3.connect(tmp_path / "audit.dip")) as connection:
        rows = connection.execute("SELECT key, body FROM worked_out").fetchall()
        named = [(key, body) for key, body in rows if "|stratified-certified|" in key]
        assert named
        assert not [key for key, _ in rows if "|stratified-exact|" in key]
        for key, _ in named:
            body = b"[50,60]"
            digest = sha256(key.encode() + b"\0" + body).hexdigest()
            connection.execute(
                "UPDATE worked_out SET body = ?, sha256 = ? WHERE key = ?", (body, digest, key)
            )
        connection.commit()
    (whole,) = findings(run)
    assert (whole["lower"], whole["upper"]) == (limits.lower, limits.upper)


# The plan ---------------------------------------------------------------------------------------


def test_a_plan_shows_what_each_interval_would_give_and_what_it_promises(
    program: Program,
) -> None:
    committed(program)
    said = program("plan", "audit.dip", *PLAN)
    rows = [line for line in said.lines if line.startswith("stratified-")]
    assert [row.split()[0] for row in rows] == [
        "stratified-exact", "stratified-certified", "stratified-proportional",
    ]  # fmt: skip
    assert "(this plan, default)" in rows[0]
    assert "designed for, not proved above four strata" in rows[0]
    assert all("proved for any number of strata" in row for row in rows[1:])
    in_json = program("plan", "audit.dip", *PLAN, "--format", "json").stdout
    assert "interval" not in json.loads(in_json)


def test_the_plan_in_json_holds_the_interval_and_what_each_would_give(program: Program) -> None:
    committed(program)
    plan = json.loads(program("plan", "audit.dip", *PLAN, *CERTIFIED, "--format", "json").stdout)
    assert plan["interval"] == "stratified-certified"
    exact, certified, proportional = plan["interval_forecasts"]
    assert (exact["is_default"], certified["is_used"]) == (True, True)
    assert 0 < certified["half_width"] < proportional["half_width"]
    assert certified["upper"] - certified["lower"] == pytest.approx(2 * certified["half_width"])
    said = program("plan", "audit.dip", *PLAN, *CERTIFIED).stdout
    assert "stratified-certified (this plan)" in said
    assert "The interval of several strata is stratified-certified (proved for any" in said


def test_naming_the_interval_makes_another_plan_and_naming_it_again_none(
    program: Program,
) -> None:
    committed(program)
    program("plan", "audit.dip", *PLAN)
    program("plan", "audit.dip", *PLAN, *CERTIFIED)
    again = program("plan", "audit.dip", *PLAN, *CERTIFIED)
    assert "committed already" in again.stderr
    assert program("log", "audit.dip").stdout.count("committed a plan") == 2


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (("--size", 72, "--size-weighted"), "by size or in stages have one of their own"),
        (("--units", 6, "--per-unit", 5), "by size or in stages have one of their own"),
    ],
)
def test_it_is_refused_in_one_sentence_where_records_have_chances_of_their_own(
    program: Program, plan: tuple[object, ...], words: str
) -> None:
    committed(program)
    assert words in program("plan", "audit.dip", *plan, *CERTIFIED, code=3).sentence


def test_it_is_refused_for_a_simple_sample_and_its_rule(program: Program) -> None:
    committed(program, strata=False)
    rule = ("--stop-at-margin", "--margin", "0.1", "--at-least", 20, "--at-most", 90, "--every", 10)
    for plan in (("--size", 72), rule):
        said = program("plan", "audit.dip", *plan, *CERTIFIED, code=3).sentence
        assert "for stratified samples" in said
    assert program("plan", "audit.dip", "--size", 72, "--interval", "wilson", code=2).stderr


def test_where_one_stratum_alone_is_not_drawn_whole_its_own_interval_is_said(
    program: Program,
) -> None:
    committed(program)
    said = program("plan", "audit.dip", "--size", 450, "--min-per-stratum", 140, *CERTIFIED, code=3)
    assert "choose a size of between" in said.stderr.casefold()
    bounds = ("--size", 500, "--min-per-stratum", 140)
    assert "hypergeometric-blaker" in program("plan", "audit.dip", *bounds, *CERTIFIED).stdout
