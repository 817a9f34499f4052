"""How many records filters and earlier waves leave: the number that the frame then has."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sampling.engines import Remaining, open_frame, records_that_stay
from sampling.errors import ExtractError
from sampling.frame import FrameSpec, Only
from sampling.waves import wave_fingerprint

AREAS = ("North", "South", "")


def spec(*only: tuple[str, tuple[str, ...]], **more: object) -> FrameSpec:
    kept = tuple(Only(column=column, values=values) for column, values in only)
    return FrameSpec(id_column="id", only=kept, **more)  # type: ignore[arg-type]  # fields of a spec


def written(folder: Path, rows: list[tuple[str, str, str]]) -> Path:
    path = folder / "extract.csv"
    lines = ["id,area,flag", *(",".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@given(
    st.lists(st.tuples(st.sampled_from(AREAS), st.sampled_from("yn")), min_size=1, max_size=30),
    st.sets(st.sampled_from(AREAS), min_size=1),
    st.sets(st.integers(0, 30)),
)
def test_it_is_the_number_of_records_of_the_frame(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, str]],
    areas: set[str],
    drawn: set[int],
) -> None:
    named = [(f"R-{number:03}", *row) for number, row in enumerate(rows)]
    extract = written(tmp_path_factory.mktemp("extract"), named)
    waves = tuple(f"R-{number:03}" for number in sorted(drawn))
    wanted = spec(("area", tuple(sorted(areas))), ("flag", ("y",)))
    expected = sum(
        area in areas and flag == "y" and record not in waves for record, area, flag in named
    )
    assert records_that_stay(extract, wanted, excluded=waves) == Remaining(expected, len(rows))


def test_the_frame_that_is_opened_agrees(tmp_path: Path) -> None:
    rows = [(f"R-{n:03}", AREAS[n % 2], "y" if n % 3 else "n") for n in range(60)]
    extract = written(tmp_path, rows)
    waves = ("R-002", "R-004")
    filters = (("area", ("North",)), ("flag", ("y",)))
    with open_frame(extract, spec(*filters, excluded=wave_fingerprint(waves))) as frame:
        frame.leave_out(waves)
        committed = frame.frame.records
    stay = records_that_stay(extract, spec(*filters), excluded=waves)
    assert stay == Remaining(committed, 60)


def test_rows_without_an_id_are_no_records(tmp_path: Path) -> None:
    rows = [("R-1", "North", "y"), ("", "North", "y"), ("R-3", "South", "y")]
    stay = records_that_stay(written(tmp_path, rows), spec(("area", ("North",))))
    assert stay == Remaining(1, 2)


def test_rows_of_one_record_are_counted_once(tmp_path: Path) -> None:
    rows = [("R-1", "North", "y"), ("R-1", "North", "y"), ("R-2", "South", "y")]
    wanted = spec(("area", ("North",)), collapse="id")
    assert records_that_stay(written(tmp_path, rows), wanted) == Remaining(1, 2)


def test_a_filter_on_a_column_that_is_not_there_is_refused(tmp_path: Path) -> None:
    extract = written(tmp_path, [("R-1", "North", "y")])
    with pytest.raises(ExtractError, match="no column 'town'"):
        records_that_stay(extract, spec(("town", ("York",))))
