"""`dipsample compare --out`: a workbook of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from tests.cli.test_compare import make_wave

if TYPE_CHECKING:
    from tests.cli.conftest import Program

WAVES = ("wave1.dip", "wave2.dip", "wave5.dip")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The last wave has open cases."""
    made = tmp_path_factory.mktemp("files")
    make_wave(made, 1, 12)
    make_wave(made, 2, 25)
    make_wave(made, 5, 10, coded=20)
    return made


@pytest.fixture
def run(program: Program, folder: Path) -> Program:
    return program.within(folder)


def test_a_workbook_shows_estimates_changes_and_what_they_rest_on(
    run: Program, folder: Path
) -> None:
    run("compare", *WAVES, "--indicator", "M1", "--target", "0.5", "--out", "changes.xlsx")
    book = load_workbook(folder / "changes.xlsx")
    assert book.sheetnames == [
        "Cover", "Contents", "Notes", "1_Estimates", "9_Compare", "9_Trend", "9_Target",
        "Provenance",
    ]  # fmt: skip
    changes = [row[1:] for row in book["9_Compare"].iter_rows(min_row=4, values_only=True)]
    assert changes[0][:3] == (1, 2, 21.7)
    assert changes[0][-1] == "yes"
    assert changes[1] == (2, 3, "[x]", "[x]", "[x]", "[x]", "wave 3 has open cases")
    estimates = [row[1:6] for row in book["1_Estimates"].iter_rows(min_row=4, values_only=True)]
    assert estimates[1][:4] == (2, 25, 60, 41.7)
    assert estimates[2][3] == "[x]"
    assert "PROVISIONAL" in str(book["Cover"]["A1"].value)
    items = {row[0] for row in book["Provenance"].iter_rows(min_row=4, values_only=True)}
    assert "Audit 3: log digest" in items


def test_the_same_projects_give_the_same_bytes(run: Program, folder: Path) -> None:
    words = ("compare", *WAVES[:2], "--indicator", "M1", "--out")
    run(*words, "one.xlsx")
    run(*words, "two.xlsx")
    assert (folder / "one.xlsx").read_bytes() == (folder / "two.xlsx").read_bytes()


def test_another_ending_is_a_mistake_and_writes_nothing(run: Program, folder: Path) -> None:
    run("compare", *WAVES[:2], "--indicator", "M1", "--out", "one.csv", code=2)
    assert not (folder / "one.csv").exists()
