"""One number and no project: interval and size."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sampling.estimation import single

if TYPE_CHECKING:
    from tests.cli.conftest import Program

KEYS = {
    "estimate", "lower", "upper", "method", "effective_n", "design_effect", "degrees_of_freedom",
}  # fmt: skip
STRATA = "stratum,population,sample,yes\nnorth,400,40,6\nsouth,800,40,2\n"


def test_an_interval_is_the_librarys_in_every_format(program: Program) -> None:
    found = json.loads(
        program("interval", 22, 400, "--population", 12000, "--format", "json").stdout
    )
    assert set(found) >= KEYS
    expected = single(22, 400, population=12000, confidence=0.95)
    assert (found["lower"], found["upper"]) == (expected.lower, expected.upper)
    assert found["method"] == "hypergeometric-blaker"
    text = program.apart("interval", 22, 400, "--population", 12000).lines
    assert text[0].startswith("5.50%, 95 % interval ")
    assert text[1].startswith("method hypergeometric-blaker: ")
    (row,) = program("interval", 22, 400, "--population", 12000, "--format", "csv").rows
    assert float(row["upper"]) == expected.upper


def test_a_stratified_interval_reads_a_file(program: Program) -> None:
    (program.folder / "strata.csv").write_text(STRATA, encoding="utf-8")
    found = json.loads(program("interval", "--strata", "strata.csv", "--format", "json").stdout)
    assert found["estimate"] == pytest.approx((400 * 0.15 + 800 * 0.05) / 1200)
    assert 0 < found["lower"] < found["estimate"] < found["upper"]


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe", b"stratum,population\na,1\n", b"stratum,population,sample,yes\na,10,5\n",
     b"stratum,population,sample,yes\na,10,5,6\n", b"stratum,population,sample,yes\n",
     b'stratum,population,sample,yes\n"a'],
)  # fmt: skip
def test_a_file_of_strata_with_faults_is_bad_input(program: Program, content: bytes) -> None:
    (program.folder / "strata.csv").write_bytes(content)
    assert program("interval", "--strata", "strata.csv", code=3).sentence


@pytest.mark.parametrize(
    ("words", "code"),
    [((5, 3), 3), ((5, 10, "--population", 7), 3), ((5,), 2), ((5, 10, "--method", "guess"), 2),
     ((5, 10, "--strata", "strata.csv"), 2), ((5, 0), 2)],
)  # fmt: skip
def test_counts_that_cannot_be_are_refused(
    program: Program, words: tuple[object, ...], code: int
) -> None:
    (program.folder / "strata.csv").write_text(STRATA, encoding="utf-8")
    assert program("interval", *words, code=code).sentence


def test_a_size_for_a_margin_and_for_detection(program: Program) -> None:
    margin = ("--margin", "0.02", "--expect", "0.05", "--population", 100000)
    assert json.loads(program("size", *margin, "--format", "json").stdout)["size"] == 455
    detect = program.apart("size", "--detect", "0.01", "--population", 5000).stdout
    assert detect.startswith("290 of 5,000 records to see at least one, with 95 %")
    (row,) = program("size", *margin, "--format", "csv").rows
    assert row == {"size": "455", "population": "100000"}


@pytest.mark.parametrize("words", [(), ("--margin", "0.02"), ("--detect", "0.01")])
def test_a_size_needs_a_margin_or_a_share_to_detect(
    program: Program, words: tuple[str, ...]
) -> None:
    assert program("size", *words, code=2).sentence


def test_measured_reading_errors_add_a_second_figure_and_leave_the_first(program: Program) -> None:
    rates = ("--sensitivity", "40/50", "--specificity", "190/200")
    words = ("interval", 22, 400, "--population", 12000)
    plain = json.loads(program(*words, "--format", "json").stdout)
    found = json.loads(program(*words, *rates, "--format", "json").stdout)
    second = found.pop("corrected")
    assert found == plain
    assert second["estimate"] == pytest.approx((0.055 + 0.95 - 1) / (0.8 + 0.95 - 1))
    assert (second["sensitivity"], second["is_clipped"]) == ({"right": 40, "of": 50}, False)
    text = program.apart(*words, *rates).stdout
    assert "second figure, corrected for reading errors: 0.67%" in text
    assert "sensitivity 40 of 50" in text
    assert program(*words, *rates, "--format", "csv").rows[1]["method"] == "corrected"


def test_a_correction_past_nothing_is_clipped_with_a_warning(program: Program) -> None:
    words = ("interval", 2, 400, "--sensitivity", "40/50", "--specificity", "190/200")
    done = program.apart(*words)
    assert "clipped" in done.stderr
    assert "0.00%" in done.stdout


@pytest.mark.parametrize(
    ("rates", "code"),
    [(("--sensitivity", "4/5"), 2), (("--sensitivity", "4", "--specificity", "9/10"), 2),
     (("--sensitivity", "-4/5", "--specificity", "9/10"), 2),
     (("--sensitivity", "5/4", "--specificity", "9/10"), 3),
     (("--sensitivity", "2/5", "--specificity", "1/5"), 3)],
)  # fmt: skip
def test_rates_that_correct_nothing_are_refused(
    program: Program, rates: tuple[str, ...], code: int
) -> None:
    assert program("interval", 22, 400, *rates, code=code).sentence
