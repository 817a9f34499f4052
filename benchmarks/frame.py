"""Commits a large frame: checks and fingerprint, against the engine's bare reading of the file.

Run: python benchmarks/frame.py [ROWS]. Prints a markdown table; the data are made and removed.
"""

from __future__ import annotations

import csv
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import duckdb

from sampling.engines import open_frame
from sampling.extracts.survey import survey
from sampling.frame import FrameSpec

COLUMNS = 25
ROUNDS = 3
SPEC = FrameSpec(id_column="id", strata_columns=("area",), keep=("kind_5", "kind_7"))


def bits(number: int, column: int) -> int:
    return int.from_bytes(blake2b(b"%d|%d" % (number, column), digest_size=8).digest(), "big")


def write_extract(path: Path, rows: int) -> None:
    kinds = range(4, COLUMNS)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "area", "month", "note", *(f"kind_{kind}" for kind in kinds)])
        for number in range(rows):
            chance = bits(number, 0)
            cells = [f"{kind}-{(chance >> kind) % kind}" for kind in kinds]
            month = f"2024-{chance % 12 + 1:02}"
            note = f"short, note {chance % 997}"
            writer.writerow([f"{chance:016x}", f"area {chance % 32:02}", month, note, *cells])


def processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def commit(path: Path, rows: int) -> None:
    with open_frame(path, SPEC) as frame:
        assert frame.frame.records == rows


def reopen(path: Path) -> None:
    with open_frame(path, SPEC) as frame:
        frame.fingerprint()


def engine(path: Path, statement: str) -> None:
    names = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(COLUMNS))
    bare = (
        f"read_csv('{path}', columns = {{{names}}}, auto_detect = false, header = true, "
        "delim = ',', strict_mode = true)"
    )
    duckdb.connect().execute(f"{statement} FROM {bare}").fetchall()


def works(path: Path, rows: int) -> dict[str, Callable[[], object]]:
    counts = ", ".join(f"count(c{number})" for number in range(COLUMNS))
    return {
        "engine parses every column": lambda: engine(path, f"SELECT {counts}"),
        "engine reads every column into memory": lambda: engine(path, "CREATE TABLE t AS SELECT *"),
        "our pass over the bytes": lambda: survey(path, ","),
        "open again: pass and fingerprint": lambda: reopen(path),
        "commit: pass, checks, fingerprint": lambda: commit(path, rows),
    }


def measure(work: Callable[[], object]) -> tuple[float, float]:
    started, used = time.perf_counter(), processor_seconds()
    work()
    return time.perf_counter() - started, processor_seconds() - used


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "extract.csv"
        write_extract(path, rows)
        best: dict[str, tuple[float, float]] = {}
        for _ in range(ROUNDS):
            for name, work in works(path, rows).items():
                wall, used = measure(work)
                before = best.get(name, (wall, used))
                best[name] = (min(wall, before[0]), min(used, before[1]))
        size = path.stat().st_size / 1e6
    base = best["engine reads every column into memory"]
    print(f"## Frame: {rows:,} rows x {COLUMNS} columns, {size:.0f} MB, best of {ROUNDS}\n")
    print("| step | seconds | of reading into memory | processor seconds | of reading |")
    print("|---|---|---|---|---|")
    for name, (wall, used) in best.items():
        print(f"| {name} | {wall:.2f} | {wall / base[0]:.2f} | {used:.2f} | {used / base[1]:.2f} |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nPeak memory of the whole run: {peak:.0f} MB")


if __name__ == "__main__":
    main()
