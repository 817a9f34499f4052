"""Two pages of figures: the readings of "multiple arrests", and what others published.

They stand on pages of their own: units of count and definitions differ, and a figure beside the
audit's own would be read as a target.
"""

from __future__ import annotations

from collections.abc import Sequence

from dipsample.tui.drawing.lines import EMPTY, Line, Role, Span, plain, wrap
from dipsample.tui.drawing.pages import paragraph
from dipsample.tui.models.findings import in_per_cent
from exports.release.figures import has_percentage
from review.finding import Finding
from review.reference_figures import HEADLINES, NOTE, READINGS, REFERENCE_FIGURES


def readings_lines(findings: Sequence[Finding], width: int) -> list[Line]:
    """Return each reading of "multiple arrests" with the audit's own figure.

    Args:
        findings: The figures of the whole frame.
        width: Columns.
    """
    by_id = {finding.indicator: finding for finding in findings if finding.by is None}
    lines: list[Line] = [EMPTY]
    lines += paragraph(
        "The request does not say what multiple arrests are. Each line is one reading; the "
        "headline uses the one marked.",
        width,
    )
    for number, reading in enumerate(READINGS, 1):
        is_headline = reading.indicators[0] == HEADLINES[0]
        mark: Line = (Span("  (headline)", Role.NOTICE),) if is_headline else EMPTY
        lines += [EMPTY, (Span(f" {number}  {reading.words}", Role.STRONG), *mark)]
        for indicator in reading.indicators:
            finding = by_id.get(indicator)
            if finding is not None:
                lines += _figure(finding, width)
    return lines


def _figure(finding: Finding, width: int) -> list[Line]:
    label = wrap(finding.label, width - 14)
    counts = f"{finding.numerator:,} of {finding.denominator:,}"
    shown = in_per_cent(finding.known) if has_percentage(finding) else "too few for a percentage"
    return [
        (Span(f"    {finding.indicator:<5} "), Span(label[0], Role.MUTED)),
        *(plain(" " * 10 + piece, Role.MUTED) for piece in label[1:]),
        plain(f"          {counts}   {shown}"),
    ]


def reference_lines(width: int) -> list[Line]:
    """Return published figures with unit of count and source, and the note above them."""
    lines: list[Line] = [EMPTY, *paragraph(NOTE, width, role=Role.NOTICE)]
    for figure in REFERENCE_FIGURES:
        source = figure.source + (" (quoted by another work)" if figure.is_secondary else "")
        lines += [EMPTY, *paragraph(figure.figure, width, role=Role.STRONG)]
        lines += _entry("value", figure.value, width)
        lines += _entry("unit", figure.unit, width)
        lines += _entry("source", source, width)
    lines += [EMPTY, *paragraph("The readings in Vermont's public incident data 2019-20, 3,207 "
                                "domestic incidents", width, role=Role.STRONG)]  # fmt: skip
    for reading in READINGS:
        lines += _entry(reading.indicators[0], f"{reading.words}: {reading.elsewhere}", width)
    return lines


def _entry(label: str, text: str, width: int) -> list[Line]:
    pieces = wrap(text, width - 14)
    first: Line = (Span(f"   {label:<7} ", Role.MUTED), Span(pieces[0]))
    return [first, *(plain(" " * 11 + piece) for piece in pieces[1:])]
