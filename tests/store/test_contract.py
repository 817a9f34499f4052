"""What every store does, plain or encrypted."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest

from dipsample.errors import (
    BrokenChainError,
    ChangedMeanwhileError,
    DamagedError,
    EventError,
    ForkError,
    InputError,
    ReadOnlyError,
    RefusedError,
)
from dipsample.ledger import Event, Head, digest
from dipsample.store import Project, Store, case_material

Sealer = Callable[..., tuple[Event, ...]]
Opener = Callable[..., Store]

ANNA = "anna.00000001"
BEN = "ben.00000002"

CASE = case_material(
    "C-0001",
    "r-17",
    kept={"Área": "Ynys Môn", "outcome": None},
    record={"text": "A\x00\u2028 said"},
)
OTHER = case_material("C-0001", "r-18", kept={"Área": "Arfon", "outcome": ""}, record={"text": ""})
SECOND = case_material("C-0002", "r-99", kept={}, record={})


def test_what_was_appended_is_there_after_the_file_is_opened_again(
    store: Store, sealed: Sealer, reopen: Opener, project: Project
) -> None:
    events = sealed(["yes", "no"])
    assert store.append(ANNA, 0, events, cases=[CASE]) == events
    other = reopen()
    assert tuple(other.events()) == events
    assert other.cases() == (CASE,)
    assert other.project == project


def test_bodies_come_back_to_the_byte_in_the_order_in_which_they_were_taken(
    store: Store, sealed: Sealer
) -> None:
    anna, ben = sealed(["a", "b"]), sealed(["c"], stream=BEN)
    store.append(ANNA, 0, anna[:1])
    store.append(BEN, 0, ben)
    store.append(ANNA, 1, anna[1:])
    expected = [anna[0], ben[0], anna[1]]
    assert [event.body for event in store.events()] == [event.body for event in expected]
    assert list(store.events(stream=ANNA)) == list(anna)


def test_a_cursor_continues_without_gaps_or_repeats(store: Store, sealed: Sealer) -> None:
    events = sealed([str(number) for number in range(7)])
    store.append(ANNA, 0, events[:4])
    assert list(store.events(after=4)) == []
    store.append(ANNA, 4, events[4:])
    assert [list(store.events(after=seen)) for seen in range(8)] == [
        list(events[seen:]) for seen in range(8)
    ]


def test_a_cursor_beyond_the_last_event_is_refused(store: Store, sealed: Sealer) -> None:
    store.append(ANNA, 0, sealed(["a"]))
    with pytest.raises(DamagedError):
        list(store.events(after=2))


def test_events_that_come_while_reading_are_read_too(store: Store, sealed: Sealer) -> None:
    events = sealed(["a", "b"])
    store.append(ANNA, 0, events[:1])
    reading = store.events()
    assert next(reading) == events[0]
    store.append(ANNA, 1, events[1:])
    assert list(reading) == [events[1]]


def test_a_retry_adds_nothing_and_returns_what_is_stored(store: Store, sealed: Sealer) -> None:
    events = sealed(["a", "b"])
    store.append(ANNA, 0, events, cases=[CASE])
    assert store.append(ANNA, 0, events, cases=[CASE]) == events
    assert list(store.events()) == list(events)


def test_an_id_that_is_known_with_another_content_is_refused(store: Store, sealed: Sealer) -> None:
    first, second = sealed(["a", "b"])
    store.append(ANNA, 0, [first])
    with pytest.raises(ForkError, match="id"):
        store.append(ANNA, 0, [first, second])
    assert list(store.events()) == [first]


def test_a_stream_that_moved_on_is_not_written_to(store: Store, sealed: Sealer) -> None:
    store.append(ANNA, 0, sealed(["a"]))
    with pytest.raises(ChangedMeanwhileError, match="meanwhile"):
        store.append(ANNA, 0, sealed(["b"]))
    with pytest.raises(ChangedMeanwhileError):
        store.append(BEN, 1, sealed(["b"], stream=BEN, head=Head(BEN, 1, "a" * 64)))


def test_refusals_leave_no_trace(store: Store, sealed: Sealer) -> None:
    good = sealed(["a", "b", "c"])
    forged = replace(good[0], body=good[0].body.replace(b'"a"', b'"x"'))
    respaced = replace(good[0], body=good[0].body.replace(b'"a"', b' "a"'))
    unlinked = sealed(["z"], head=Head(ANNA, 1, "f" * 64))
    wrong_hash = replace(CASE, record={"text": "other"})
    attempts: list[tuple[type[Exception], Callable[[], object]]] = [
        (EventError, lambda: store.append(ANNA, 0, [good[0], forged])),
        (EventError, lambda: store.append(ANNA, 0, [respaced])),
        (EventError, lambda: store.append(BEN, 0, good)),
        (BrokenChainError, lambda: store.append(ANNA, 0, [good[0], good[2]])),
        (BrokenChainError, lambda: store.append(ANNA, 0, [good[0], *unlinked])),
        (EventError, lambda: store.append(ANNA, 0, good, cases=[CASE, wrong_hash])),
        (EventError, lambda: store.put_cases([SECOND, wrong_hash])),
        (EventError, lambda: store.merge([good[0].body, good[2].body])),
        (EventError, lambda: store.merge([good[0].body, b"{}"])),
    ]
    for expected, attempt in attempts:
        with pytest.raises(expected):
            attempt()
        assert list(store.events()) == []
        assert store.cases() == ()
    assert store.append(ANNA, 0, good) == good


def test_no_events_and_no_cases_write_nothing(store: Store) -> None:
    assert store.append(ANNA, 0, []) == ()
    store.put_cases([])
    assert store.heads() == ()


def test_case_material_comes_back_sorted_and_to_the_letter(store: Store) -> None:
    store.put_cases([SECOND, CASE])
    assert store.cases() == (CASE, SECOND)
    assert store.cases(["C-0002", "C-0002"]) == (SECOND,)
    with pytest.raises(InputError, match="C-0003"):
        store.cases(["C-0001", "C-0003"])


def test_case_material_is_replaced_only_beside_an_event(store: Store, sealed: Sealer) -> None:
    store.put_cases([CASE])
    store.put_cases([CASE])
    with pytest.raises(RefusedError, match="C-0001"):
        store.put_cases([SECOND, OTHER])
    assert store.cases() == (CASE,)
    store.append(ANNA, 0, sealed(["drawn again"]), cases=[OTHER])
    assert store.cases() == (OTHER,)


def test_heads_and_digest_are_those_of_the_ledger(store: Store, sealed: Sealer) -> None:
    anna, ben = sealed(["a", "b"]), sealed(["c"], stream=BEN)
    store.append(BEN, 0, ben)
    store.append(ANNA, 0, anna)
    heads = (Head(ANNA, 2, anna[1].hash), Head(BEN, 1, ben[0].hash))
    assert store.heads() == heads
    assert store.digest() == digest(heads)


def test_a_sound_store_passes_verification(store: Store, sealed: Sealer) -> None:
    store.append(ANNA, 0, sealed(["a", "b"]), cases=[CASE])
    verdict = store.verify()
    assert (verdict.problem, verdict.fault, verdict.events) == (None, None, 2)
    assert verdict.digest == store.digest()
    assert verdict.heads == store.heads()


def test_another_thread_may_write_while_this_one_reads(store: Store, sealed: Sealer) -> None:
    events = sealed([str(number) for number in range(20)])
    store.append(ANNA, 0, events[:10])

    def write() -> None:
        for event in events[10:]:
            store.append(ANNA, event.seq - 1, [event])

    writer = threading.Thread(target=write)
    writer.start()
    while writer.is_alive():
        assert len(list(store.events())) >= 10
    writer.join()
    assert list(store.events()) == list(events)


def test_a_store_opened_for_reading_refuses_to_write(
    store: Store, sealed: Sealer, reopen: Opener
) -> None:
    events = sealed(["a"])
    store.append(ANNA, 0, events, cases=[CASE])
    reader = reopen(read_only=True)
    assert reader.read_only
    assert list(reader.events()) == list(events)
    assert reader.verify().problem is None
    with pytest.raises(ReadOnlyError):
        reader.append(ANNA, 1, sealed(["b"], head=reader.heads()[0]))
    with pytest.raises(ReadOnlyError):
        reader.put_cases([SECOND])


def test_a_closed_store_is_not_used_again(store: Store) -> None:
    with closing(store):
        pass
    store.close()
    with pytest.raises(ValueError, match="closed"):
        store.heads()
