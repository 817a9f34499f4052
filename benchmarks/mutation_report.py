"""The table of mutants: how many of each module a test notices, and why the others live."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

REASONS = Path(__file__).with_name("mutation_reasons.toml")
NOTICED = frozenset({"failed", "too slow"})


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


def report(found: Mapping[str, tuple[str, Sequence[Outcome]]]) -> str:
    """Return the table of modules, then the survivors of each with the reason.

    Args:
        found: By module the commit that was measured, and one outcome for each mutant.
    """
    lines = ["| module | mutants | noticed | share | commit |", "|---|---|---|---|---|"]
    total = caught = 0
    for name, (commit, outcomes) in found.items():
        if not outcomes:
            continue
        noticed = sum(one.is_noticed for one in outcomes)
        total, caught = total + len(outcomes), caught + noticed
        share = noticed / len(outcomes)
        lines.append(f"| {name} | {len(outcomes)} | {noticed} | {share:.1%} | {commit} |")
    lines.append(f"| **all** | {total} | {caught} | {caught / max(1, total):.1%} | |")
    reasons = tomllib.loads(REASONS.read_text(encoding="utf-8"))
    for name, (_, outcomes) in found.items():
        lines += _survivors(name, outcomes, reasons.get(name, {}))
    return "\n".join(lines)


def _survivors(name: str, outcomes: Sequence[Outcome], reasons: Mapping[str, str]) -> list[str]:
    """Return the survivors of a module; a reason is given for a change, or for a function."""
    lived = [one for one in outcomes if not one.is_noticed]
    if not lived:
        return []
    lines = ["", f"### {name}", "", "| line | change | why it lives |", "|---|---|---|"]
    for one in lived:
        why = reasons.get(one.after) or reasons.get(one.function) or "unexplained"
        change = f"`{one.before}` to `{one.after}`".replace("|", "\\|")
        lines.append(f"| {one.line} | {change} | {why} |")
    return lines
