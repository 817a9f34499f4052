"""Records in order of their ids, a range at a time: the lines that one sort would give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sampling.engines import id_ranges, open_frame
from sampling.engines.file_relation import relate
from sampling.engines.selection import Wanted, keep_records, select
from sampling.extracts.opening import open_source
from sampling.frame import FrameSpec

SPEC = FrameSpec(id_column="id", strata_columns=("area",))
AWKWARD = [
    "Zoë-7",
    "zoe",
    "Z o",
    "a|b",
    "a",
    "A",
    "~",
    "!",
    "'",
    '"q"',
    "漢字",
    "é" * 100,
    "9",
    "10",
]
RECORDS = [(record_id, "north") for record_id in AWKWARD]
RECORDS += [(f"r{number * 7919 % 1000:03}", f"area {number % 3}") for number in range(600)]


@pytest.fixture
def path(written: Any) -> Path:
    return written(["id", "area"], [*map(list, RECORDS), ["", ""]])  # type: ignore[no-any-return]  # a fixture of the folder


@pytest.mark.parametrize("size", [1, 2, 50, 613, 614, 10_000])
def test_the_fingerprint_does_not_depend_on_where_ranges_are_cut(
    size: int, path: Path, oracle_fingerprint: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(id_ranges, "RANGE_ROWS", size)
    with open_frame(path, SPEC) as frame:
        assert frame.fingerprint() == oracle_fingerprint(RECORDS)
        lines = b"".join(frame.lines()).splitlines()
    assert lines == sorted(f"{record_id}\t{area}".encode() for record_id, area in RECORDS)


def test_repeated_ids_keep_their_place_and_their_number(
    written: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(id_ranges, "RANGE_ROWS", 2)
    rows = [["same", f"area {number % 4}"] for number in range(9)] + [["other", "area 9"]]
    with open_frame(written(["id", "area"], rows), SPEC) as frame:
        lines = b"".join(frame.lines()).splitlines()
    assert lines == sorted("\t".join(row).encode() for row in rows)


@pytest.mark.parametrize("size", [100, 150, 613])
def test_ranges_are_about_as_large_as_was_said(
    size: int, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(id_ranges, "RANGE_ROWS", size)
    with relate(open_source(path)) as relation:
        select(relation, Wanted.of(SPEC))
        keep_records(relation)
        counts = [
            relation.number(f"SELECT count(*) FROM records WHERE {part.condition}", part.values)
            for part in id_ranges.id_ranges(len(RECORDS), relation.query)
        ]
    assert sum(counts) == len(RECORDS)
    assert max(counts) <= size
