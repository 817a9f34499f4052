"""Draws by size and of units in warehouses: the ranks of DuckDB, to the byte."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from sampling.draw import RankedRecord
from sampling.engines import designed_draws, open_frame
from sampling.extracts.naming import SparkTable
from sampling.frame import FrameSpec

pytestmark = pytest.mark.servers

SEED = "76543210987654321098"
HEADER = ["id", "area", "size", "unit"]
BY_SIZE = FrameSpec(id_column="id", strata_columns=("area",), size_column="size")
BY_UNIT = FrameSpec(id_column="id", strata_columns=("area",), unit_column="unit")
AREAS = ("Brent", "Zoë | %s {} '")


def rows(count: int) -> list[list[str]]:
    made = []
    for number in range(count):
        size = "2500000.25" if number == 7 else f"{1 + number * number % 97}"
        area = AREAS[number % 2]
        made.append([f"ü{number}|{number % 3}", area, size, f"{area[:3]}-{number % 14}"])
    return made


def sized(place: str, put: Any, count: int, take: dict[str, int]) -> tuple[Any, Any, str]:
    with open_frame(put(place, HEADER, rows(count)), BY_SIZE) as opened:
        sample = {stratum: max(1, ranks - 3) for stratum, ranks in take.items()}
        drawn = opened.draw_by_size("sample", SEED, sample=sample, take=take)
        return drawn.ranked, dict(drawn.sizes), opened.fingerprint()


def of_units(place: str, put: Any, take: dict[str, int]) -> tuple[RankedRecord, ...]:
    with open_frame(put(place, HEADER, rows(1_400)), BY_UNIT) as opened:
        return opened.draw_of_units("ssu", SEED, take)


@pytest.mark.parametrize("engine", ["postgres", "spark"])
def test_a_draw_by_size_is_that_of_files(engine: str, put: Any) -> None:
    take = {AREAS[0]: 40, AREAS[1]: 9}
    assert sized(engine, put, 1_500, take) == sized("duckdb", put, 1_500, take)


@pytest.mark.parametrize("engine", ["postgres", "spark"])
def test_more_is_read_where_the_first_candidates_do_not_settle_it(
    engine: str, put: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = {AREAS[0]: 20}
    expected = sized("duckdb", put, 600, take)
    monkeypatch.setattr(designed_draws, "_SPARE", -39)
    monkeypatch.setattr(designed_draws, "_SETTLED", Fraction(1, 2))
    assert sized(engine, put, 600, take) == expected


@pytest.mark.parametrize("engine", ["postgres", "spark"])
def test_a_draw_of_units_is_that_of_files(engine: str, put: Any) -> None:
    take = {"Bre-2": 7, "Zoë-3": 100, "Bre-4": 0, "Zoë-5": 1, "none": 3}
    found = of_units(engine, put, take)
    assert found == of_units("duckdb", put, take)
    assert {one.unit for one in found} == {"Bre-2", "Zoë-3", "Zoë-5"}


def test_a_table_of_a_catalog_is_drawn_from_as_a_folder_is(put: Any) -> None:
    from pyspark.sql import SparkSession

    folder = put("spark", HEADER, rows(500))
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.warehouse.dir", str(folder.folder.parent / "warehouse"))
        .getOrCreate()
    )
    try:
        session.read.parquet(folder.folder.as_uri()).createOrReplaceTempView("some_incidents")
        told = []
        for extract in (SparkTable("some_incidents", None), folder):
            with open_frame(extract, BY_SIZE) as opened:
                drawn = opened.draw("sample", SEED, {AREAS[0]: 20})
                told.append((drawn, opened.fingerprint(), opened.frame.kept_counts))
        assert told[0] == told[1]
    finally:
        session.stop()
