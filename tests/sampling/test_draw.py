"""Roles, case numbers and digest of a draw: from seed, ids and strata, and nothing else."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sampling.draw import DrawnRecord, RankedRecord, Role, number_cases, sample_digest
from sampling.records import why_not_an_id
from sampling.tickets import in_ticket_order, tickets

SEED = "76543210987654321098"

ids = st.text(min_size=1, max_size=12).filter(lambda text: why_not_an_id(text) is None)
rows_of = st.dictionaries(ids, st.sampled_from(["Brent", "Camden", "Ely / a|b"]), min_size=1)


def drawn(
    rows: Mapping[str, str], sizes: Mapping[str, int], *, reserve: int = 1
) -> tuple[DrawnRecord, ...]:
    """Draw with hashlib: the n_h + reserve smallest tickets of each stratum."""
    ranked = [
        RankedRecord(stratum, rank, row.record_id, row.ticket)
        for stratum in set(rows.values())
        for rank, row in enumerate(
            sorted(tickets("sample", SEED, [key for key in rows if rows[key] == stratum])), 1
        )
        if rank <= sizes[stratum] + reserve
    ]
    return number_cases(SEED, ranked, sample_sizes=sizes)


def sizes_of(rows: Mapping[str, str], share: int = 2) -> dict[str, int]:
    """Draw every ``share``-th record of a stratum, one at least."""
    strata = list(rows.values())
    return {name: max(1, strata.count(name) // share) for name in strata}


def test_the_published_samples_are_reproduced(reference_folder: Path) -> None:
    vectors: dict[str, Any] = json.loads(
        (reference_folder / "ticket-vectors.json").read_text("utf-8")
    )
    frames = {frame["name"]: frame["lines"] for frame in vectors["frames"]}
    for case in vectors["samples"]:
        rows = dict(line.split("\t") for line in frames[case["frame"]])
        assert case["seed"] == SEED
        records = drawn(rows, case["n"], reserve=max(case["reserve"].values()))
        for role, expected in (
            (Role.SAMPLE, case["drawn"]),
            (Role.RESERVE, case["reserve_ids"]),
        ):
            for stratum, expected_ids in expected.items():
                chosen = [
                    record
                    for record in sorted(records, key=lambda record: record.rank)
                    if (record.stratum, record.role) == (stratum, role)
                ]
                assert [record.record_id for record in chosen] == expected_ids


def test_the_digest_is_the_hash_of_the_documented_lines() -> None:
    records = drawn(
        {"INC-10": "Brent", "INC-2": "Brent", "INC-1": "Camden"}, {"Brent": 1, "Camden": 1}
    )
    lines = "Brent\t1\tINC-10\nBrent\t2\tINC-2\nCamden\t1\tINC-1\n"
    assert sample_digest(records) == sha256(lines.encode()).hexdigest()


@given(rows_of, st.randoms(use_true_random=False))
def test_the_order_of_the_input_never_matters(rows: dict[str, str], chance: random.Random) -> None:
    shuffled = list(rows.items())
    chance.shuffle(shuffled)
    again = drawn(dict(shuffled), sizes_of(rows))
    assert again == drawn(rows, sizes_of(rows))
    mixed = list(again)
    chance.shuffle(mixed)
    assert sample_digest(mixed) == sample_digest(again)


@given(rows_of, ids)
def test_a_record_added_to_one_stratum_changes_no_other_stratum(
    rows: dict[str, str], late: str
) -> None:
    rows = {key: stratum for key, stratum in rows.items() if key != late} or {"A": "Camden"}
    sizes = sizes_of(rows) | {"late": 1}

    def others(records: tuple[DrawnRecord, ...]) -> set[tuple[str, int, str, Role]]:
        return {
            (record.stratum, record.rank, record.record_id, record.role)
            for record in records
            if record.stratum != "Brent"
        }

    added = rows | {late: "Brent"}
    assert others(drawn(added, sizes | {"Brent": 1})) == others(drawn(rows, sizes | {"Brent": 1}))


@given(rows_of)
def test_a_record_that_was_not_drawn_can_leave_without_a_trace(rows: dict[str, str]) -> None:
    sizes = sizes_of(rows, share=3)
    records = drawn(rows, sizes)
    kept = {record.record_id for record in records}
    assert drawn({key: rows[key] for key in rows if key in kept}, sizes) == records


@given(rows_of)
def test_a_larger_sample_holds_the_smaller_one(rows: dict[str, str]) -> None:
    small = drawn(rows, sizes_of(rows, share=3), reserve=0)
    large = drawn(rows, sizes_of(rows, share=2), reserve=0)
    assert {(r.stratum, r.rank, r.record_id) for r in small} <= {
        (r.stratum, r.rank, r.record_id) for r in large
    }


@given(rows_of)
def test_cases_are_numbered_by_the_order_ticket_over_sample_and_reserve(
    rows: dict[str, str],
) -> None:
    records = drawn(rows, sizes_of(rows))
    in_order = in_ticket_order("order", SEED, [record.record_id for record in records])
    assert [record.record_id for record in records] == in_order
    assert [record.case_id for record in records] == [
        f"C-{number:04d}" for number in range(1, len(records) + 1)
    ]
    for record in records:
        expected = Role.SAMPLE if record.rank <= sizes_of(rows)[record.stratum] else Role.RESERVE
        assert record.role is expected


@pytest.mark.parametrize(
    ("count", "first", "last"), [(9, "C-0001", "C-0009"), (10_000, "C-00001", "C-10000")]
)
def test_all_case_numbers_of_a_draw_have_one_width(count: int, first: str, last: str) -> None:
    records = drawn({f"R{number}": "all" for number in range(count)}, {"all": count})
    assert (records[0].case_id, records[-1].case_id) == (first, last)


def test_another_seed_is_another_draw() -> None:
    rows = {f"R{number}": "all" for number in range(200)}
    ranked = [
        RankedRecord("all", rank, row.record_id, row.ticket)
        for rank, row in enumerate(sorted(tickets("sample", SEED[::-1], rows))[:20], 1)
    ]
    other = number_cases(SEED[::-1], ranked, sample_sizes={"all": 20})
    assert sample_digest(other) != sample_digest(drawn(rows, {"all": 20}, reserve=0))
