"""Second figures as commands print them: a block under the findings, and its JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from dipsample.cli.console import remark_wrapped, say, say_table, say_wrapped

if TYPE_CHECKING:
    from review.second_figure import SecondFigure
    from sampling.estimation import MeasuredRate

_HEADS = ("id", "as first read", "sensitivity", "specificity", "left out", "corrected", "interval")


def print_corrected(figures: Sequence[SecondFigure]) -> None:
    """Print the headlines corrected for reading errors, each with what it rests on.

    Args:
        figures: Those to print; nothing for none.
    """
    from review.second_figure import NAME, TRUTH

    if not figures:
        return
    say()
    say(f"{NAME.capitalize()} for reading errors: a second figure, never the headline")
    say_table(_HEADS, [_cells(one) for one in figures], right=frozenset({"left out", "corrected"}))
    for one in figures:
        reserved = one.reservation if one.why_not is None else f"none: {one.why_not}"
        if reserved:
            say_wrapped(f"{one.indicator}: {reserved}", indent=2, hang=4)
    remark_wrapped(f"corrected: {TRUTH}")


def _cells(one: SecondFigure) -> tuple[object, ...]:
    errors, found = one.errors, one.corrected
    limits = ""
    if found.lower is not None and found.upper is not None:
        limits = f"{100 * found.lower:.1f} to {100 * found.upper:.1f} %"
    return (
        one.indicator,
        f"{one.yes:,} of {one.base:,}, {_percent(one.read.estimate)}",
        _rate(errors.yes),
        _rate(errors.no),
        errors.left_out,
        _percent(found.estimate),
        limits,
    )


def _rate(rate: MeasuredRate) -> str:
    return _percent(rate.share) if rate.weighted is not None else f"{rate.right:,} of {rate.of:,}"


def _percent(proportion: float | None) -> str:
    return "-" if proportion is None else f"{100 * proportion:.1f} %"


def rate_json(rate: MeasuredRate) -> dict[str, float]:
    """Return a rate as JSON: its counts, and where records weigh differently the weighted rate."""
    shown = asdict(rate)
    return {name: value for name, value in shown.items() if value is not None}


def corrected_json(figures: Sequence[SecondFigure]) -> list[dict[str, object]]:
    """Return the second figures as JSON: counts of both rates, the figure or why there is none."""
    return [
        {
            "indicator": one.indicator,
            "method": "rogan-gladen, approximate",
            "yes": one.yes,
            "base": one.base,
            "read": asdict(one.read),
            "sensitivity": rate_json(one.errors.yes),
            "specificity": rate_json(one.errors.no),
            "left_out": one.errors.left_out,
            **asdict(one.corrected),
            "confidence": one.confidence,
            "is_clipped": one.is_clipped,
            "why_not": one.why_not,
        }
        for one in figures
    ]
