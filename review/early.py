"""Intervals and sizes of a reading, on the basis that a look allows."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from review.finding import Total
from review.looking import Basis, Look
from review.measuring import Incidents, Reading, Size, Tally
from sampling.estimation import (
    DomainCount,
    Interval,
    Method,
    anytime,
    anytime_domain,
    declared_stop,
)


def interval_at(
    reading: Reading, look: Look, *, confidence: float, is_ruled: bool
) -> Interval | None:
    """Return the figure of a reading with the interval that the look allows.

    Args:
        reading: One reading of an indicator, over the cases of the look.
        look: What the findings rest on.
        confidence: 0.5 up to but not 1; with planned looks that of all of them together.
        is_ruled: Whether the reading is of the indicator that a declared rule stops on, over the
            whole frame.

    Returns:
        None where there is nothing to divide by, or no interval holds before the end.
    """
    match look.basis:
        case Basis.COUNTS:
            return None
        case Basis.FIXED_SIZE:
            return reading.interval(confidence, look.of_strata)
        case Basis.PLANNED_LOOK:
            found = reading.interval(1 - (1 - confidence) / look.looks, look.of_strata)
            return None if found is None else replace(found, confidence=confidence)
        case Basis.ANYTIME | Basis.DECLARED_STOP:
            tally = _only(reading)
            if tally is None or not tally.base:
                return None
            if is_ruled and confidence == look.confidence and _is_stop(tally, look):
                return _share(tally, tally.yes, look, confidence)
            return _anytime(tally, confidence)
        case _:
            assert_never(look.basis)


def size_at(reading: Reading, interval: Interval, look: Look, *, is_ruled: bool) -> Size:
    """Return how many records the figure is about, and how many count.

    Args:
        reading: As :func:`interval_at`.
        interval: From :func:`interval_at`.
        look: As there.
        is_ruled: As there.
    """
    tally = _only(reading)
    if look.basis is Basis.PLANNED_LOOK:
        inner = 1 - (1 - interval.confidence) / look.looks
        return reading.size(replace(interval, confidence=inner))
    if look.basis is Basis.FIXED_SIZE or tally is None:
        return reading.size(interval)
    records, read = tally.cell.population, len(tally.cell.cases)
    if tally.base == read:
        return Size(records, is_known=True, total=_grossed_up(interval, records))
    is_counted = (
        is_ruled
        and interval.confidence == look.confidence
        and (read, tally.yes) == (look.cases, look.yes)
    )
    found = (
        _share(tally, tally.yes, look, interval.confidence)
        if is_counted and look.rule is not None
        else anytime(tally.yes, read, population=records, confidence=interval.confidence)
    )
    return Size(
        records * tally.base / read,
        is_known=interval.method is Method.CENSUS,
        total=_grossed_up(found, records),
    )


def _only(reading: Reading) -> Tally | None:
    """Return the tally of a simple sample of incidents; None of any other reading."""
    if isinstance(reading, Incidents) and len(reading.tallies) == 1:
        return reading.tallies[0]
    return None


def _is_stop(tally: Tally, look: Look) -> bool:
    """Say whether a tally is the very count that the rule stopped at, nothing left out."""
    read = len(tally.cell.cases)
    return look.rule is not None and tally.base == read == look.cases and tally.yes == look.yes


def _share(tally: Tally, yes: int, look: Look, confidence: float) -> Interval:
    """Return the exact interval of a rule that stopped at the cases of the look."""
    assert look.rule is not None  # noqa: S101  asked at declared stops alone
    return declared_stop(
        yes,
        len(tally.cell.cases),
        population=tally.cell.population,
        rule=look.rule,
        confidence=confidence,
    )


def _anytime(tally: Tally, confidence: float) -> Interval:
    cell, read = tally.cell, len(tally.cell.cases)
    if tally.base == read:
        return anytime(tally.yes, read, population=cell.population, confidence=confidence)
    count = DomainCount(cell.name, cell.population, read, tally.base, tally.yes)
    return anytime_domain(count, confidence=confidence)


def _grossed_up(interval: Interval, records: int) -> Total:
    return Total(interval.estimate * records, interval.lower * records, interval.upper * records)
