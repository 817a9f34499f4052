"""Draws 75 records in each of 32 strata from a large CSV, against pandas.

Each contender runs in a process of its own, in turn, best of three. Run: python
-m benchmarks.draw [ROWS]. Prints a markdown table; the data are made and removed.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.frame import write_extract

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


CONTENDERS = {
    "dipsample: pass over the bytes and draw": draw_here,
    "dipsample: pass, fingerprint and draw": verify_here,
    "pandas: read_csv(usecols) and groupby.sample": draw_with_pandas,
}


def main() -> None:
    if len(sys.argv) == 4 and sys.argv[1] == "--one":
        started = time.perf_counter()
        CONTENDERS[sys.argv[2]](Path(sys.argv[3]))
        spent = time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps([spent, peak]))
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    best: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "extract.csv"
        write_extract(path, rows)
        for _ in range(ROUNDS):
            for name in CONTENDERS:
                command = [sys.executable, "-m", "benchmarks.draw", "--one", name, str(path)]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                spent, peak = json.loads(done.stdout)
                best[name] = min(best.get(name, (spent, peak)), (spent, peak))
    print(f"## Draw: {rows:,} rows, {STRATA} strata, {TAKE} each, best of {ROUNDS}\n")
    peer_seconds, peer_peak = list(best.values())[-1]
    print("| contender | seconds | of pandas | peak MB | of pandas |\n|---|---|---|---|---|")
    for name, (spent, peak) in best.items():
        ratios = f"{spent / peer_seconds:.2f} | {peak:.0f} | {peak / peer_peak:.2f}"
        print(f"| {name} | {spent:.2f} | {ratios} |")
    print()


if __name__ == "__main__":
    main()
