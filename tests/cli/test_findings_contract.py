"""The machine-readable findings, which outside checkers rely on."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.cli.conftest import Job, Program

TOP = {"project", "codebook", "draw", "digest", "findings"}
OURS_AT_THE_TOP = {"agreement", "codebook_versions", "corrected", "earlier_version"}
FINDING = {
    "indicator", "label", "by", "group", "cases", "numerator", "denominator", "undetermined",
    "population", "estimate", "lower", "upper", "confidence", "method", "if_undetermined_no",
    "if_undetermined_yes", "bounds", "total", "effective_n", "degrees_of_freedom", "flags",
}  # fmt: skip
OURS_BESIDES = {"blank", "design_effect", "in_conflict", "target"}
LIMITS = {"estimate", "lower", "upper"}


def printed(run: Program, *words: str) -> Any:
    return json.loads(run("findings", "audit.dip", "--format", "json", *words).stdout)


def test_json_has_the_keys_of_the_contract(coded: Job) -> None:
    found = printed(coded.program, "--by", "party_a_sex,stratum")
    assert set(found) == TOP | OURS_AT_THE_TOP
    assert set(found["codebook"]) == {"id", "version", "sha256"}
    assert set(found["draw"]) == {"fingerprint", "seed", "number", "of"}
    assert len(found["digest"]) == 64
    for one in found["findings"]:
        assert set(one) == FINDING | OURS_BESIDES
        for measure in ("if_undetermined_no", "if_undetermined_yes", "total"):
            assert set(one[measure]) == LIMITS
        assert set(one["bounds"]) == {"lower", "upper"}


def test_a_finding_without_estimate_is_null_and_says_why(coded: Job) -> None:
    found = printed(coded.program, "--by", "party_a_sex")["findings"]
    without = [one for one in found if one["estimate"] is None]
    assert without
    assert all(one["lower"] is None and one["flags"] for one in without)


def test_limits_enclose_the_estimate_at_full_precision(coded: Job) -> None:
    found = printed(coded.program)["findings"]
    shown = [one for one in found if one["lower"] is not None]
    assert len(shown) > 5
    for one in shown:
        assert 0 <= one["lower"] <= one["estimate"] <= one["upper"] <= 1
        assert one["upper"] > 0
    (first,) = (one for one in shown if one["indicator"] == "M1")
    assert first["estimate"] != round(first["estimate"], 4)
    assert first["denominator"] == first["cases"] == 60


def test_a_group_of_under_ten_is_printed_without_percentage(coded: Job) -> None:
    words = ("findings", "audit.dip", "--indicator", "M1", "--by", "stratum")
    few = {
        row["group"]: row for row in coded.program(*words, "--format", "csv").rows
        if "no-percentage" in row["flags"]
    }  # fmt: skip
    assert few
    blocks = coded.program(*words).stdout.split("    stratum ")
    for group in few:
        (block,) = (one for one in blocks if one.startswith(f"{group}:"))
        assert "no percentage" in block
        assert "%" not in block.split("* What")[0].replace("* with care", "")


def test_confidence_widens_the_interval_and_is_said(coded: Job) -> None:
    usual, wide = (
        printed(coded.program, "--indicator", "M1", "--confidence", level)["findings"][0]
        for level in ("0.95", "0.99")
    )
    assert wide["confidence"] == 0.99
    assert wide["lower"] < usual["lower"] < usual["upper"] < wide["upper"]


def test_findings_and_export_are_hidden_from_coders_until_the_sample_is_signed_off(
    coded: Job, copy_of: Callable[[Job], Program]
) -> None:
    run = copy_of(coded)
    for words in (("findings", "audit.dip"), ("export", "audit.dip", "early.xlsx")):
        assert "hidden from coders" in run(*words, "--as", "amber", code=5).sentence
    assert not (run.folder / "early.xlsx").exists()
    run("sign-off", "audit.dip", "--statement", "Read and found in order.")
    run("findings", "audit.dip", "--as", "amber")


def test_unknown_indicators_and_columns_are_named_with_those_there_are(coded: Job) -> None:
    assert "M99" in coded.program("findings", "audit.dip", "--indicator", "M99", code=3).sentence
    by = coded.program("findings", "audit.dip", "--by", "narrative", code=3).sentence
    assert "party_a_sex" in by


def test_without_cases_coded_twice_agreement_is_empty_and_is_not_printed(coded: Job) -> None:
    found = printed(coded.program)["agreement"]
    assert (found["chosen"], found["coded"]) == (0, 0)
    assert [one["question"] for one in found["questions"]] == ["A2", "A3", "A4", "C1", "C5", "P1"]
    assert "Agreement" not in coded.program("findings", "audit.dip").stdout


def test_agreement_is_shown_to_all_once_the_sample_is_signed_off(
    coded: Job, copy_of: Callable[[Job], Program]
) -> None:
    run = copy_of(coded)
    run("sign-off", "audit.dip", "--statement", "Read and found in order.")
    assert printed(run, "--as", "amber")["agreement"] is not None


def test_without_cases_coded_twice_nothing_is_corrected(coded: Job) -> None:
    assert printed(coded.program)["corrected"] == []
    assert "orrected" not in coded.program("findings", "audit.dip").stdout
