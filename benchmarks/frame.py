"""Commits a large frame: checks and fingerprint, against the engine's bare reading of the file.

Run: python benchmarks/frame.py [ROWS]. Prints a markdown table; the data are made and removed.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from sampling.engines import open_frame
from sampling.extracts.survey import survey
from sampling.frame import FrameSpec

COLUMNS = 25
ROUNDS = 3
SPEC = FrameSpec(id_column="id", strata_columns=("area",), keep=("kind_5", "kind_7"))


def write_extract(path: Path, rows: int) -> None:
    """Write an invented extract: unique ids, 32 areas, one quoted cell in every row."""
    kinds = range(4, COLUMNS)
    cells = ", ".join(
        f"'{kind}-' || ((chance >> {kind}) % {kind}) AS kind_{kind}" for kind in kinds
    )
    engine = duckdb.connect()
    engine.execute("SET enable_progress_bar = false")
    engine.execute(
        f"""COPY (
            SELECT lpad(lower(hex(chance)), 16, '0') AS id,
                'area ' || lpad((chance % 32)::VARCHAR, 2, '0') AS area,
                '2024-' || lpad((chance % 12 + 1)::VARCHAR, 2, '0') AS month,
                'short, note ' || (chance % 997) AS note, {cells}
            FROM (SELECT hash(range) AS chance FROM range({rows}))
        ) TO '{path}' (HEADER)"""
    )


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
    duckdb.connect().execute(f"{statement} FROM {bare(path)}").fetchall()


def bare(path: Path) -> str:
    """Return the engine's own reading of the extract, every column as text."""
    names = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(COLUMNS))
    return (
        f"read_csv('{path}', columns = {{{names}}}, auto_detect = false, header = true, "
        "delim = ',', strict_mode = true)"
    )


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
