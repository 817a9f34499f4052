"""How long ``dipsample --help`` takes, against bare Python in the same run.

Bar: at most 6 times ``python -c pass``. Best of ten, alternating.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROUNDS = 10
BAR = 6.0


def seconds(command: Sequence[str]) -> float:
    """Return how long one run of a command takes."""
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


def main() -> None:
    """Print the table."""
    program = Path(sys.executable).with_name("dipsample")
    bare, helped = [], []
    for _ in range(ROUNDS):
        bare.append(seconds([sys.executable, "-c", "pass"]))
        helped.append(seconds([str(program), "--help"]))
    floor, best = min(bare), min(helped)
    print("## `dipsample --help` against bare Python\n")
    print("| | best of 10 | ratio | bar |\n|---|---|---|---|")
    print(f"| python -c pass | {floor * 1000:.0f} ms | 1 | |")
    print(f"| dipsample --help | {best * 1000:.0f} ms | {best / floor:.1f} | {BAR:.0f} |\n")


if __name__ == "__main__":
    main()
