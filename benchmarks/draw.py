"""Draws 75 records in each of 32 strata from a large CSV, against pandas.

Each contender runs in a process of its own, in turn, best of three. Run: python
-m benchmarks.draw [ROWS [EXTRACT]]. Prints a markdown table; the data are made and removed,
unless an extract of that many rows is named, made by ``benchmarks.frame.write_extract``. Beside
the wall clock stands processor time, which says more on a machine that has other work.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.frame import bare, processor_seconds, write_extract

STRATA = 32
TAKE = 75
ROUNDS = 3
SEED = "76543210987654321098"


def draw_here(path: Path) -> None:
    from sampling.engines import open_frame
    from sampling.frame import FrameSpec

    spec = FrameSpec(id_column="id", strata_columns=("area",))
    take = {f"area {number:02}": TAKE for number in range(STRATA)}
    with open_frame(path, spec) as frame:
        assert len(frame.draw("sample", SEED, take)) == STRATA * TAKE


def verify_here(path: Path) -> None:
    from sampling.engines import open_frame
    from sampling.frame import FrameSpec

    spec = FrameSpec(id_column="id", strata_columns=("area",))
    take = {f"area {number:02}": TAKE for number in range(STRATA)}
    with open_frame(path, spec) as frame:
        frame.fingerprint()
        assert len(frame.draw("sample", SEED, take)) == STRATA * TAKE


def draw_with_pandas(path: Path) -> None:
    import pandas as pd

    table = pd.read_csv(path, usecols=["id", "area"], dtype=str)
    assert len(table.groupby("area").sample(TAKE, random_state=1)) == STRATA * TAKE


def hash_with_engine(path: Path, hashed_before: str) -> None:
    import duckdb

    engine = duckdb.connect()
    engine.execute("SET enable_progress_bar = false")
    engine.execute(f"SELECT min(sha256('{hashed_before}' || c0)) FROM {bare(path)}")


def hash_tickets(path: Path) -> None:
    """Hash what a draw hashes: here 64 bytes an id, of which SHA-256 makes two blocks."""
    hash_with_engine(path, f"dipsample-ticket-v1|sample|{SEED}|")


def hash_less(path: Path) -> None:
    """Leave out the seed, so that one block is enough: half the hashing of a draw."""
    hash_with_engine(path, "dipsample-ticket-v1|sample|")


CONTENDERS = {
    "dipsample: pass over the bytes and draw": draw_here,
    "dipsample: pass, fingerprint and draw": verify_here,
    "the engine alone: read the file and make every ticket": hash_tickets,
    "the engine alone: the same without the seed, half the hashing": hash_less,
    "pandas: read_csv(usecols) and groupby.sample": draw_with_pandas,
}


def run_one(name: str, path: Path) -> None:
    started = time.perf_counter()
    CONTENDERS[name](path)
    spent = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([spent, processor_seconds(), peak]))


@contextmanager
def extract(rows: int) -> Iterator[Path]:
    if len(sys.argv) > 2:
        yield Path(sys.argv[2])
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "extract.csv"
        write_extract(path, rows)
        yield path


def main() -> None:
    if len(sys.argv) == 4 and sys.argv[1] == "--one":
        run_one(sys.argv[2], Path(sys.argv[3]))
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    seen: dict[str, list[list[float]]] = {name: [] for name in CONTENDERS}
    with extract(rows) as path:
        for _ in range(ROUNDS):
            for name, runs in seen.items():
                command = [sys.executable, "-m", "benchmarks.draw", "--one", name, str(path)]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                runs.append(json.loads(done.stdout))
    best = {
        name: [min(values) for values in zip(*runs, strict=True)] for name, runs in seen.items()
    }
    peer = list(best.values())[-1]
    print(f"## Draw: {rows:,} rows, {STRATA} strata, {TAKE} each, best of {ROUNDS}\n")
    print(
        "| contender | seconds | of pandas | processor seconds | of pandas | peak MB | of pandas |"
    )
    print("|---|---|---|---|---|---|---|")
    for name, values in best.items():
        pairs = zip(values, peer, ("{:.2f}", "{:.2f}", "{:.0f}"), strict=True)
        cells = (f"{form.format(value)} | {value / of:.2f}" for value, of, form in pairs)
        print(f"| {name} | {' | '.join(cells)} |")
    print()


if __name__ == "__main__":
    main()
