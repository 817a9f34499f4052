"""Encrypted projects: where the passphrase comes from, and what a wrong one does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Program

PASSPHRASE = "four words of amber and birch"


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Path:
    """A folder with a project that is encrypted, as init makes it unless told otherwise."""
    return tmp_path_factory.mktemp("encrypted")


@pytest.fixture
def run(program: Program, encrypted: Path) -> Program:
    file = encrypted / "passphrase"
    if not file.exists():
        file.write_text(PASSPHRASE + "\n", encoding="utf-8")
        file.chmod(0o600)
        program.within(encrypted)("init", "a.dip", "--title", "t", "--passphrase-file", file)
    return program.within(encrypted)


def test_init_encrypts_and_file_and_environment_open(run: Program) -> None:
    content = (run.folder / "a.dip").read_bytes()
    assert not content.startswith(b"SQLite format 3")
    assert b"ProjectCreated" not in content
    by_file = run.apart("log", "a.dip", "--passphrase-file", "passphrase")
    by_environment = run.within(run.folder, DIPSAMPLE_PASSPHRASE=PASSPHRASE)("log", "a.dip")
    assert by_file.stdout == by_environment.stdout
    assert "started the project" in by_file.stdout


def test_a_wrong_passphrase_is_a_matter_of_integrity(run: Program) -> None:
    wrong = run.within(run.folder, DIPSAMPLE_PASSPHRASE="quite another passphrase")
    for command in ("log", "verify", "cases"):
        sentence = wrong(command, "a.dip", code=4).sentence
        assert "Wrong passphrase" in sentence
        assert "quite another" not in sentence


def test_without_a_source_or_with_an_open_file_nothing_is_tried(run: Program) -> None:
    assert "--passphrase-file" in run("log", "a.dip", code=2).sentence
    loose = run.folder / "loose"
    loose.write_text(PASSPHRASE, encoding="utf-8")
    loose.chmod(0o644)
    assert "chmod 600" in run("log", "a.dip", "--passphrase-file", "loose", code=2).sentence
    assert run("log", "a.dip", "--passphrase-file", "missing", code=2).sentence


def test_a_short_new_passphrase_makes_no_project(program: Program) -> None:
    short = program.within(program.folder, DIPSAMPLE_PASSPHRASE="short")
    assert "12 characters" in short("init", "b.dip", "--title", "t", code=2).sentence
    assert not (program.folder / "b.dip").exists()
