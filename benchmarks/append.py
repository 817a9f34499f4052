"""What an append costs beside a bare commit, and what reading 20,000 events costs.

Run: python benchmarks/append.py [FOLDER]

Prints a Markdown table. The ratios are what to read: both sides of each are measured in the same
run, on the same disk, in turns.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from dipsample.ledger import GENESIS, Draft, Event, Head, seal
from dipsample.store import Store, create, new_project, open_store
from dipsample.store.connection import connect, use_write_ahead_log
from dipsample.surroundings import SystemClock, SystemEntropy

COMMITS = 300
EVENTS = 20_000
STREAM = "anna.00000001"
MADE_UP_PHRASE = "only for made up cases"
ENTROPY = SystemEntropy()


def answers(head: Head, count: int) -> tuple[Event, ...]:
    data = {"v": 1, "question": "A3", "old": None, "new": "yes", "reason": "", "seconds": 12}
    drafts = [Draft("AnswerSet", f"C-{number % 400:04}", data) for number in range(count)]
    return seal(drafts, stream=STREAM, head=head, time=SystemClock().now(), entropy=ENTROPY)


def seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def bare_commit(connection: sqlite3.Connection, body: bytes) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO bare (body) VALUES (?)", (body,))
    connection.execute("COMMIT")


def appends(folder: Path, passphrase: str | None) -> tuple[float, float]:
    """Return the medians of a bare commit and of an append, in milliseconds."""
    project = new_project(clock=SystemClock(), entropy=ENTROPY)
    bare_path = folder / "bare.db"
    bare_path.touch()
    bare_times, append_times = [], []
    with (
        closing(connect(bare_path, "mode=rw", passphrase=None)) as bare,
        closing(create(folder / "appends.dip", passphrase=passphrase, project=project)) as store,
    ):
        use_write_ahead_log(bare, bare_path)
        bare.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, body BLOB)")
        head = Head(STREAM, 0, GENESIS)
        for _ in range(COMMITS):
            events = answers(head, 1)
            bare_times.append(seconds(partial(bare_commit, bare, events[0].body)))
            append_times.append(seconds(partial(store.append, STREAM, head.seq, events)))
            head = Head(STREAM, events[0].seq, events[0].hash)
    return median(bare_times) * 1000, median(append_times) * 1000


def reads(folder: Path, passphrase: str | None) -> tuple[float, float, float]:
    """Return the seconds for opening, a full read and a verification of 20,000 events."""
    project = new_project(clock=SystemClock(), entropy=ENTROPY)
    path = folder / "reads.dip"
    with closing(create(path, passphrase=passphrase, project=project)) as store:
        store.append(STREAM, 0, answers(Head(STREAM, 0, GENESIS), EVENTS))
    opened: list[Store] = []
    opening = seconds(lambda: opened.append(open_store(path, passphrase=passphrase)))
    with closing(opened[0]) as store:
        reading = seconds(lambda: sum(1 for _ in store.events()))
        verifying = seconds(store.verify)
        assert store.verify().events == EVENTS
    return opening, reading, verifying


def main() -> None:
    parent = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    print("| | plain | encrypted |")
    print("|---|---|---|")
    columns = []
    for passphrase in (None, MADE_UP_PHRASE):
        with tempfile.TemporaryDirectory(dir=parent) as name:
            bare, append = appends(Path(name), passphrase)
            opening, reading, verifying = reads(Path(name), passphrase)
        columns.append(
            {
                "bare commit, median ms": f"{bare:.2f}",
                "append of one event, median ms": f"{append:.2f}",
                "append over bare commit": f"{append / bare:.2f}",
                f"open with {EVENTS:,} events, s": f"{opening:.3f}",
                f"read {EVENTS:,} events, s": f"{reading:.3f}",
                f"verify {EVENTS:,} events, s": f"{verifying:.3f}",
            }
        )
    for label in columns[0]:
        print(f"| {label} | {columns[0][label]} | {columns[1][label]} |")


if __name__ == "__main__":
    main()
