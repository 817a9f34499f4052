from __future__ import annotations

import multiprocessing
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from multiprocessing.queues import Queue
from pathlib import Path

import pytest

from dipsample.errors import ChangedMeanwhileError, LockedError
from dipsample.ledger import GENESIS, Draft, Event, Head, seal
from dipsample.store import Store, case_material, connection, open_store
from dipsample.surroundings import SystemEntropy

Sealer = Callable[..., tuple[Event, ...]]

ANNA = "anna.00000001"
MOMENT = "2025-03-31T09:00:00Z"
EACH = 15


def write(path: Path, stream: str, acknowledged: Queue[str]) -> None:
    """Append one event after the other, each after the last one that the store holds."""
    with closing(open_store(path, passphrase=None)) as store:
        written = 0
        while written < EACH:
            heads = {head.stream: head for head in store.heads()}
            head = heads.get(stream, Head(stream, 0, GENESIS))
            draft = Draft("AnswerSet", "C-0001", {"v": 1, "n": written})
            sealed = seal([draft], stream=stream, head=head, time=MOMENT, entropy=SystemEntropy())
            try:
                store.append(stream, head.seq, sealed)
            except ChangedMeanwhileError:
                continue
            acknowledged.put(sealed[0].hash)
            written += 1


def test_eight_processes_lose_nothing_and_leave_no_gaps(plain_store: Store, path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    acknowledged: Queue[str] = context.Queue()
    writers = [
        context.Process(target=write, args=(path, f"writer.{number % 4}", acknowledged))
        for number in range(8)
    ]
    for writer in writers:
        writer.start()
    hashes = {acknowledged.get(timeout=60) for _ in range(8 * EACH)}
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    events = list(plain_store.events())
    assert {event.hash for event in events} == hashes
    assert len(events) == 8 * EACH
    assert [head.seq for head in plain_store.heads()] == [2 * EACH] * 4
    assert plain_store.verify().problem is None


def test_heads_and_cases_are_read_in_one_view_while_another_writes(
    plain_store: Store, path: Path, sealed: Sealer
) -> None:
    events = sealed([str(number) for number in range(150)])

    def write_all() -> None:
        with closing(open_store(path, passphrase=None)) as other:
            for event in events:
                case = case_material(f"C-{event.seq:04}", "r", kept={}, record={})
                other.append(ANNA, event.seq - 1, [event], cases=[case])

    writer = threading.Thread(target=write_all)
    writer.start()
    while writer.is_alive():
        assert sum(head.seq for head in plain_store.heads()) <= len(events)
        assert len(plain_store.cases()) <= len(events)
    writer.join()
    assert len(plain_store.cases()) == len(events)


def test_a_lock_held_too_long_is_one_sentence_and_the_retry_succeeds(
    plain_store: Store, path: Path, sealed: Sealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_SETTINGS", (*connection._SETTINGS, "busy_timeout = 10"))
    events = sealed(["a"])
    with closing(open_store(path, passphrase=None)) as impatient:
        with closing(sqlite3.connect(path, isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            with pytest.raises(LockedError, match="Another program") as refusal:
                impatient.append(ANNA, 0, events)
            assert refusal.value.exit_code == 7
            assert list(impatient.events()) == []
        assert impatient.append(ANNA, 0, events) == events
