"""DuckDB, PostgreSQL and Spark against hashlib and the published vectors, to the byte."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from sampling.engines import duckdb as duckdb_engine
from sampling.engines import open_frame, postgres, spark, warehouse
from sampling.frame import FrameSpec

pytestmark = pytest.mark.servers

ENGINES = ("duckdb", "postgres", "spark")
WAREHOUSES = ("postgres", "spark")
SEED = "76543210987654321098"
PLAIN = FrameSpec(id_column="id", strata_columns=("area",))
STRATA = ("Brent", "Camden", "Zoë | \\ %s {} '", "北")
AWKWARD = (
    *("Zoë-7", "北京 1", "a|b|c", "it's", 'q"uote', "back\\slash", "\\", "%s %d", "{} {0}", "$1"),
    *("in side", "é" * 100, "x" * 200, "a_b", "~", "!", "O'Neil; --", "Ω≈ç", "𝒳", "#z", ":p1", "?"),
)


@pytest.fixture(scope="module")
def many() -> list[tuple[str, str]]:
    """A hundred thousand ids and strata, one in twenty of them awkward."""
    plain = [f"DA25-{number:08}" for number in range(95_000)]
    odd = [f"{AWKWARD[number % len(AWKWARD)][:60]}{number}" for number in range(4_978)]
    ids = [*AWKWARD, *odd, *plain]
    return [(record_id, STRATA[number % 4]) for number, record_id in enumerate(ids)]


@pytest.fixture(scope="module")
def vectors(reference_folder: Path) -> dict[str, Any]:
    return json.loads((reference_folder / "ticket-vectors.json").read_text("utf-8"))  # type: ignore[no-any-return]


def drawn(frame: Any, seed: str, take: dict[str, int]) -> list[tuple[str, int, str, str]]:
    return [tuple(record[:4]) for record in frame.draw("sample", seed, take)]


@pytest.mark.parametrize("engine", ENGINES)
def test_all_tickets_of_a_hundred_thousand_ids_are_those_of_hashlib(
    engine: str, put: Any, many: Any, oracle: Any, oracle_fingerprint: Any
) -> None:
    assert len(many) == len({record_id for record_id, _ in many}) == 100_000
    sizes = Counter(stratum for _, stratum in many)
    with open_frame(put(engine, ["id", "area"], many), PLAIN) as frame:
        assert frame.fingerprint() == oracle_fingerprint(many)
        assert frame.stratum_sizes() == dict(sizes)
        assert drawn(frame, SEED, dict(sizes)) == oracle(many, "sample", SEED, sizes)
        few = {"Brent": 75, "北": 1, "Camden": 0}
        assert drawn(frame, SEED, few) == oracle(many, "sample", SEED, {"Brent": 75, "北": 1})


@pytest.mark.parametrize("engine", ENGINES)
def test_published_vectors_are_reproduced(engine: str, put: Any, vectors: Any) -> None:
    for case in vectors["frames"]:
        rows = [line.split("\t") for line in case["lines"]]
        if len(rows[0]) == 2:
            extract = put(engine, ["id", "area"], rows)
            with open_frame(extract, PLAIN, nonce=case["nonce"]) as frame:
                assert frame.fingerprint() == case["fingerprint"], case["name"]
    first = [line.split("\t") for line in vectors["frames"][0]["lines"]]
    with open_frame(put(engine, ["id", "area"], first), PLAIN) as frame:
        for case in vectors["samples"]:
            take = {name: n + case["reserve"][name] for name, n in case["n"].items()}
            records = frame.draw(case["label"], case["seed"], take)
            for name, n in case["n"].items():
                ids = [record.record_id for record in records if record.stratum == name]
                assert ids == [*case["drawn"][name], *case["reserve_ids"][name]][: len(ids)]
                assert ids[:n] == case["drawn"][name]


@pytest.mark.parametrize("engine", ENGINES)
def test_equal_tickets_are_ordered_by_the_bytes_of_the_ids(
    engine: str, put: Any, many: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def colliding(ticket: str) -> str:
        return f"repeat(left({ticket}, 1), 64)"

    monkeypatch.setattr(postgres, "TICKET", colliding(postgres.TICKET))
    monkeypatch.setattr(spark, "TICKET", colliding(spark.TICKET))
    of_duckdb = "sha256(? || f.id)"
    stub = duckdb_engine._DRAW.replace(of_duckdb, colliding(of_duckdb))
    monkeypatch.setattr(duckdb_engine, "_DRAW", stub)
    some = many[:2_000]
    with open_frame(put(engine, ["id", "area"], some), FrameSpec(id_column="id")) as frame:
        found = [record.record_id for record in frame.draw("sample", SEED, {"all": 400})]
    head = f"dipsample-ticket-v1|sample|{SEED}|"
    expected = sorted(
        (sha256((head + record_id).encode()).hexdigest()[0], record_id.encode())
        for record_id, _ in some
    )
    assert found == [record_id.decode() for _, record_id in expected[:400]]


@pytest.mark.parametrize("engine", WAREHOUSES)
def test_a_cut_that_leaves_too_few_changes_nothing(
    engine: str, put: Any, many: Any, oracle: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warehouse, "cut_for", lambda _m, _n: "02" + "f" * 62)
    some = many[:4_000]
    with open_frame(put(engine, ["id", "area"], some), PLAIN) as frame:
        take = {"Brent": 3, "北": 900}
        assert drawn(frame, SEED, take) == oracle(some, "sample", SEED, take)
