"""The bars of speed and memory, all in one run, each against its peer.

    python -m benchmarks.bars [ROWS [ROUNDS]]     10,000,000 rows and three rounds unless told

Every contender runs in a process of its own, in turn, and its best round counts. Beside the wall
clock stands processor time, imports included, which says more on a machine that has other work.
The extracts are made and removed: at twice the rows they take 5 GB of scratch space.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.draw import CONTENDERS
from benchmarks.frame import write_extract

ROWS, ROUNDS = 10_000_000, 3
COMMITTED = 1_000_000
DRAW, FINGERPRINT, TICKETS, HASHING, PANDAS = CONTENDERS


@dataclass(frozen=True, slots=True)
class Spent:
    """What the best round took."""

    wall: float
    processor: float
    peak: float
    """Megabytes."""


def best_of(names: tuple[str, ...], path: Path, rounds: int) -> dict[str, Spent]:
    """Run the contenders in turn, so that what else the machine does meets them alike."""
    seen: dict[str, list[list[float]]] = {name: [] for name in names}
    for _ in range(rounds):
        for name, runs in seen.items():
            command = [sys.executable, "-m", "benchmarks.draw", "--one", name, str(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            runs.append(json.loads(done.stdout))
    return {name: Spent(*map(min, zip(*runs, strict=True))) for name, runs in seen.items()}


def line(bar: str, ours: float, theirs: float, most: float) -> str:
    share = ours / theirs
    return f"| {bar} | {most} | {share:.2f} | {'met' if share <= most else 'missed'} |"


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "extract.csv"
        write_extract(path, rows)
        once = best_of((DRAW, FINGERPRINT, TICKETS, HASHING, PANDAS), path, rounds)
        write_extract(path, 2 * rows)
        twice = best_of((DRAW,), path, rounds)[DRAW]
    ours, pandas = once[DRAW], once[PANDAS]
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"{rows:,} rows, best of {rounds} in turn; load of the machine at the end {load}.\n")
    print("| work | seconds | processor seconds | peak MB |\n|---|---|---|---|")
    for name, spent in (*once.items(), (f"{DRAW}, {2 * rows:,} rows", twice)):
        print(f"| {name} | {spent.wall:.2f} | {spent.processor:.2f} | {spent.peak:.0f} |")
    print("\n| bar | at most | found | |\n|---|---|---|---|")
    print(line("draw, wall of pandas'", ours.wall, pandas.wall, 1.0))
    print(line("draw, processor time of pandas'", ours.processor, pandas.processor, 1.0))
    for name, what in ((TICKETS, "makes every ticket"), (HASHING, "hashes ids without the seed")):
        scan = once[name]
        print(line(f"draw, wall of the engine's scan that {what}", ours.wall, scan.wall, 1.5))
        print(line("draw, processor time of that scan", ours.processor, scan.processor, 1.5))
    print(line("draw, peak memory of pandas'", ours.peak, pandas.peak, 0.25))
    print(line("fingerprint, peak memory in MB", once[FINGERPRINT].peak, 1.0, 1000))
    print(line("draw of twice the rows, wall", twice.wall, ours.wall, 2.2))
    print(line("draw of twice the rows, processor time", twice.processor, ours.processor, 2.2))
    sys.stdout.flush()
    print()
    subprocess.run([sys.executable, "-m", "benchmarks.frame", str(COMMITTED)], check=True)


if __name__ == "__main__":
    main()
