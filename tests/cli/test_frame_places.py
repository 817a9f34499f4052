"""Where the faults of an extract are: the first few places unless all are asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Program

CHECK = ("frame", "check", "extract.csv", "--id", "id")


@pytest.fixture
def run(program: Program) -> Program:
    """Write an extract of which every other record of the second half has a word for unknown."""
    rows = [f"r{n:03d},{'unknown' if n > 60 and n % 2 else 'yes'}" for n in range(120)]
    text = "\n".join(["id,flag", *rows]) + "\n"
    (program.folder / "extract.csv").write_text(text, encoding="utf-8")
    return program


def test_the_first_few_places_are_named_with_the_number_of_the_others(run: Program) -> None:
    said = run(*CHECK).stdout
    assert "at column flag, rows 63, 65, 67, 69, 71; and 25 more" in said
    assert "More places: dipsample frame check --all-places" in said


def test_all_places_are_named_where_they_are_asked_for(run: Program) -> None:
    said = run(*CHECK, "--all-places").stdout
    assert "; and" not in said
    assert "121" in said
    assert "More places" not in said
    (fault,) = json.loads(run(*CHECK, "--format", "json").stdout)["faults"]
    assert len(fault["places"]) == 30


def test_rows_that_follow_each_other_are_named_as_a_range(program: Program) -> None:
    rows = [f"r{n:03d},{'unknown' if n > 60 else 'yes'}" for n in range(120)]
    text = "\n".join(["id,flag", *rows]) + "\n"
    (program.folder / "extract.csv").write_text(text, encoding="utf-8")
    said = program(*CHECK).stdout
    assert "at column flag, rows 63 to 121" in said
    assert "More places" not in said


def test_a_row_that_is_not_read_is_counted_and_said(program: Program) -> None:
    (program.folder / "extract.csv").write_bytes(b'id,b\n1,x\n2,"q\nr"\n3,bad\0\n4,y\n')
    ran = program(*CHECK, code=3)
    assert ran.lines[:2] == [
        "extract.csv: 4 rows, 2 columns",
        "1 row was not read because of the faults below, and counted nowhere else here",
    ]
    assert "at row 4, column b" in ran.stdout
    found = json.loads(program(*CHECK, "--format", "json", code=3).stdout)
    assert (found["rows"], found["unread_rows"]) == (4, 1)
