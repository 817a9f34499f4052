"""A frame in numbers: what a collapse does, strata against other counts, and identifiability."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dipsample.cli.console import counted, say, say_table

if TYPE_CHECKING:
    from sampling.checks import ExtractReport
    from sampling.collapsing import Collapsed
    from sampling.frame import StratumSize, Uniqueness

_WORST_SHOWN = 10


def print_collapse(collapsed: Collapsed) -> None:
    """Print what making one record of several rows does."""
    say()
    say(
        f"collapsed by {collapsed.key}: {counted(collapsed.rows, 'row')}, "
        f"{counted(collapsed.records, 'record')}; the largest has {collapsed.largest:,}"
    )
    say_table(
        ("rows of a record", "records"),
        [(size.rows, f"{size.records:,}") for size in collapsed.sizes],
        right=frozenset({"records"}),
    )
    if collapsed.columns:
        say()
        say_table(
            ("column", "records whose rows differ", "rule"),
            [
                (one.column, f"{one.records:,}", one.rule.value if one.rule else "")
                for one in collapsed.columns
            ],
            right=frozenset({"records whose rows differ"}),
        )


def print_strata(strata: Sequence[StratumSize], independent: Sequence[StratumSize]) -> None:
    """Print records by stratum, beside an independent count where there is one."""
    say()
    found = {stratum.name: stratum.records for stratum in strata}
    if not independent:
        say_table(
            ("stratum", "records"),
            [(name, f"{records:,}") for name, records in found.items()],
            right=frozenset({"records"}),
        )
        return
    counts = {one.name: one.records for one in independent}
    say_table(
        ("stratum", "records", "independent", "difference"),
        [
            (name, f"{found.get(name, 0):,}", *_against(found.get(name, 0), counts.get(name)))
            for name in sorted(found.keys() | counts, key=str.encode)
        ],
        right=frozenset({"records", "independent", "difference"}),
    )


def _against(records: int, independent: int | None) -> tuple[str, str]:
    if independent is None:
        return "not counted", ""
    return f"{independent:,}", f"{records - independent:+,}" if records != independent else "0"


def print_identifiability(report: ExtractReport) -> None:
    """Print how many records stand alone, and what coarser values would do beside it."""
    if not report.identifiability or not report.records:
        return
    say()
    say("How identifiable the records are (call them pseudonymised, never anonymised):")
    if report.mended:
        _print_beside(report)
    else:
        _print_table(report.identifiability, report.records)
    if len(report.subsets) > len(report.identifiability):
        say()
        say("The sets of up to three of these columns on which most records stand alone:")
        _print_table(report.subsets[:_WORST_SHOWN], report.records)


def _print_table(table: Sequence[Uniqueness], records: int) -> None:
    say_table(
        ("combinations", "unique", "in cells under 5", "columns"),
        [
            (
                f"{line.combinations:,}",
                _share(line.unique, records),
                _share(line.under_five, records),
                ", ".join(line.columns),
            )
            for line in table
        ],
        right=frozenset({"combinations", "unique", "in cells under 5"}),
    )


def _print_beside(report: ExtractReport) -> None:
    """Print the growing table with the share that coarser values would leave alone."""
    records = report.records
    say_table(
        ("combinations", "unique", "in cells under 5", "unique if coarser", "columns"),
        [
            (
                f"{line.combinations:,}",
                _share(line.unique, records),
                _share(line.under_five, records),
                _share(coarse.unique, records),
                ", ".join(line.columns),
            )
            for line, coarse in zip(report.identifiability, report.mended, strict=True)
        ],
        right=frozenset({"combinations", "unique", "in cells under 5", "unique if coarser"}),
    )
    exact, coarse = report.identifiability[-1].columns, report.mended[-1].columns
    changed = [
        f"{after} for {before}"
        for before, after in zip(exact, coarse, strict=True)
        if before != after
    ]
    say(f"Coarser: {', '.join(changed)}.")


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %"
