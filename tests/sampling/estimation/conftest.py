"""Readers of the outside reference pack, and whole-number arithmetic to check against."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from math import comb
from pathlib import Path
from typing import Any

import pytest

from sampling.estimation import ClusterCount, DomainCount, StratumCount

Rows = list[dict[str, str]]
Inputs = dict[str, Any]


@pytest.fixture(scope="session")
def ways() -> Callable[[int, int, int], tuple[int, ...]]:
    """Number of samples with 0, 1, ..., n marked records, of (marked, sample, population)."""
    return _ways


@cache
def _ways(marked: int, sample: int, population: int) -> tuple[int, ...]:
    return tuple(comb(marked, k) * comb(population - marked, sample - k) for k in range(sample + 1))


@pytest.fixture(scope="session")
def cases_of(reference_folder: Path) -> Callable[..., list[dict[str, Any]]]:
    """The reference cases of the groups named."""
    cases = json.loads((reference_folder / "estimation" / "cases.json").read_text("utf-8"))["cases"]
    return lambda *groups: [case for case in cases if case["group"] in groups]


@pytest.fixture(scope="session")
def strata_of(reference_folder: Path) -> Callable[[Inputs], list[StratumCount]]:
    """The strata that a reference case names."""

    def read(inputs: Inputs) -> list[StratumCount]:
        return [
            StratumCount(name, population, len(rows), _yes(rows, inputs))
            for name, population, rows in _strata(reference_folder, inputs)
        ]

    return read


@pytest.fixture(scope="session")
def domain_of(reference_folder: Path) -> Callable[[Inputs, str], list[DomainCount]]:
    """The counts of one group that a reference case names."""

    def read(inputs: Inputs, value: str) -> list[DomainCount]:
        counts = []
        for name, population, rows in _strata(reference_folder, inputs):
            inside = [row for row in rows if row[inputs["domain"]] == value]
            counts.append(
                DomainCount(name, population, len(rows), len(inside), _yes(inside, inputs))
            )
        return counts

    return read


@pytest.fixture(scope="session")
def clusters_of(reference_folder: Path) -> Callable[[Inputs], list[ClusterCount]]:
    """The pairs of a ratio that a reference case names."""

    def read(inputs: Inputs) -> list[ClusterCount]:
        a, b = inputs["ratio"]
        return [
            ClusterCount(name, population, tuple((int(row[a]), int(row[b])) for row in rows))
            for name, population, rows in _strata(reference_folder, inputs)
        ]

    return read


def _yes(rows: Rows, inputs: Inputs) -> int:
    return sum(row[inputs["variable"]] == "1" for row in rows)


def _strata(folder: Path, inputs: Inputs) -> list[tuple[str, int, Rows]]:
    with (folder / "estimation" / inputs["data"]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    grouped: dict[str, Rows] = defaultdict(list)
    for row in rows:
        grouped[row[inputs["strata"]] if inputs["strata"] else "all"].append(row)
    size = inputs["stratum_size_column"]
    return [(name, round(float(of[0][size])), of) for name, of in grouped.items()]
