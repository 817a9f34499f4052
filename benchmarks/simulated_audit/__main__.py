"""The simulated audit of 600 cases, with what came of it: ``make simulation``.

Run: ``python -m benchmarks.simulated_audit [CASES [INCIDENTS]]``. It leaves with an error where a
count differs from another, a state cannot be folded again, or drift is not caught.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from benchmarks.simulated_audit.people import DRIFTER
from benchmarks.simulated_audit.stages import HEADLINES, WORKBOOK, Outcome, Run
from dipsample.verification import verify_project

CASES, INCIDENTS = 600, 12_000


def main() -> int:
    """Run it, print what came of it, and say whether all of it holds."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else CASES
    incidents = int(sys.argv[2]) if len(sys.argv) > 2 else INCIDENTS
    begun = time.process_time()
    with tempfile.TemporaryDirectory() as name:
        run = Run(Path(name), incidents=incidents, sample=cases, tell=_tell)
        outcome = run.all()
        _print(outcome)
        faults = [*outcome.faults, *_of_many(outcome), *_not_verified(outcome)]
        outcome.course.audit.close()
    print(f"{time.process_time() - begun:.0f} s of processor time")
    for fault in faults:
        print(f"FAULT {fault}")
    return 1 if faults else 0


def _of_many(outcome: Outcome) -> list[str]:
    """Return what a small sample cannot promise: drift is caught, and the headlines hold."""
    found = [f"{one} misses the truth" for one in outcome.missed if one in HEADLINES]
    if outcome.due_after != (DRIFTER,):
        found.append(f"recalibration was proposed for {outcome.due_after}")
    return found


def _not_verified(outcome: Outcome) -> list[str]:
    """Return what a check of log, extract, draw and workbook finds wrong."""
    course = outcome.course
    found = verify_project(
        course.path,
        passphrase_file=None,
        extract=course.extract,
        workbook=course.folder / WORKBOOK,
    )
    return [check.says for check in found.checks if not check.is_good]


def _tell(stage: str) -> None:
    print(stage, flush=True)


def _print(outcome: Outcome) -> None:
    for one in outcome.findings:
        truth, known = outcome.truth.get(one.indicator), one.known
        if truth is None or known.lower is None or known.upper is None:
            continue
        held = "in" if known.lower <= truth <= known.upper else "OUT"
        print(
            f"{one.indicator:6}{known.estimate:8.3f}{known.lower:8.3f}{known.upper:8.3f}"
            f"{truth:8.3f}  {held}"
        )
    print(f"decided: {outcome.decided}; recalibration: {outcome.due_before} {outcome.due_after}")
    print(f"the counts were held against each other at {outcome.instants} instants")


if __name__ == "__main__":
    sys.exit(main())
