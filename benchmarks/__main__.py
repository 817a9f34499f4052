"""Every benchmark that CI runs, one after the other: ``make bench``.

They inform and do not gate: wall clocks differ between machines, so every table has a peer or a
floor from the same run.
"""

from __future__ import annotations

import subprocess
import sys

MODULES = (
    "startup",
    "keys",
    "notes",
    "append",
    "review_fold",
    "codebook",
    "frame",
    "draw",
    "strata",
)


def main() -> None:
    """Run each in a process of its own; leave with the first failure."""
    for module in MODULES:
        subprocess.run([sys.executable, "-m", f"benchmarks.{module}"], check=True)


if __name__ == "__main__":
    main()
