"""From a comparison of audits to a release: estimates, changes, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from exports.release.comparing_series import as_p, chart_table, trend_table
from exports.release.digest import values_sha256
from exports.release.figures import limit_columns, measure_cells, reliability_words
from exports.release.tables import (
    Cell,
    Column,
    ColumnKind,
    Hidden,
    Line,
    LineStyle,
    Mark,
    Release,
    Row,
    Shown,
    Table,
)
from exports.release.titles import NOT_CONTROLLED, PROVISIONAL, SENSITIVE
from exports.rounding import counted, percentage
from exports.text import clean
from review.finding import Measure
from review.waves import Comparison, Point, Shift

TITLE: Final = "Dip samples compared"
_TEXT, _COUNT = ColumnKind.TEXT, ColumnKind.COUNT
_POINTS: Final = ColumnKind.PERCENTAGE
_NONE: Final = Hidden(Mark.NOT_AVAILABLE)


@dataclass(frozen=True, slots=True)
class ComparedAudit:
    """One audit of a comparison: what a reader needs to tell which it is."""

    title: str
    codebook: str
    fingerprint: str
    digest: str
    """Of its log."""
    open_cases: int
    is_signed: bool
    stamp: str
    """RFC 3339, UTC: the claimed time of the last event that its figures rest on."""


def compare_release(audits: Sequence[ComparedAudit], made: Comparison, *, version: str) -> Release:
    """Return everything that a file of a comparison may say.

    Args:
        audits: In the order compared, oldest first.
        made: The comparison.
        version: Of this program.

    Raises:
        ReleaseError: Where there is no indicator to print.
    """
    final = all(audit.is_signed for audit in audits)
    status = (SENSITIVE, *(() if final else (PROVISIONAL,)), NOT_CONTROLLED)
    title = f"{TITLE} ({'; '.join(status)})"
    tables = tuple(_tables(made))
    cover = _cover(title, audits, made)
    notes = _table("notes", "Notes", "Notes", _NOTE_COLUMNS, tuple(_notes(made)))
    digest = values_sha256(cover, (notes, *tables), None)
    stamp = max(audit.stamp for audit in audits)
    return Release(
        title=title,
        subject="Changes between audits of domestic abuse incidents",
        status=status,
        creator=f"dipsample {version}",
        language="en-GB",
        date=stamp[: len("2026-01-01")],
        stamp=stamp,
        cover=cover,
        notes=notes,
        tables=(*tables, _provenance(audits, digest, version)),
        chart=None,
        values_sha256=digest,
    )


_NOTE_COLUMNS: Final = (Column("Note", _TEXT), Column("Text", _TEXT))


def _table(
    name: str, sheet: str, title: str, columns: tuple[Column, ...], rows: tuple[Row, ...]
) -> Table:
    return Table(name=name, sheet=sheet, title=title, columns=columns, rows=rows)


def _cover(title: str, audits: Sequence[ComparedAudit], made: Comparison) -> tuple[Line, ...]:
    named = (
        f"Audit {place}: {clean(audit.title).text}"
        + (f" ({counted(audit.open_cases, 'case')} open)" if audit.open_cases else "")
        + ("" if audit.is_signed else ", not signed off")
        for place, audit in enumerate(audits, start=1)
    )
    return (
        Line(title, LineStyle.TITLE),
        Line("Audits, oldest first", LineStyle.HEADING),
        *(Line(text) for text in named),
        Line("How to read it", LineStyle.HEADING),
        Line(
            "Each audit is compared with the one before it. A change whose interval holds 0 may "
            "be none."
        ),
        Line(f"{counted(made.claims, 'p-value')}, each adjusted for all of them (Holm)."),
    )


def _notes(made: Comparison) -> Iterator[Row]:
    texts = (
        "Limits of a change are made from limits that hold on each side, not from those printed "
        "beside the percentages.",
        "Audits are not compared where codebooks differ, cases are open, or one seed drew both.",
        f"P-values are adjusted for the {made.claims} that were made together.",
    )
    for number, text in enumerate(texts, start=1):
        yield (Shown(f"note {number}"), Shown(text))


def _tables(made: Comparison) -> Iterator[Table]:
    lower, upper = limit_columns(made.confidence)
    yield _table(
        "estimates",
        "1_Estimates",
        "Estimates of each audit",
        (
            Column("Indicator", _TEXT), Column("Audit", _COUNT), Column("Cases", _COUNT),
            Column("Base", _COUNT), Column("Percentage", _POINTS), lower, upper,
            Column("Reliability", _TEXT),
        ),
        tuple(_estimate(row.indicator, row.label, one) for row in made.rows for one in row.points),
    )  # fmt: skip
    shifts = [(row, shift) for row in made.rows for shift in row.shifts]
    if shifts:
        yield _table(
            "compare",
            "9_Compare",
            "Changes from each audit to the next",
            (
                Column("Indicator", _TEXT), Column("Earlier audit", _COUNT),
                Column("This audit", _COUNT),
                Column("Difference in percentage points", _POINTS), lower, upper,
                Column("Adjusted p-value", ColumnKind.NUMBER), Column("Comparable", _TEXT),
            ),
            tuple(_shift(f"{row.indicator}: {row.label}", shift) for row, shift in shifts),
        )  # fmt: skip
    yield from (one for one in (trend_table(made), chart_table(made)) if one is not None)
    judged = [(row, one) for row in made.rows for one in row.points if one.judgement]
    if made.target is not None and judged:
        yield _table(
            "target",
            "9_Target",
            f"Target: at most {percentage(made.target)}%",
            (
                Column("Indicator", _TEXT), Column("Audit", _COUNT), Column("Verdict", _TEXT),
                Column("Adjusted p-value", ColumnKind.NUMBER),
            ),
            tuple(_judged(f"{row.indicator}: {row.label}", one) for row, one in judged),
        )  # fmt: skip


def _estimate(indicator: str, label: str, point: Point) -> Row:
    named = Shown(f"{indicator}: {label}")
    found = point.finding
    if found is None:
        none = (_NONE, _NONE, _NONE, _NONE, _NONE)
        return (named, Shown(point.wave + 1), *none, Shown("not asked by its codebook"))
    return (
        named,
        Shown(point.wave + 1),
        Shown(found.numerator),
        Shown(found.denominator),
        *measure_cells(found.known, found),
        Shown(reliability_words(found.flags)),
    )


def _shift(named: str, shift: Shift) -> Row:
    return (
        Shown(named),
        Shown(shift.earlier + 1),
        Shown(shift.later + 1),
        *_points(shift.difference),
        as_p(shift.adjusted),
        Shown(shift.why_not or "yes"),
    )


def _points(moved: Measure) -> tuple[Cell, Cell, Cell]:
    first, second, third = (
        _NONE if value is None else Shown(percentage(value))
        for value in (moved.estimate, moved.lower, moved.upper)
    )
    return first, second, third


def _judged(named: str, point: Point) -> Row:
    assert point.judgement is not None  # noqa: S101  chosen by the caller
    words = point.judgement.verdict.value.replace("-", " ")
    return (Shown(named), Shown(point.wave + 1), Shown(words), as_p(point.adjusted))


def _provenance(audits: Sequence[ComparedAudit], digest: str, version: str) -> Table:
    items: list[tuple[str, str]] = []
    for place, audit in enumerate(audits, start=1):
        items += [
            (f"Audit {place}: codebook", audit.codebook),
            (f"Audit {place}: frame fingerprint", audit.fingerprint),
            (f"Audit {place}: log digest", audit.digest),
            (f"Audit {place}: time of the last event", audit.stamp),
        ]
    items += [("Software", f"dipsample {version}"), ("Digest of the values", digest)]
    return _table(
        "provenance",
        "Provenance",
        "Provenance",
        (Column("Item", _TEXT), Column("Value", _TEXT)),
        tuple((Shown(item), Shown(clean(value).text)) for item, value in items),
    )
