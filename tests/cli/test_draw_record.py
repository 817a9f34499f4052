"""The draw record: what a witness signs, checked by somebody who has it and the extract alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from exports.draw_record import as_html, as_text, read_record
from sampling.draw_record import DrawRecord
from sampling.errors import SamplingError

if TYPE_CHECKING:
    from tests.cli.conftest import Job, Program

FORMS = ["txt", "html"]


@pytest.fixture(scope="module")
def records(drawn: Job, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("records")
    drawn.program("draw-record", "audit.dip", folder)
    return folder


def record_of(folder: Path) -> DrawRecord:
    return read_record((folder / "draw-record.txt").read_bytes())[0]


@pytest.mark.parametrize("form", FORMS)
def test_a_record_and_the_extract_are_enough_to_draw_again(
    drawn: Job, records: Path, program: Program, form: str
) -> None:
    run = program
    shutil.copy(records / f"draw-record.{form}", run.folder)
    shutil.copy(drawn.extract, run.folder)
    said = run("verify", f"draw-record.{form}", "extract.csv")
    assert [line[:5].strip() for line in said.lines[:3]] == ["ok", "ok", "ok"]
    assert "drawn again" in said.stdout


def test_a_record_holds_no_record_id_and_no_count_of_a_kept_column(
    drawn: Job, records: Path
) -> None:
    ids = {row["record_id"] for row in drawn.program("cases", "audit.dip", "--format", "csv").rows}
    for form in FORMS:
        text = (records / f"draw-record.{form}").read_text(encoding="utf-8")
        assert not any(record_id in text for record_id in ids)
    assert record_of(records).frame.kept_counts == ()


@pytest.mark.parametrize("form", FORMS)
def test_a_changed_word_of_the_page_is_seen(records: Path, program: Program, form: str) -> None:
    text = (records / f"draw-record.{form}").read_text(encoding="utf-8")
    (program.folder / "changed").write_text(
        text.replace("two witnesses", "six witnesses", 1), encoding="utf-8"
    )
    said = program("verify", "changed", code=1)
    assert said.lines[0].startswith("WRONG  page")


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("60921108449012345678", "60921108449012345679", "draw"),
        ('"sample": 60', '"sample": 59', "page"),
    ],
)
def test_changed_data_are_another_draw(
    drawn: Job, records: Path, program: Program, old: str, new: str, wrong: str
) -> None:
    content = (records / "draw-record.txt").read_text(encoding="utf-8").replace(old, new)
    (program.folder / "changed.txt").write_text(content, encoding="utf-8")
    said = program("verify", "changed.txt", drawn.extract, code=1)
    assert f"WRONG  {wrong}" in said.stdout


def test_another_extract_is_refused(drawn: Job, records: Path, program: Program) -> None:
    rows = drawn.extract.read_text(encoding="utf-8").splitlines()
    (program.folder / "fewer.csv").write_text("\n".join(rows[:-1]) + "\n", encoding="utf-8")
    said = program("verify", records / "draw-record.txt", "fewer.csv", code=1)
    assert "WRONG  extract" in said.stdout


def test_a_frame_with_a_nonce_needs_it_shown(program: Program) -> None:
    run = program
    rows = "".join(f"r{n:02d},{'ab'[n % 2]}\n" for n in range(40))
    (run.folder / "extract.csv").write_text("id,area\n" + rows, encoding="utf-8")
    run("init", "audit.dip", "--title", "t", "--unencrypted")
    nonce = ("--write-frame", "frame.tsv", "--nonce")
    run("frame", "commit", "audit.dip", "extract.csv", "--id", "id", "--keep", "area", *nonce)
    run("plan", "audit.dip", "--size", 10)
    seed = ("--seed", "60921108449012345678", "--seed-source", "dice")
    run("draw", "audit.dip", "extract.csv", *seed)
    run("draw-record", "audit.dip", "draw-record.txt")
    run("verify", "draw-record.txt", "extract.csv", code=2)
    run("verify", "draw-record.txt", "extract.csv", "--nonce-file", "frame.tsv")
    secret = (run.folder / "frame.tsv").read_text("utf-8").split("#nonce\t")[1][:64]
    assert secret not in (run.folder / "draw-record.txt").read_text("utf-8")


def test_a_record_grows_with_the_sample(drawn: Job, copy_of: Callable[[Job], Program]) -> None:
    run = copy_of(drawn)
    run("extend", "audit.dip", "extract.csv", "--size", 70)
    run("draw-record", "audit.dip", "draw-record.txt")
    said = run("verify", "draw-record.txt", "extract.csv")
    assert "draw by now" in said.stdout


def test_a_project_without_a_draw_has_no_record(program: Program) -> None:
    program("init", "audit.dip", "--title", "t", "--unencrypted")
    program("draw-record", "audit.dip", "out.txt", code=3)
    program("draw-record", "audit.dip", "out.pdf", code=3)


@pytest.mark.parametrize("start", ["DRAW RECORD\n", "<!DOCTYPE html>"])
def test_a_file_that_only_looks_like_a_record_is_refused(program: Program, start: str) -> None:
    (program.folder / "odd").write_text(start + "nothing\n", encoding="utf-8")
    assert program("verify", "odd", code=3).sentence


def test_hostile_words_stay_words(records: Path) -> None:
    hostile = "</pre><script>alert(1)</script> ]]> \x1b[31m\u202e"
    record = record_of(records)
    seed = record.seed.model_copy(update={"source": hostile})
    record = record.model_copy(update={"title": hostile, "seed": seed})
    assert b"<script" not in as_html(record)
    assert b"\x1b" not in as_text(record)
    for content in (as_html(record), as_text(record)):
        assert read_record(content) == (record, True)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(SamplingError, match="UTF-8"):
        read_record(b"DRAW RECORD\n\xff")
