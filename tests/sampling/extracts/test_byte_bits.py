"""Sets of bytes: each step for 64 bytes at once is what one step a byte would be."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sampling.extracts.byte_bits import after, bits_of, inside, just_beyond, none_of, number_of

SIZES = (1, 2, 63, 64, 65, 127, 128, 129, 300)
members = st.sampled_from(SIZES).flatmap(
    lambda size: st.sets(st.integers(0, size - 1)).map(
        lambda chosen: [place in chosen for place in range(size)]
    )
)


def places(bits: np.ndarray) -> list[int]:
    """Return the places of a set, read bit by bit."""
    return [
        64 * number + place
        for number, word in enumerate(bits.tolist())
        for place in range(64)
        if word >> place & 1
    ]


@given(members)
def test_a_set_holds_the_bytes_chosen_and_counts_them(chosen: list[bool]) -> None:
    bits = bits_of(np.array(chosen))
    assert places(bits) == [place for place, is_in in enumerate(chosen) if is_in]
    assert number_of(bits) == sum(chosen)


@given(members, st.booleans())
def test_the_bytes_after_a_set_cross_words_and_reach_beyond_the_block(
    chosen: list[bool], is_first: bool
) -> None:
    moved = [is_first, *chosen]
    found = places(after(bits_of(np.array(chosen)), is_first=is_first))
    assert found == [place for place, is_in in enumerate(moved) if is_in]


@given(members, st.booleans())
def test_a_byte_is_inside_where_an_odd_number_of_marks_stands_up_to_it(
    marks: list[bool], is_inside: bool
) -> None:
    odd = [(sum(marks[: place + 1]) + is_inside) % 2 == 1 for place in range(len(marks))]
    bits = inside(bits_of(np.array(marks)), is_inside=is_inside)
    within = [place for place in places(bits) if place < len(marks)]
    assert within == [place for place, is_in in enumerate(odd) if is_in]
    beyond = set(places(bits)) - set(within)
    assert beyond == (set(range(len(marks), 64 * len(bits))) if odd[-1] else set())


def test_there_is_always_a_bit_for_the_byte_beyond() -> None:
    for size in SIZES:
        assert places(just_beyond(size)) == [size]
        assert len(none_of(size)) == len(just_beyond(size)) == len(bits_of(np.zeros(size, bool)))
