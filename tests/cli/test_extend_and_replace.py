"""The commands that change a sample after its draw, and the options of a plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Job, Program

Copy = Callable[["Job"], "Program"]


def test_a_sample_is_extended_and_a_case_replaced(drawn: Job, copy_of: Copy) -> None:
    run = copy_of(drawn)
    extended = run("extend", "audit.dip", "extract.csv", "--size", 90, "--format", "csv")
    assert sum(int(row["sample"]) for row in extended.rows) == 90
    assert "Assigned to nobody: 30 cases" in extended.stderr
    case = next(
        row["case"]
        for row in run("cases", "audit.dip", "--format", "csv").rows
        if row["role"] == "sample"
    )
    replaced = run("replace", "audit.dip", case, "--reason", "duplicate_record")
    assert replaced.stdout.startswith(f"{case} is replaced by C-")
    assert "draw" in run("verify", "audit.dip", "extract.csv").stdout
    log = run("log", "audit.dip").stdout
    assert "extended the sample from 60 to 90 records" in log
    assert "replaced the case by C-" in log


def test_what_the_rules_refuse_ends_with_its_code(drawn: Job, copy_of: Copy) -> None:
    run = copy_of(drawn)
    said = run("extend", "audit.dip", "extract.csv", "--size", 10, code=5)
    assert "never shrinks" in said.sentence
    said = run("replace", "audit.dip", "C-0001", "--reason", "record_not_found", code=5)
    assert "is non-response" in said.sentence
    said = run("replace", "audit.dip", "C-0001", "--reason", "difficult", code=2)
    assert "difficult" in said.stderr


def test_a_plan_takes_prevalences_by_stratum_a_maximum_and_detection(
    drawn: Job, program: Program
) -> None:
    program("init", "new.dip", "--title", "T", "--unencrypted")
    frame = ("--id", "incident_id", "--strata", "bcu", "--record", "narrative")
    program("frame", "commit", "new.dip", drawn.extract, *frame)
    plain = program("plan", "new.dip", "--detect", "0.02", "--max-per-stratum", 30,
                    "--allocation", "power")  # fmt: skip
    assert "Finds at least one with 95 % if 2 % of the records have one" in plain.stdout
    strata = program("plan", "new.dip", "--size", 100, "--format", "csv").rows
    rates = "".join(f"{row['stratum']},0.0{4 + place % 5}\n" for place, row in enumerate(strata))
    (program.folder / "rates.csv").write_text(f"stratum,expect\n{rates}", encoding="utf-8")
    neyman = ("plan", "new.dip", "--size", 100, "--allocation", "neyman")
    assert "100 (this plan)" in program(*neyman, "--expect-by", "rates.csv").stdout
    assert "needs --expect-by" in program(*neyman, code=2).stderr
    both = ("--expect-by", "rates.csv", "--expect", "0.04")
    assert "not both" in program(*neyman, *both, code=2).stderr
    (program.folder / "rates.csv").write_text("stratum,expect\nx,0.1\n", encoding="utf-8")
    refused = program(*neyman, "--expect-by", "rates.csv", code=3)
    assert "No expected prevalence is given for" in refused.sentence
