"""Size-weighted draws: the published vectors, an oracle in fractions, and growth by ranks."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sampling.engines.opening import open_frame
from sampling.errors import PlanError
from sampling.frame import FrameSpec
from sampling.size_weighted import (
    Certainties,
    Sized,
    Sizes,
    certainties,
    certainties_after,
    keeps_ranks,
    millionths,
    probability,
    ranked_by_size,
    why_not_a_size,
)
from sampling.tickets import ticket

SEED = "76543210987654321098"


def _decimal(millionth: int) -> str:
    whole_part, rest = divmod(millionth, 10**6)
    fraction = f"{rest:06d}".rstrip("0")
    return f"{whole_part}.{fraction}" if fraction else str(whole_part)


whole = st.integers(1, 10**12).map(str)
wide = st.tuples(st.integers(1, 9), st.integers(0, 11)).map(
    lambda part: str(part[0] * 10 ** part[1])
)
fine = st.integers(1, 10**9).map(_decimal)
sizes = st.lists(st.one_of(whole, wide, fine, st.just("1")), min_size=1, max_size=25)


def units_of(given_sizes: list[str]) -> list[Sized]:
    return [
        Sized(f"R{at}", ticket("sample", SEED, f"R{at}"), size)
        for at, size in enumerate(given_sizes)
    ]


def facts(units: list[Sized]) -> Sizes:
    large = sorted((millionths(one.size) for one in units), reverse=True)
    return Sizes(len(large), sum(large), tuple(large))


def oracle(units: list[Sized], n: int) -> tuple[list[str], dict[str, Fraction]]:
    """The rules of the specification in fractions: order and probabilities."""
    size = {one.record_id: Fraction(one.size) for one in units}
    key = {one.record_id: (Fraction(int(one.ticket, 16) + 1) / size[one.record_id],
                           one.record_id.encode()) for one in units}  # fmt: skip
    certain: set[str] = set()
    while True:
        rest = {name: value for name, value in size.items() if name not in certain}
        k, total = n - len(certain), sum(rest.values())
        more = {name for name, value in rest.items() if k and k * value >= total}
        if not more:
            break
        certain |= more
    order = [*sorted(certain, key=key.__getitem__), *sorted(rest, key=key.__getitem__)]
    chances = {name: Fraction(1) for name in certain}
    return order, chances | {name: k * value / total for name, value in rest.items()}


@pytest.fixture(scope="module")
def vectors(reference_folder: Path) -> dict[str, Any]:
    text = (reference_folder / "ticket-vectors.json").read_text("utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


def test_published_orders_certainties_and_probabilities_are_reproduced(
    vectors: dict[str, Any],
) -> None:
    assert vectors["sps"]
    for case in vectors["sps"]:
        units = [Sized(n, ticket(case["label"], case["seed"], n), s) for n, s in case["units"]]
        certain = certainties(facts(units), case["n"])
        for one, row in zip(ranked_by_size(units, certain), case["order"], strict=True):
            size = millionths(one.size)
            assert one.record_id == row["id"]
            assert certain.holds(size) is row["certainty"]
            assert probability(size, case["n"], certain) == Fraction(row["pi"])


def test_the_published_extension_limit_is_kept(vectors: dict[str, Any]) -> None:
    case = vectors["sps_extension_limit"]
    units = [Sized(n, ticket(case["label"], case["seed"], n), s) for n, s in case["units"]]
    at_draw = certainties(facts(units), case["n"])
    order = ranked_by_size(units, at_draw)
    assert [one.record_id for one in order] == case["order_at_n_2"]
    allowed = [
        n
        for n in range(case["n"], len(units) + 1)
        if keeps_ranks(facts(units), at_draw, [millionths(one.size) for one in order[:n]])
    ]
    assert allowed == [case["n"], case["next_allowed"]]


@given(sizes, st.data())
def test_ranks_and_probabilities_are_those_of_an_oracle_in_fractions(
    given_sizes: list[str], data: st.DataObject
) -> None:
    n = data.draw(st.integers(1, len(given_sizes)))
    units = units_of(given_sizes)
    certain = certainties(facts(units), n)
    order, chances = oracle(units, n)
    assert [one.record_id for one in ranked_by_size(units, certain)] == order
    made = {one.record_id: probability(millionths(one.size), n, certain) for one in units}
    assert made == chances
    assert sum(made.values()) == n


@given(sizes, st.data())
def test_certainties_rest_on_the_largest_sizes_alone(
    given_sizes: list[str], data: st.DataObject
) -> None:
    n = data.draw(st.integers(1, len(given_sizes)))
    every = facts(units_of(given_sizes))
    few = Sizes(every.records, every.total, every.largest[:n])
    assert certainties(few, n) == certainties(every, n)


@given(sizes, st.data())
def test_after_growth_every_certain_record_is_drawn_and_the_chances_add_up(
    given_sizes: list[str], data: st.DataObject
) -> None:
    n = data.draw(st.integers(1, len(given_sizes)))
    later = data.draw(st.integers(n, len(given_sizes)))
    units = units_of(given_sizes)
    at_draw = certainties(facts(units), n)
    first = ranked_by_size(units, at_draw)[:later]
    now = certainties_after(facts(units), at_draw, later)
    chances = [probability(millionths(one.size), later, now) for one in units]
    assert sum(chances) == later
    assert max(chances) <= 1
    is_held = {
        one.record_id for one, chance in zip(units, chances, strict=True) if chance == 1
    } <= {one.record_id for one in first}
    assert keeps_ranks(facts(units), at_draw, [millionths(one.size) for one in first]) is is_held


def test_equal_sizes_are_drawn_in_the_order_of_their_tickets() -> None:
    units = units_of(["3"] * 30)
    certain = certainties(facts(units), 7)
    assert certain == Certainties(0, None, 90_000_000)
    assert ranked_by_size(units, certain) == sorted(units, key=lambda one: one.ticket)


@pytest.mark.parametrize(
    "text",
    ["0", "0.0", "-1", "1e5", "1.50", "01", "1,5", "", " 1", "1.0000001", "1" * 16, "\u0663"],
)
def test_what_is_no_canonical_positive_decimal_is_no_size(text: str) -> None:
    assert why_not_a_size(text) is not None
    with pytest.raises(PlanError):
        millionths(text)


@pytest.mark.parametrize(("text", "number"), [("1", 10**6), ("0.000001", 1), ("12.5", 12_500_000),
                                              ("999999999999999.999999", 10**21 - 1)])  # fmt: skip
def test_sizes_become_whole_millionths(text: str, number: int) -> None:
    assert millionths(text) == number


@settings(max_examples=12, deadline=None)
@given(st.lists(st.one_of(whole, wide, fine), min_size=12, max_size=300), st.data())
def test_the_engine_hands_over_enough_to_settle_every_rank(
    tmp_path_factory: pytest.TempPathFactory, given_sizes: list[str], data: st.DataObject
) -> None:
    take = data.draw(st.integers(1, min(40, len(given_sizes))))
    sample = data.draw(st.integers(1, take))
    path = tmp_path_factory.mktemp("sized") / "extract.csv"
    units = units_of(given_sizes)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "size"])
        writer.writerows((one.record_id, one.size) for one in units)
    with open_frame(path, FrameSpec(id_column="id", size_column="size")) as opened:
        drawn = opened.draw_by_size("sample", SEED, sample={"all": sample}, take={"all": take})
    expected = ranked_by_size(units, certainties(facts(units), sample))[:take]
    assert [(one.record_id, one.ticket, one.size) for one in drawn.ranked] == expected
    assert certainties(drawn.sizes["all"], take) == certainties(facts(units), take)


def test_a_ticket_counts_from_one_so_that_the_smallest_has_a_size_too() -> None:
    first, second = Sized("a", "0" * 64, "1"), Sized("b", "0" * 63 + "1", "3")
    for given_in_order in ([first, second], [second, first]):
        assert ranked_by_size(given_in_order, Certainties(0, None, 0)) == [second, first]


def test_the_engine_reads_on_until_every_rank_is_settled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sampling.engines.designed_draws._SPARE", -19)
    units = units_of([str(1 + at * at % 17) for at in range(400)])
    path = tmp_path / "extract.csv"
    lines = "".join(f"{one.record_id},{one.size}\n" for one in units)
    path.write_text(f"id,size\n{lines}", encoding="utf-8")
    with open_frame(path, FrameSpec(id_column="id", size_column="size")) as opened:
        drawn = opened.draw_by_size("sample", SEED, sample={"all": 10}, take={"all": 10})
    expected = ranked_by_size(units, certainties(facts(units), 10))[:10]
    assert [one.record_id for one in drawn.ranked] == [one.record_id for one in expected]
