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


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    spec = FrameSpec(id_column="id", strata_columns=("area",), keep=("kind_5", "kind_7"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "extract.csv"
        write_extract(path, rows)
        names = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(COLUMNS))
        bare = (
            f"SELECT * FROM read_csv('{path}', columns = {{{names}}}, auto_detect = false, "
            "header = true, delim = ',', strict_mode = true)"
        )

        def commit() -> None:
            with open_frame(path, spec) as frame:
                assert frame.frame.records == rows

        def reopen() -> None:
            with open_frame(path, spec) as frame:
                frame.fingerprint()

        def parse() -> None:
            counts = ", ".join(f"count(c{number})" for number in range(COLUMNS))
            duckdb.connect().execute(bare.replace("*", counts, 1)).fetchall()

        def load() -> None:
            duckdb.connect().execute(f"CREATE TABLE t AS {bare}")

        works = {
            "engine parses every column": parse,
            "engine reads every column into memory": load,
            "our pass over the bytes": lambda: survey(path, ","),
            "open again: pass and fingerprint": reopen,
            "commit: pass, checks, fingerprint": commit,
        }
        best = dict.fromkeys(works, float("inf"))
        for _ in range(ROUNDS):
            for name, work in works.items():
                best[name] = min(best[name], seconds(work))
        size = path.stat().st_size / 1e6
    base = best["engine reads every column into memory"]
    print(f"{rows:,} rows x {COLUMNS} columns, {size:.0f} MB, best of {ROUNDS}\n")
    print("| step | seconds | ratio to reading into memory |\n|---|---|---|")
    for name, value in best.items():
        print(f"| {name} | {value:.2f} | {value / base:.2f} |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nPeak memory of the whole run: {peak:.0f} MB")


if __name__ == "__main__":
    main()
