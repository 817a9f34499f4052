"""What the values of one column say: pure rules."""

from __future__ import annotations

import datetime
from collections import Counter

import numpy as np
import pytest

from sampling.columns import Values, check_values, other_spellings
from sampling.look_alikes import KEY_SQL, look_alike_key, width_before


def codes(name: str, counts: dict[str, int], *, blank: int = 0) -> dict[str, tuple[int, str]]:
    values = Values(name, sum(counts.values()) + blank, blank, counts)
    today = datetime.date(2024, 6, 1)
    return {f.code: (f.count, f.detail) for f in check_values(values, today=today)}


@pytest.mark.parametrize(
    ("counts", "code", "count"),
    [
        ({"2024-01-02": 5, "24-JAN-19": 2}, "mixed-dates", 2),
        ({"13/01/2024": 5, "01/13/2024": 1}, "mixed-dates", 1),
        ({"03/04/2024": 5, "01/02/2024": 1}, "ambiguous-dates", 6),
        ({"2024-01-02": 5, "2025-01-02": 2}, "future-dates", 2),
    ],
)
def test_dates_are_judged_together(counts: dict[str, int], code: str, count: int) -> None:
    assert codes("day", counts)[code][0] == count


def test_one_clear_way_of_writing_dates_passes() -> None:
    assert not codes("day", {"2024-01-02": 5, "2023-12-31": 2})
    assert not codes("day", {"13/01/2024": 5, "02/03/2024": 2})


def test_codes_for_unknown_are_told_apart() -> None:
    assert codes("race", {"White": 9, "Unknown": 1}) == {"unknown-as-word": (1, "'unknown'")}
    several = codes("race", {"White": 90, "Unknown": 1, "U": 2}, blank=3)
    assert several == {"several-unknowns": (6, "'u', 'unknown', blank")}
    assert not codes("sex", {"F": 9, "M": 8, "X": 1})


def test_a_code_of_9_is_unknown_beside_a_word_for_it_and_nowhere_else() -> None:
    assert codes("race", {"White": 90, "Not Stated": 1, "9": 2}) == {
        "several-unknowns": (3, "'9', 'not stated'")
    }
    assert codes("count", {"4": 9, "Unknown": 1, "9": 2}) == {"unknown-as-word": (1, "'unknown'")}
    assert not codes("grade", {"A": 9, "9": 2})


def test_ages_out_of_reach_are_counted() -> None:
    assert codes("victim_age", {"34": 9, "0": 1, "999": 2})["impossible-age"][0] == 3
    assert not codes("stage", {"34": 9, "0": 1, "999": 2})


def test_blank_and_sparse_columns_are_told() -> None:
    assert codes("x", {}, blank=4) == {"blank-column": (4, "")}
    assert codes("x", {"a": 6}, blank=4) == {"much-missing": (4, "40.0 %")}
    assert not codes("x", {"a": 9}, blank=1)


def test_a_row_of_totals_is_found() -> None:
    assert codes("area", {"Brent": 9, "Grand total": 1})["totals-row"][0] == 1
    assert "totals-row" not in codes("kind", {"part": 9, "total": 5})


def test_spellings_name_the_rarer_one() -> None:
    assert other_spellings({"Hackney": 9, "HACKNEY ": 1, "Brent": 2}) == ("HACKNEY ",)


def test_whole_numbers_with_a_point_are_told_and_measurements_are_not() -> None:
    assert codes("year", {"2003.0": 2, "2004.0": 3})["whole-numbers-with-point"][0] == 5
    assert not codes("half", {"1.0": 2, "1.5": 3})


def test_the_key_of_look_alikes_is_the_same_in_the_engine() -> None:
    import duckdb

    ids = ["INC-007", "lO1", "a 0b00c", "OIL|0", "x" * 200, "0", "00", "~!0 0!", "Foo07"]
    for record_id in ids:
        sql = f"SELECT {KEY_SQL.format(id='id')} FROM (SELECT ?::VARCHAR AS id)"
        assert duckdb.execute(sql, [record_id]).fetchall()[0][0] == look_alike_key(record_id)


@pytest.mark.parametrize(
    ("widths", "span", "has_leading_zeros", "expected"),
    [
        ({8: 900, 7: 90, 6: 10}, 99_000_000, False, 8),
        ({8: 900, 7: 90, 6: 10}, 99_000_000, True, None),
        ({8: 1000}, 99_000_000, False, None),
        ({8: 700, 7: 300}, 99_000_000, False, None),
        ({5: 90_001, 4: 9_000}, 99_000, False, None),
        ({4: 90, 3: 10}, 9_000, False, None),
        ({8: 81, 7: 9}, 99_000_000, False, None),
        ({8: 900, 7: 50, 6: 50}, 99_000_000, False, None),
        ({8: 950, 7: 50}, 99_000_000, False, None),
        ({8: 830, 7: 170}, 99_000_000, False, None),
        ({19: 900, 18: 90, 17: 10}, 10**19, False, None),
        ({}, 0, False, None),
    ],
)
def test_lost_zeros_show_by_a_tenth_of_shorter_ids(
    widths: dict[int, int], span: int, has_leading_zeros: bool, expected: int | None
) -> None:
    assert width_before(widths, span, has_leading_zeros=has_leading_zeros) == expected


NATURAL = {
    "of 4 to 8 digits": [1, 1, 1, 1, 1],
    "mostly of 8 digits": [0, 1, 1, 0, 18],
    "of 7 and 8 digits": [0, 0, 0, 1, 19],
    "mostly of 6 digits": [1, 4, 20, 4, 1],
}


@pytest.mark.parametrize("shares", NATURAL.values(), ids=NATURAL)
@pytest.mark.parametrize("records", [1_000, 5_000])
def test_lengths_that_vary_by_nature_are_left_alone(shares: list[int], records: int) -> None:
    random = np.random.default_rng(records)
    told = 0
    for _ in range(100):
        lengths = random.choice(range(4, 9), records, p=np.array(shares) / sum(shares))
        widths = dict(Counter(lengths.tolist()))
        told += width_before(widths, 10**8, has_leading_zeros=False) is not None
    assert told <= 3


def test_lost_zeros_are_all_but_never_missed() -> None:
    random = np.random.default_rng(7)
    told = 0
    for _ in range(200):
        ids = [str(number) for number in random.integers(0, 10**8, 1_000)]
        widths = dict(Counter(map(len, ids)))
        told += width_before(widths, 10**8, has_leading_zeros=False) == 8
    assert told >= 198


@pytest.mark.parametrize(
    ("one", "other"),
    [("ВОВ-1", "BOB-1"), ("ΝΟ7", "NO7"), ("ＡＢ1", "AB1"), ("A\u00adB", "AB"), ("ԍ5", "g5")],
)
def test_letters_of_one_look_have_one_key(one: str, other: str) -> None:
    assert look_alike_key(one) == look_alike_key(other)
