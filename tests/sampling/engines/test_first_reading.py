"""The first reading of a file: believed only where the pass over its bytes agrees."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sampling.engines import OpenFrame, open_frame
from sampling.engines.file_relation import relate
from sampling.errors import ExtractError
from sampling.extracts.csv_rows import CsvRows
from sampling.extracts.opening import open_source
from sampling.extracts.survey import Survey, survey
from sampling.frame import FrameSpec, Only

SEED = "76543210987654321098"
SPEC = FrameSpec(
    id_column="id", strata_columns=("area",), only=(Only(column="state", values=("open",)),)
)
ROWS = [
    [f"r{number}", f"area {number % 3}", "open" if number % 5 else "shut"] for number in range(90)
]
TAKE = {"area 0": 4, "area 2": 6}


@pytest.fixture
def path(written: Any) -> Path:
    return written(["id", "area", "state"], [*ROWS, ["", "", ""]])  # type: ignore[no-any-return]  # a fixture of the folder


@pytest.fixture
def kept() -> list[tuple[str, str]]:
    return [(record_id, area) for record_id, area, state in ROWS if state == "open"]


def drawn(frame: OpenFrame) -> list[tuple[str, int, str, str]]:
    return [
        (record.stratum, record.rank, record.record_id, record.ticket)
        for record in frame.draw("sample", SEED, TAKE)
    ]


def test_a_draw_is_the_same_from_the_file_and_from_the_sorted_records(
    path: Path, kept: list[tuple[str, str]], oracle: Any, oracle_fingerprint: Any
) -> None:
    expected = oracle(kept, "sample", SEED, TAKE)
    with open_frame(path, SPEC) as frame:
        assert drawn(frame) == expected
        assert frame.fingerprint() == oracle_fingerprint(kept)
        assert drawn(frame) == expected
        assert frame.stratum_sizes() == {"area 0": 24, "area 1": 24, "area 2": 24}


@pytest.mark.parametrize("is_drawn_first", [True, False])
def test_an_engine_that_counts_other_rows_is_not_believed(
    is_drawn_first: bool,
    path: Path,
    kept: list[tuple[str, str]],
    oracle: Any,
    oracle_fingerprint: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counted: list[int] = []

    def agrees(survey: Survey, rows: int, columns: int) -> bool:
        counted.append(rows)
        return False

    monkeypatch.setattr(Survey, "agrees", agrees)
    with open_frame(path, SPEC) as frame:
        if is_drawn_first:
            assert drawn(frame) == oracle(kept, "sample", SEED, TAKE)
        assert frame.fingerprint() == oracle_fingerprint(kept)
        assert drawn(frame) == oracle(kept, "sample", SEED, TAKE)
        assert frame.frame.records == len(kept)
    assert counted == [91, 91], "every row is counted, by many threads and by one"


@pytest.mark.parametrize(("rows", "columns"), [(90, 3), (92, 3), (91, 2), (91, 4)])
def test_a_pass_agrees_with_its_own_rows_and_columns_alone(
    rows: int, columns: int, path: Path
) -> None:
    seen = survey(path, ",")
    assert seen.agrees(91, 3)
    assert not seen.agrees(rows, columns)


def test_a_file_that_goes_away_is_refused_in_a_sentence(path: Path) -> None:
    def remove_and_read() -> None:
        with open_frame(path, SPEC) as frame:
            path.unlink()
            frame.fingerprint()

    with pytest.raises(ExtractError, match="cannot be read"):
        remove_and_read()


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_line_breaks_in_quotes_are_read_alike_across_the_buffers_of_the_engine(
    line_end: str, tmp_path: Path
) -> None:
    path = tmp_path / "extract.csv"
    lines = ['said ""no"",', '"",', "id-7,area 1", "At 10:00, they came. "] * 40
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"id,area,text{line_end}")
        for number in range(9000):
            text = line_end.join(lines[number % 67 :])
            file.write(f'r{number},area {number % 5},"{text}"{line_end}')
    assert path.stat().st_size > 2 * (4 << 20)
    exact = CsvRows(path, "utf-8-sig", ",", ("id", "area", "text"))
    with relate(open_source(path)) as relation:
        rows = relation.query("SELECT * FROM numbered ORDER BY row_")
        assert not relation.is_loaded
    assert [(row[0], list(row[1:])) for row in rows] == list(exact.rows())
