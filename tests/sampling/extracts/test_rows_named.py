"""The row that a fault names is the row of the fault, and no row is lost from the count."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sampling.checks import ExtractReport
from sampling.engines import check_extract
from sampling.extracts import survey as survey_module
from sampling.extracts.naming import named
from sampling.extracts.source import MAX_CELL_CHARACTERS
from sampling.frame import FrameSpec

SPEC = FrameSpec(id_column="id")
FAULTS: Final[dict[str, Callable[[int], bytes]]] = {
    "control-character": lambda number: f"{number},x\x01".encode(),
    "not-utf8": lambda number: f"{number},".encode() + b"caf\xe9",
    "ragged-row": lambda number: f"{number},x,y".encode(),
    "inner-quote": lambda number: f'{number},"x" y'.encode(),
}
SOUND: Final = ("{},plain", '{},"one\nline ""more"""', '{},"a\n\n\nb"', '{},"x,y"', "{},é")
rows = st.lists(st.one_of(st.sampled_from(SOUND), st.sampled_from(sorted(FAULTS))), max_size=12)


def body(kinds: Sequence[str], newline: str = "\n", *, start: int = 1) -> bytes:
    """Return the rows of a file, each with an id of its own, after a header."""
    lines = [b"id,b"]
    for number, kind in enumerate(kinds, start):
        made = FAULTS[kind](number) if kind in FAULTS else kind.format(number).encode()
        lines.append(made.replace(b"\n", newline.encode()))
    return newline.encode().join(lines) + newline.encode()


def named_rows(report: ExtractReport, code: str) -> list[int | None]:
    return [place.row for found in report.faults if found.code == code for place in found.places]


def rows_of(kinds: Sequence[str], code: str) -> list[int]:
    return [row for row, kind in enumerate(kinds, start=2) if kind == code]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    kinds=rows,
    newline=st.sampled_from(["\n", "\r\n"]),
    mark=st.sampled_from([b"", b"\xef\xbb\xbf"]),
    is_packed=st.booleans(),
)
def test_every_fault_names_its_row_and_every_row_is_counted(
    kinds: list[str], newline: str, mark: bytes, is_packed: bool, tmp_path: Path
) -> None:
    path = tmp_path / ("extract.csv.gz" if is_packed else "extract.csv")
    content = mark + body(kinds, newline)
    path.write_bytes(gzip.compress(content) if is_packed else content)
    report = check_extract(path, SPEC)
    for code in FAULTS:
        assert named_rows(report, code) == rows_of(kinds, code)
    assert report.rows == len(kinds)
    assert report.unread_rows == sum(kind in FAULTS for kind in kinds)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(parts=st.lists(rows, min_size=2, max_size=3))
def test_rows_of_many_files_are_those_of_the_files_one_after_the_other(
    parts: list[list[str]], tmp_path: Path
) -> None:
    """An id of the first row that was read stands again in the last row of the last file."""
    for old in tmp_path.iterdir():
        old.unlink()
    kinds = ["{},plain", *(kind for part in parts for kind in part), "1,again"]
    parts = [["{},plain", *parts[0]], *parts[1:-1], [*parts[-1], "1,again"]]
    start = 1
    for number, part in enumerate(parts):
        (tmp_path / f"{number}.csv").write_bytes(body(part, start=start))
        start += len(part)
    report = check_extract(named(str(tmp_path)), SPEC)
    assert named_rows(report, "repeated-id") == [2, len(kinds) + 1]
    assert report.rows == len(kinds)
    assert report.unread_rows == sum(kind in FAULTS for kind in kinds)


def test_a_control_character_takes_no_row_from_the_count(tmp_path: Path) -> None:
    path = tmp_path / "extract.csv"
    path.write_bytes(b'id,b\n1,x\n2,"q\nr"\n3,bad\x00\n4,y\n1,z\n')
    report = check_extract(path, SPEC)
    assert (report.rows, report.unread_rows) == (5, 1)
    assert named_rows(report, "control-character") == [4]
    assert named_rows(report, "repeated-id") == [2, 6]


def test_a_blank_row_between_records_is_a_row_and_those_at_the_end_are_none(
    tmp_path: Path,
) -> None:
    path = tmp_path / "extract.csv"
    path.write_bytes(b"id,b\n1,x\n\n2,y\x00\n3,z\n\n\n")
    report = check_extract(path, SPEC)
    assert (report.rows, report.unread_rows) == (4, 2)
    assert named_rows(report, "blank-row") == [3]
    assert named_rows(report, "control-character") == [4]


# The longest cell --------------------------------------------------------------------------------


def lines_of(length: int, width: int = 99) -> str:
    """Return text of a length, in lines."""
    text = ("y" * width + "\n") * (length // (width + 1) + 1)
    return text[: length - 1] + "z"


def written(tmp_path: Path, cell: str, more: str = "") -> Path:
    path = tmp_path / "extract.csv"
    path.write_text(f"id,b\n1,x\n2,{cell}\n3,y\n{more}", "utf-8", newline="")
    return path


CELLS: Final[dict[str, Callable[[int], str]]] = {
    "in one line": lambda length: "y" * length,
    "quoted": lambda length: f'"{"y" * length}"',
    "in lines": lambda length: f'"{lines_of(length)}"',
    "of two bytes a character": lambda length: "é" * length,
}


@pytest.mark.parametrize("form", CELLS)
@pytest.mark.parametrize("more", ["", "4,\x01\n"])
def test_a_cell_is_too_long_by_the_number_that_is_named_whatever_else_is_wrong(
    form: str, more: str, tmp_path: Path
) -> None:
    assert MAX_CELL_CHARACTERS == 1_048_576
    longest = check_extract(written(tmp_path, CELLS[form](MAX_CELL_CHARACTERS), more), SPEC)
    assert {found.code for found in longest.errors} == ({"control-character"} if more else set())
    assert longest.rows == 3 + bool(more)
    report = check_extract(written(tmp_path, CELLS[form](MAX_CELL_CHARACTERS + 1), more), SPEC)
    (found,) = (one for one in report.faults if one.code == "long-cell")
    assert found.message.startswith("1 cell with more than 1,048,576 characters.")
    assert [(place.row, place.column) for place in found.places] == [(3, "b")]
    assert (report.rows, report.unread_rows) == (3 + bool(more), 1 + bool(more))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> int:
    """The longest cell, small enough to try many: 200 characters, read in blocks of 64 bytes."""
    for module in ("source", "survey", "csv_rows"):
        monkeypatch.setattr(f"sampling.extracts.{module}.MAX_CELL_CHARACTERS", 200, raising=False)
    monkeypatch.setattr(survey_module, "_MOST_BYTES", 200)
    monkeypatch.setattr(survey_module, "BLOCK_BYTES", 64)
    return 200


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    lengths=st.lists(st.integers(1, 320), min_size=1, max_size=6),
    form=st.sampled_from(sorted(CELLS)),
    width=st.integers(1, 70),
)
def test_no_cell_over_the_limit_gets_past_the_quick_reader(
    lengths: list[int], form: str, width: int, small: int, tmp_path: Path
) -> None:
    path = tmp_path / "extract.csv"
    cells = [
        f'"{lines_of(length, width)}"' if form == "in lines" else CELLS[form](length)
        for length in lengths
    ]
    lines = [f"{number},{cell}\n" for number, cell in enumerate(cells, 1)]
    path.write_text("id,b\n" + "".join(lines), "utf-8", newline="")
    report = check_extract(path, SPEC)
    over = [row for row, length in enumerate(lengths, start=2) if length > small]
    assert named_rows(report, "long-cell") == over
    assert report.rows == len(lengths)


def test_a_cell_of_many_lines_is_read_though_another_row_is_refused(tmp_path: Path) -> None:
    cell = '"' + "line\n" * 5_000 + 'the ""last"""'
    report = check_extract(written(tmp_path, cell, "4,\x01\n"), SPEC)
    assert {found.code for found in report.errors} == {"control-character"}
    assert report.rows == 4


def test_a_mark_that_is_never_closed_takes_no_rows_with_it(tmp_path: Path) -> None:
    path = tmp_path / "extract.csv"
    quoted = "".join(f'{number},"x"\n' for number in range(3, 6_000))
    path.write_text(f'id,b\n1,x\n2,"open\n{quoted}1,again\n', "utf-8")
    report = check_extract(path, SPEC)
    assert named_rows(report, "open-quote") == [3]
    assert named_rows(report, "repeated-id") == [2, 6_001]
    assert (report.rows, report.unread_rows) == (6_000, 1)
