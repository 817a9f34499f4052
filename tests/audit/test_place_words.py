"""Where something is in a file, in words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dipsample.place_words import row_ranges


def test_rows_that_follow_each_other_are_one_range() -> None:
    assert row_ranges([9, 3, 4, 5, 12]) == "3 to 5, 9, 12"


@given(st.sets(st.integers(2, 60), min_size=1))
def test_ranges_name_every_row_and_no_other(rows: set[int]) -> None:
    named: set[int] = set()
    for part in row_ranges(rows).split(", "):
        first, _, last = part.partition(" to ")
        named |= set(range(int(first), int(last or first) + 1))
    assert named == rows
