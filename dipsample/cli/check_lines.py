"""Silent checks as commands print them: a block under the agreement of coders, and its JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dipsample.cli.console import counted, say, say_table

if TYPE_CHECKING:
    from dipsample.silent_checks import SilentChecks


def print_checks(found: SilentChecks | None) -> None:
    """Print what each coder made of the silent checks; nothing where there are none."""
    if found is None:
        return
    say()
    say(
        f"Silent checks: {counted(found.placed, 'case')} with known answers, never counted; "
        f"{found.handed_in:,} of {counted(found.dealt, 'coding')} handed in"
    )
    columns = ("coder", "dealt", "handed in", "outcomes right", "of", "missed C1")
    say_table(
        columns,
        [
            (one.reviewer, one.dealt, one.handed_in, one.right, one.asked, one.missed)
            for one in found.scores
        ],
        right=frozenset(columns[1:]),
    )


def checks_json(found: SilentChecks | None) -> dict[str, object]:
    """Return the silent checks as JSON, under a key of their own; nothing where there are none."""
    if found is None:
        return {}
    return {
        "silent_checks": {
            "placed": found.placed,
            "cases": list(found.cases),
            "dealt": found.dealt,
            "handed_in": found.handed_in,
            "coders": [
                {
                    "coder": one.reviewer,
                    "dealt": one.dealt,
                    "handed_in": one.handed_in,
                    "right": one.right,
                    "asked": one.asked,
                    "missed": one.missed,
                }
                for one in found.scores
            ],
            "indicators": [
                {
                    "indicator": one.indicator,
                    "known": one.known,
                    "found": one.found,
                    "absent": one.absent,
                    "left": one.left,
                }
                for one in found.verdicts
            ],
        }
    }
