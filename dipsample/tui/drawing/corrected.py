"""Second figures as a page of their own: no corrected figure stands beside a headline."""

from __future__ import annotations

from collections.abc import Sequence

from dipsample.tui.drawing.lines import EMPTY, Line, Role, Span, plain, wrap
from dipsample.tui.drawing.pages import paragraph
from dipsample.tui.models.findings import in_per_cent
from review.second_figure import NAME, TRUTH, ReadingErrors, SecondFigure
from sampling.estimation import MeasuredRate

_LABEL = 14


def corrected_lines(figures: Sequence[SecondFigure], width: int) -> list[Line]:
    """Return the page: what it rests on, then each headline as first read and corrected.

    Args:
        figures: The headlines, in order.
        width: Columns of the terminal.
    """
    head = (
        "A second figure, approximate: never the headline, and no target is held against it. "
        "Every case counts as its first coder first read it. Sensitivity and specificity are how "
        "often such readings were right in the cases drawn to be coded twice."
    )
    lines: list[Line] = [EMPTY, *paragraph(head, width), *paragraph(TRUTH, width)]
    for one in figures:
        lines += [EMPTY, *_figure(one, width)]
    return lines


def _figure(one: SecondFigure, width: int) -> list[Line]:
    lines = paragraph(f"{one.indicator}  {one.label}", width, role=Role.STRONG)
    lines += _entry("as first read", f"{one.yes:,} of {one.base:,}: {in_per_cent(one.read)}", width)
    lines += _rates(one.errors, width)
    if one.why_not is not None:
        return [*lines, *_entry("corrected", f"none: {one.why_not}.", width)]
    level = f", limits at {one.confidence * 100:g} %."
    lines += paragraph(f"{NAME}: {in_per_cent(one.corrected)}{level}", width, indent=3)
    if one.reservation is not None:
        lines += paragraph(f"{one.reservation}.", width, role=Role.NOTICE, indent=3)
    return lines


def _rates(errors: ReadingErrors, width: int) -> list[Line]:
    """Return both rates, and how many cases they leave out; nothing where no case is known."""
    if not (errors.yes.of or errors.no.of or errors.left_out):
        return []
    shown = [("sensitivity", _rate(errors.yes)), ("specificity", _rate(errors.no))]
    if errors.left_out:
        shown.append(("left out", f"{errors.left_out:,}"))
    return [line for label, text in shown for line in _entry(label, text, width)]


def _rate(rate: MeasuredRate) -> str:
    counts = f"{rate.right:,} of {rate.of:,}"
    return counts if rate.weighted is None else f"{counts}, weighted {100 * rate.share:.1f} %"


def _entry(label: str, text: str, width: int) -> list[Line]:
    first, *rest = wrap(text, max(10, width - _LABEL - 5))
    return [
        (Span(f"   {label:<{_LABEL}} ", Role.MUTED), Span(first)),
        *(plain(" " * (_LABEL + 4) + piece) for piece in rest),
    ]
