"""Waves: lists of what was drawn, their fingerprint, and the events that keep them."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sampling.ceremony import Ceremony, apply, decide_frame, replay
from sampling.errors import ExtractError
from sampling.events import EarlierWavesListed, FrameCommitted
from sampling.frame import Frame
from sampling.tickets import in_ticket_order
from sampling.waves import listed, read_waves, wave_fingerprint

SEED = "76543210987654321098"


def test_plain_lists_and_csv_lists_are_read_together_each_id_once() -> None:
    plain = ("a.txt", b"\xef\xbb\xbfR-2\nR-10\n\n")
    table = ("b.csv", b'case,record_id,stratum\nC-1,R-2,x\nC-2,"R,3",x\n')
    assert read_waves([plain, table]) == ("R,3", "R-10", "R-2")
    assert read_waves([]) == ()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "names no record"),
        (b"\xff\xfe", "not UTF-8"),
        (b"R-1\n R-2\n", "number 2 of list.txt is not allowed"),
        (b"\n".join(b"R-%d" % number for number in range(20_001)), "more than 20,000"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(ExtractError, match=words):
        read_waves([("list.txt", content)])


def test_the_fingerprint_is_that_of_the_sorted_lines() -> None:
    assert wave_fingerprint(["b", "a"]) == sha256(b"a\nb\n").hexdigest()


@given(st.lists(st.text(min_size=1, max_size=60), max_size=30))
def test_the_events_hold_every_id_in_order(ids: list[str]) -> None:
    events = listed(tuple(ids))
    assert [one for event in events for one in event.record_ids] == ids
    assert [(event.part, event.parts) for event in events] == [
        (part, len(events)) for part in range(1, len(events) + 1)
    ]


def test_many_long_ids_are_cut_into_parts_that_an_event_can_hold() -> None:
    ids = tuple(f"{number:05d}" + "x" * 190 for number in range(3_000))
    events = listed(ids)
    assert len(events) > 1
    assert all(len(event.model_dump_json()) < 1 << 20 for event in events)
    state = replay(events)
    assert state.earlier_waves == ids


def test_a_frame_is_committed_with_what_it_leaves_out_and_another_forgets_it(
    frame_of: object,
) -> None:
    plain: Frame = frame_of({"all": 20})  # type: ignore[operator]  # a fixture of conftest
    spec = plain.spec.model_copy(update={"excluded": wave_fingerprint(["R-1"])})
    frame = plain.model_copy(update={"spec": spec})
    events = decide_frame(Ceremony(), frame, earlier_waves=("R-1",))
    assert isinstance(events, tuple)
    assert [type(event) for event in events] == [EarlierWavesListed, FrameCommitted]
    state = replay(events)
    assert state.earlier_waves == ("R-1",)
    assert apply(state, FrameCommitted(frame=plain)).earlier_waves == ()


@given(st.integers(2, 40), st.data())
def test_waves_under_one_seed_are_disjoint_and_together_the_first_ranks(
    records: int, data: st.DataObject
) -> None:
    ids = [f"R{number}" for number in range(records)]
    first = data.draw(st.integers(1, records - 1))
    second = data.draw(st.integers(1, records - first))
    drawn = in_ticket_order("sample", SEED, ids)[:first]
    left = [record_id for record_id in ids if record_id not in set(drawn)]
    following = in_ticket_order("sample", SEED, left)[:second]
    assert not set(drawn) & set(following)
    assert [*drawn, *following] == in_ticket_order("sample", SEED, ids)[: first + second]
