"""The table of mutants: how many of each module a test notices, and why the others live."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REASONS = Path(__file__).with_name("mutation_reasons.toml")
NOTICED = frozenset({"failed", "too slow"})
PREFACE = (
    "Each mutant is one small change of a module: a comparison moved by one or turned round, an",
    "arithmetic sign exchanged, a number raised by one, a condition negated, a check left out. It",
    "is noticed where a test fails, or takes over eight times its processor time and two seconds.",
    "Tests are those of `tests/sampling/estimation` and of tickets that reach the changed line, a",
    "few seconds of them a mutant, so that a share is a least one. The commit is the one that last",
    "changed the module.",
    "",
)
"""What a reader has to know of the table."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one mutant."""

    function: str
    """Where it lies."""
    line: int
    """First line of its statement."""
    before: str
    """The statement."""
    after: str
    """The statement with the change."""
    result: str
    """``failed`` or ``too slow`` where a test noticed, ``passed`` or ``not reached`` else."""

    @property
    def is_noticed(self) -> bool:
        """Whether a test failed, or never ended."""
        return self.result in NOTICED


def report(found: Mapping[str, tuple[str, Sequence[Outcome]]], unmeasured: Sequence[str]) -> str:
    """Return the table of modules, then the survivors of each by the reason why they live.

    Args:
        found: By module the commit that last changed it, and one outcome for each mutant.
        unmeasured: Modules that were not, or that changed since.
    """
    lines = [
        *PREFACE,
        "| module | mutants | noticed | share | not noticed, explained | commit |",
        "|---|---|---|---|---|---|",
    ]
    total = caught = told = 0
    for name, (commit, outcomes) in found.items():
        if not outcomes:
            continue
        noticed = sum(one.is_noticed for one in outcomes)
        explained = sum(reason_of(name, one) is not None for one in outcomes if not one.is_noticed)
        total, caught, told = total + len(outcomes), caught + noticed, told + explained
        share = f"{noticed / len(outcomes):.1%}"
        cells = (name, len(outcomes), noticed, share, f"{explained} of {len(outcomes) - noticed}")
        lines.append(f"| {' | '.join(map(str, cells))} | {commit} |")
    share = f"{caught / max(1, total):.1%}"
    lines.append(f"| **all** | {total} | {caught} | {share} | {told} of {total - caught} | |")
    if unmeasured:
        lines += ["", f"Not measured as they stand: {', '.join(unmeasured)}."]
    for name, (_, outcomes) in found.items():
        lines += _survivors(name, outcomes)
    return "\n".join(lines)


def reason_of(module: str, one: Outcome) -> str | None:
    """Return why a mutant lives: given for the change, the statement or the function."""
    reasons = _reasons().get(module, {})
    return reasons.get(one.after) or reasons.get(one.before) or reasons.get(one.function)


@cache
def _reasons() -> dict[str, dict[str, str]]:
    return tomllib.loads(REASONS.read_text(encoding="utf-8"))


def _survivors(name: str, outcomes: Sequence[Outcome]) -> list[str]:
    """Return the survivors of a module, those of one reason together."""
    groups: dict[str, list[Outcome]] = {}
    for one in outcomes:
        if not one.is_noticed:
            groups.setdefault(reason_of(name, one) or "unexplained", []).append(one)
    lines = ["", f"## {name}"] if groups else []
    for reason, group in groups.items():
        lines += ["", f"{reason[:1].upper()}{reason[1:]} ({len(group)}):", ""]
        statement = None
        for one in group:
            if (one.line, one.before) != statement:
                lines.append(f"- line {one.line}, `{one.before}`")
                statement = one.line, one.before
            lines.append(f"  - `{one.after}`")
    return lines
