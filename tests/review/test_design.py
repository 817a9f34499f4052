"""Strata with too few records read: which others they are joined to."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from review.design import CodedCase, cells_of
from sampling.plan import Allocation, Plan, PlannedStratum

READ = {"a": 1, "b": 5, "c": 5, "d": 5}


def cells(read: Mapping[str, int], neighbours: Mapping[str, str]) -> list[str]:
    strata = tuple(
        PlannedStratum(name=name, population=100, sample=5, reserve=0) for name in sorted(read)
    )
    plan = Plan(
        frame_fingerprint="0" * 64,
        strata=strata,
        allocation=Allocation.PROPORTIONAL,
        confidence=Decimal("0.95"),
        minimum=2,
        margin=None,
        expected=None,
        detect=None,
    )
    cases = [
        CodedCase(f"{name}{at}", name, {}, None, excluded=False, is_frame_error=True)
        for name, count in read.items()
        for at in range(count)
    ]
    found, _ = cells_of(plan, cases, neighbours)
    assert sum(cell.population for cell in found) == 100 * len(read)
    assert sum(len(cell.cases) for cell in found) == sum(read.values())
    return [cell.name for cell in found]


@pytest.mark.parametrize(
    ("neighbours", "expected"),
    [
        ({}, ["a + b", "c", "d"]),
        ({"a": "c"}, ["a + c", "b", "d"]),
        ({"a": "d", "b": "c"}, ["a + d", "b", "c"]),
        ({"a": "elsewhere"}, ["a + b", "c", "d"]),
        ({"a": "a"}, ["a + b", "c", "d"]),
    ],
)
def test_a_weak_stratum_is_joined_to_its_declared_neighbour(
    neighbours: dict[str, str], expected: list[str]
) -> None:
    assert cells(READ, neighbours) == expected


def test_a_neighbour_that_was_joined_already_is_found_in_its_cell() -> None:
    read = {"a": 1, "b": 0, "c": 0, "d": 5}
    assert cells(read, {"a": "b", "b": "d", "c": "a"}) == ["a + b + d + c"]


def test_a_strong_stratum_is_left_alone() -> None:
    assert cells({"a": 2, "b": 2}, {"a": "b"}) == ["a", "b"]
