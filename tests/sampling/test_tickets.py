"""Tickets: the published vectors, and properties of the order."""

from __future__ import annotations

import json
import random
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sampling.errors import TicketError
from sampling.records import why_not_an_id
from sampling.tickets import check_seed, in_ticket_order, ticket, tickets, uniform

SEED = "76543210987654321098"

ids = st.text(min_size=1, max_size=40).filter(lambda text: why_not_an_id(text) is None)


@pytest.fixture(scope="module")
def vectors(reference_folder: Path) -> dict[str, Any]:
    text = (reference_folder / "ticket-vectors.json").read_text("utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


def test_every_published_ticket_is_reproduced(vectors: dict[str, Any]) -> None:
    assert vectors["tickets"]
    for case in vectors["tickets"]:
        made = ticket(case["label"], case["seed"], bytes.fromhex(case["id_utf8_hex"]).decode())
        assert made == case["ticket"]
        assert uniform(made).hex() == float.fromhex(case["u_hex"]).hex()


def test_every_published_bad_id_is_refused_before_hashing(vectors: dict[str, Any]) -> None:
    assert vectors["rejected_ids"]
    for case in vectors["rejected_ids"]:
        text = bytes.fromhex(case["id_utf8_hex"]).decode("utf-8", "surrogatepass")
        assert why_not_an_id(text) is not None, case["reason"]
        with pytest.raises(TicketError):
            ticket("sample", SEED, text)


def test_every_published_bad_seed_is_refused(vectors: dict[str, Any]) -> None:
    for case in vectors["rejected_seeds"]:
        with pytest.raises(TicketError):
            check_seed(case["seed"])


def test_a_bad_id_is_told_by_its_place_among_the_ids_and_never_printed() -> None:
    with pytest.raises(TicketError, match="Record id number 2 is not allowed") as refused:
        tickets("sample", SEED, ["A", "B\nC", "D"])
    assert "B" not in str(refused.value)


def test_published_orders_are_reproduced(vectors: dict[str, Any]) -> None:
    for case in vectors["orders"]:
        expected = [row["id"] for row in case["order"]]
        assert in_ticket_order(case["label"], case["seed"], case["ids"]) == expected


@pytest.mark.parametrize("label", ["", "Sample", "a|b", "x" * 33])
def test_bad_labels_are_refused(label: str) -> None:
    with pytest.raises(TicketError):
        ticket(label, SEED, "A")


@given(st.lists(ids, unique=True, max_size=30), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_never_matters(rows: list[str], chance: random.Random) -> None:
    shuffled = rows.copy()
    chance.shuffle(shuffled)
    assert in_ticket_order("sample", SEED, rows) == in_ticket_order("sample", SEED, shuffled)


@given(ids)
def test_a_ticket_is_the_hash_of_the_documented_bytes(record_id: str) -> None:
    expected = sha256(f"dipsample-ticket-v1|qa|{SEED}|{record_id}".encode()).hexdigest()
    assert tickets("qa", SEED, [record_id])[0].ticket == expected
    assert 0.0 < uniform(expected) < 1.0


def test_the_smallest_and_largest_tickets_stay_inside_zero_and_one() -> None:
    assert uniform("0" * 64) > 0.0
    assert uniform("f" * 64) < 1.0


def test_a_seed_of_the_right_length_is_told_where_a_sign_is_not_allowed() -> None:
    with pytest.raises(TicketError, match="another one at place 5"):
        check_seed("1234 567890123456789012")
