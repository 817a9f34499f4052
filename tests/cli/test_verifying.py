"""Verify: what it shows of a log, a draw and a workbook, and what the other commands do then."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook

if TYPE_CHECKING:
    from tests.cli.conftest import Job, Program


@pytest.fixture(scope="module")
def exported(coded: Job, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A coded project and the workbook that was exported from it."""
    folder = tmp_path_factory.mktemp("exported")
    (folder / "audit.dip").write_bytes(coded.project.read_bytes())
    run = coded.program.within(folder)
    run("export", "audit.dip", "findings.xlsx")
    return run


def against(run: Program, file: str, *, code: int) -> str:
    said = run("verify", "audit.dip", "--against", file, code=code)
    return said.sentence if code == 3 else said.stdout


def tampered(path: Path) -> None:
    """Change one answer as another program would, with our triggers out of the way."""
    connection = sqlite3.connect(path, isolation_level=None)
    triggers = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    changed = connection.execute(
        "UPDATE event SET body = CAST(replace(CAST(body AS TEXT), '\"yes\"', '\"no\"') AS BLOB) "
        "WHERE position = (SELECT max(position) FROM event "
        "WHERE CAST(body AS TEXT) LIKE '%\"yes\"%')"
    )
    assert changed.rowcount == 1
    for _, sql in triggers:
        connection.execute(sql)
    connection.close()


def test_the_exported_workbook_and_one_saved_again_are_this_projects(exported: Program) -> None:
    assert "byte for byte" in against(exported, "findings.xlsx", code=0)
    load_workbook(exported.folder / "findings.xlsx").save(exported.folder / "resaved.xlsx")
    said = against(exported, "resaved.xlsx", code=0)
    assert "re-saved: bytes differ, values equal" in said


def edited_number(path: Path) -> str:
    """Add one to the first number of the headline sheet, and return its cell."""
    book = load_workbook(path)
    for row in book["1_Headline"].iter_rows():
        for cell in row:
            if isinstance(cell.value, int | float):
                cell.value += 1
                book.save(path.with_name("edited.xlsx"))
                return str(cell.coordinate)
    raise AssertionError("the headline sheet has no number")


def test_one_edited_number_is_named_with_its_cell(exported: Program) -> None:
    place = edited_number(exported.folder / "findings.xlsx")
    said = against(exported, "edited.xlsx", code=1)
    assert "WRONG  numbers: 1 cell differs" in said
    assert f"1_Headline {place} prints" in said


def test_a_workbook_stays_this_projects_after_the_log_has_grown(exported: Program) -> None:
    exported("assign", "audit.dip", "--reviewers", "cedar")
    said = against(exported, "findings.xlsx", code=0)
    assert "the log has grown by" in said


def test_the_workbook_of_another_project_is_named_as_such(
    exported: Program, program: Program
) -> None:
    program("init", "audit.dip", "--title", "another", "--unencrypted")
    workbook = exported.folder / "findings.xlsx"
    said = program("verify", "audit.dip", "--against", workbook, code=1)
    assert "WRONG  workbook: it names another project." in said.stdout


def test_what_is_no_workbook_of_ours_is_one_sentence(exported: Program) -> None:
    folder = exported.folder
    (folder / "text.xlsx").write_text("not a workbook", encoding="utf-8")
    with ZipFile(folder / "bomb.xlsx", "w", ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", b"0" * 300_000_000)
    with ZipFile(folder / "hollow.xlsx", "w") as hollow:
        hollow.writestr("xl/workbook.xml", b"<workbook/>")
    for name, why in (
        ("text.xlsx", "it is no XLSX file"),
        ("bomb.xlsx", "damaged or unsafe"),
        ("hollow.xlsx", "damaged"),
    ):
        assert why in against(exported, name, code=3)


def test_another_extract_is_the_first_difference(drawn: Job, program: Program) -> None:
    lines = drawn.extract.read_bytes().splitlines(keepends=True)
    (program.folder / "other.csv").write_bytes(b"".join(lines[:-1]))
    said = program("verify", drawn.project, "other.csv", code=1)
    assert "WRONG  extract: The extract is not the one that was committed" in said.stdout
    assert "draw" not in said.stdout.replace("drawn", "")


def test_a_broken_chain_is_1_for_verify_and_4_for_every_other_command(
    coded: Job, copy_of: Callable[[Job], Program]
) -> None:
    run = copy_of(coded)
    tampered(run.folder / "audit.dip")
    said = run("verify", "audit.dip", code=1)
    assert said.lines[0].startswith("WRONG  log: ")
    assert said.stderr == ""
    others: list[tuple[str, ...]] = [
        ("cases", "audit.dip"),
        ("log", "audit.dip"),
        ("findings", "audit.dip"),
        ("export", "audit.dip", "out.xlsx"),
        ("assign", "audit.dip", "--reviewers", "a"),
    ]
    for words in others:
        assert "changed by another program" in run(*words, code=4).sentence
    assert not (run.folder / "out.xlsx").exists()


def test_a_damaged_file_is_refused_in_one_line(program: Program) -> None:
    program("init", "audit.dip", "--title", "t", "--unencrypted")
    path = program.folder / "audit.dip"
    path.write_bytes(path.read_bytes()[:5000])
    assert program("log", "audit.dip", code=4).sentence
