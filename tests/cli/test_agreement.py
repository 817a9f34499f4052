from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from dipsample.cli.agreement import command
from dipsample.cli.group import COMMANDS
from review.agreement import agreement

FIGURES = [
    "percent",
    "positive",
    "negative",
    "cohen_kappa",
    "fleiss_kappa",
    "krippendorff_alpha",
    "gwet_ac1",
]


def run(file: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dipsample", "agreement", str(file), *options],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=file.parent,
    )


def written(folder: Path, rows: list[str]) -> Path:
    file = folder / "ratings.csv"
    file.write_text("\n".join(["case,rater,value", *rows, ""]), encoding="utf-8")
    return file


def pairs_of_20_5_10_15() -> list[tuple[str, str]]:
    return [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15


@pytest.fixture
def textbook(tmp_path: Path) -> Path:
    """The table 20/5/10/15, one row a rating."""
    rows = [
        f"C{number},{rater},{value}"
        for number, pair in enumerate(pairs_of_20_5_10_15())
        for rater, value in zip("AB", pair, strict=True)
    ]
    return written(tmp_path, rows)


def test_json_has_the_keys_of_the_contract_and_full_precision(textbook: Path) -> None:
    done = run(textbook, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    read = json.loads(done.stdout)
    assert list(read) == ["cases", "raters", *FIGURES]
    assert (read["cases"], read["raters"]) == (50, 2)
    table = {str(n): {"A": a, "B": b} for n, (a, b) in enumerate(pairs_of_20_5_10_15())}
    found = agreement(table)
    for name in FIGURES:
        figure = getattr(found, name)
        assert read[name] == {
            "estimate": figure.estimate,
            "lower": figure.lower,
            "upper": figure.upper,
        }
    assert read["cohen_kappa"]["estimate"] == pytest.approx(0.4, abs=1e-12)


def test_a_withheld_figure_is_null_with_its_reason(tmp_path: Path) -> None:
    rows = [f"C{number},{rater},no" for number in range(40) for rater in "AB"]
    done = run(written(tmp_path, rows), "--format", "json")
    read = json.loads(done.stdout)
    assert done.returncode == 0
    assert read["percent"]["estimate"] == read["gwet_ac1"]["estimate"] == 1
    assert read["cohen_kappa"] == {
        "estimate": None,
        "lower": None,
        "upper": None,
        "reason": "not defined: all ratings compared are the same",
    }
    assert done.stderr == "Name the value that means yes with --yes.\n"


def test_text_prints_counts_then_percent_first_and_kappa_last(textbook: Path) -> None:
    done = run(textbook)
    lines = done.stdout.splitlines()
    assert lines[0] == "50 cases, 50 of them with two or more ratings; 2 raters"
    assert lines[2].split() == ["percent", "agreement", "70.0%", "56.2%", "80.9%"]
    assert lines[-1].split() == ["Cohen", "kappa", "0.400", "0.151", "0.649"]


def test_csv_has_one_line_a_statistic(textbook: Path) -> None:
    read = list(csv.DictReader(run(textbook, "--format", "csv").stdout.splitlines()))
    assert {row["statistic"] for row in read} == set(FIGURES)
    assert list(read[0]) == ["statistic", "estimate", "lower", "upper", "reason"]


def test_blank_values_are_missing_and_other_columns_and_spaces_are_let_be(tmp_path: Path) -> None:
    file = tmp_path / "ratings.csv"
    file.write_bytes(
        b"\xef\xbb\xbfrater, value ,note,case\r\n"
        b'A,yes,"two\r\nlines",1\r\nB, yes ,,1\r\n\r\nA,,,2\r\nB,no,,2\r\n'
    )
    read = json.loads(run(file, "--format", "json").stdout)
    assert (read["cases"], read["raters"]) == (2, 2)
    assert read["percent"]["estimate"] == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "lacks the column case, rater, value"),
        (b"case,rater\n1,A\n", "lacks the column value"),
        (b"case;rater;value\n1;A;yes\n", "lacks the column"),
        (b"case,rater,value\n", "holds no rating"),
        (b"case,rater,value,value\n1,A,yes,no\n", "the column value more than once"),
        (b"case,rater,value\n1,A,yes\n1,A,no\n", "take out row 3."),
        (b"case,rater,value\n1,A,yes\n" + b"1,A,no\n" * 8, "row 3, 4, 5, 6, 7 and 3 more."),
        (b"case,rater,value\n,A,yes\n1, ,no\n", "fill them in at row 2, 3."),
        (b"case,rater,value\n1,A\n", "mend row 2."),
        (b"case,rater,value\n1,A,yes,Mrs Example\n", "mend row 2."),
        (b'case,rater,value\n1,A,"yes\n', "not a CSV that can be read"),
        (b"case,rater,value\n1,A,\xff\n", "not UTF-8"),
        (b"case,rater,value\n1,A," + b"x" * 200_000, "not a CSV that can be read"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    file = tmp_path / "ratings.csv"
    file.write_bytes(content)
    done = run(file)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("dipsample: ratings.csv")
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Example" not in done.stderr


def test_the_line_of_the_table_of_commands_is_the_commands_own_help() -> None:
    assert COMMANDS["agreement"].help == command.short_help
