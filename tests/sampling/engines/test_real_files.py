"""Real public records, and Parquet: what the checks say of them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from sampling.engines import check_extract, open_frame
from sampling.errors import ExtractError
from sampling.frame import FrameSpec, Uniqueness

VERMONT = "vt_nibrs_dv_incidents_2019_2020.csv"


@pytest.mark.parametrize(
    ("columns", "combinations", "unique", "under_five"),
    [
        (("county", "data_year", "victim_sex"), 194, 2.4, 6.1),
        (("county", "data_year", "victim_sex", "victim_age"), 1762, 35.8, 75.9),
        (("agency", "incident_date"), 2706, 72.2, 99.0),
        (("agency", "incident_date", "victim_age", "victim_sex"), 3193, 99.1, 100.0),
    ],
)
def test_the_published_table_of_identifiability_is_reproduced(
    columns: tuple[str, ...],
    combinations: int,
    unique: float,
    under_five: float,
    real_data_folder: Path,
) -> None:
    report = check_extract(
        real_data_folder / VERMONT, FrameSpec(id_column="", quasi=columns), in_full=True
    )
    table = {frozenset(row.columns): row for row in (*report.subsets, *report.identifiability)}
    row: Uniqueness = table[frozenset(columns)]
    assert row.combinations == combinations
    assert round(100 * row.unique / report.rows, 1) == unique
    assert round(100 * row.under_five / report.rows, 1) == under_five


def test_the_table_grows_to_all_columns_and_months_and_bands_lower_it(
    real_data_folder: Path,
) -> None:
    columns = ("agency", "incident_date", "victim_age", "victim_sex")
    report = check_extract(
        real_data_folder / VERMONT, FrameSpec(id_column="", quasi=columns), in_full=True
    )
    sizes = [len(row.columns) for row in report.identifiability]
    assert sizes == [1, 1, 1, 1, 2, 3, 4]
    assert "identifiable" in {found.code for found in report.faults}
    assert report.mended[-1].unique < report.identifiability[-1].unique
    assert "incident_date (month)" in report.mended[-1].columns


def test_a_file_without_ids_is_told_how_to_be_mended(real_data_folder: Path) -> None:
    report = check_extract(real_data_folder / "mps_homicides_2003_2023.csv")
    assert report.rows == 2670
    assert [found.code for found in report.errors] == ["no-unique-column"]
    said = {(found.code, place.column) for found in report.faults for place in found.places}
    assert ("whole-numbers-with-point", "Year") in said
    assert ("unknown-as-word", "Ethnicity") in said


def test_a_column_that_could_be_the_id_is_named(real_data_folder: Path) -> None:
    report = check_extract(real_data_folder / VERMONT)
    assert report.id_candidates == ("incident_id",)
    assert not report.errors


def test_parquet_gives_the_frame_of_the_same_csv(real_data_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "extract.parquet"
    duckdb.sql(
        f"COPY (SELECT * FROM read_csv('{real_data_folder / VERMONT}', all_varchar = true)) "
        f"TO '{path}'"
    )
    spec = FrameSpec(id_column="incident_id", strata_columns=("county",), blank_stratum="none")
    with open_frame(path, spec) as parquet, open_frame(real_data_folder / VERMONT, spec) as text:
        assert parquet.frame.fingerprint == text.frame.fingerprint
        assert parquet.frame.strata == text.frame.strata


def test_parquet_types_become_text_or_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "extract.parquet"
    duckdb.sql(
        "COPY (SELECT i::BIGINT AS id, DATE '2024-01-01' + i::INT AS day, i / 2.0 AS half, "
        "i % 2 = 0 AS even, TIMESTAMP '2024-01-01 00:00:00' AS time, [i] AS list "
        f"FROM range(4) t(i)) TO '{path}'"
    )
    columns = ("day", "half", "even", "time")
    with open_frame(path, FrameSpec(id_column="id", keep=("even",))) as frame:
        assert frame.frame.records == 4
        assert frame.rows(["3"], columns) == {
            "3": {"day": "2024-01-04", "half": "1.5", "even": "false", "time": "2024-01-01"}
        }
    for spec in (
        FrameSpec(id_column="half"),
        FrameSpec(id_column="id", strata_columns=("half",)),
        FrameSpec(id_column="id", record=("list",)),
    ):
        with open_frame(path, spec) as frame, pytest.raises(ExtractError) as refused:
            _ = frame.frame
        assert "column-type" in {found.code for found in refused.value.faults}


def test_a_damaged_parquet_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "extract.parquet"
    path.write_bytes(b"PAR1" + b"x" * 100)
    with pytest.raises(ExtractError, match="cannot be read"):
        check_extract(path)
