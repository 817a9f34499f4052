"""Compares waves of an audit: differences, trends, charts and targets, adjusted as one family.

Differences are made from limits that hold on each side (:meth:`review.measuring.Incidents.limits`),
not from the intervals that findings print, whose ends are no one-sided limits. Only consecutive
waves are compared, and nothing is compared that was asked by another codebook, is still open, or
was drawn with the same seed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from review.errors import IndicatorError
from review.finding import Bounds, Finding, Measure
from review.indicators import CANNOT_DETERMINE_RATE
from review.measuring import NOTHING, Incidents, Reading, Readings
from review.targets import judged, limits_of
from review.waves import Chart, Comparison, Point, Row, Shift, TrendTest, Wave
from sampling.errors import EstimationError
from sampling.estimation import Method
from sampling.estimation.claims import change, check_target
from sampling.estimation.comparison import (
    LEAST_WAVES_FOR_LIMITS,
    Difference,
    WaveCount,
    difference,
    holm,
    p_chart,
    trend,
)

LEAST_WAVES_FOR_A_TREND: Final = 3
_NO_BOUNDS: Final = Bounds(None, None)


def compare(
    waves: Sequence[Wave],
    *,
    wanted: Sequence[str] | None,
    confidence: float,
    target: float | None,
) -> Comparison:
    """Compare waves in the order given.

    Args:
        waves: One or more, oldest first; one alone is only held against the target.
        wanted: Indicators asked for, which some wave must have; None for all.
        confidence: 0.5 up to but not 1; with a target at least 0.75.
        target: The greatest proportion that meets it, 0 to 1; None for none.

    Returns:
        A row for each indicator that any wave has a finding of.

    Raises:
        IndicatorError: Where no wave has an indicator that was asked for.
        EstimationError: Where confidence or target are out of range.
    """
    _check_wanted(waves, wanted)
    if target is not None:
        check_target(target, confidence)
    labels = {one.indicator: one.label for wave in waves for one in wave.findings}
    rows = [
        Row(
            indicator=indicator,
            label=label,
            points=tuple(
                _point(place, wave, indicator, confidence=confidence, target=target)
                for place, wave in enumerate(waves)
            ),
            shifts=tuple(
                _shift(waves, later, indicator, confidence) for later in range(1, len(waves))
            ),
            trend=_trend(waves, indicator) if len(waves) >= LEAST_WAVES_FOR_A_TREND else None,
            chart=_chart(waves, indicator) if len(waves) >= LEAST_WAVES_FOR_LIMITS else None,
        )
        for indicator, label in labels.items()
    ]
    p_values = [p for row in rows for p in _claims(row) if p is not None]
    adjusted = iter(holm(p_values))
    return Comparison(
        rows=tuple(_adjust(row, adjusted) for row in rows),
        confidence=confidence,
        target=target,
        claims=len(p_values),
    )


def why_not(waves: Sequence[Wave], earlier: int, later: int, indicator: str) -> str | None:
    """Say why two waves cannot be compared in an indicator; None where they can.

    Args:
        waves: All of them.
        earlier: Place of one, from 0.
        later: Place of the other.
        indicator: Its id.
    """
    one, two = waves[earlier], waves[later]
    if one.codebook_id != two.codebook_id:
        return (
            f"not comparable: wave {earlier + 1} was coded with {one.codebook}, wave {later + 1} "
            f"with {two.codebook}"
        )
    if one.codebook_sha256 != two.codebook_sha256:
        return (
            f"not comparable: waves {earlier + 1} and {later + 1} were coded with different texts "
            f"of the codebook {one.codebook_id}"
        )
    if one.seed == two.seed:
        return (
            f"not comparable: waves {earlier + 1} and {later + 1} were drawn with the same seed, "
            "so their samples are not independent"
        )
    for place in (earlier, later):
        if waves[place].open_cases:
            return f"wave {place + 1} has open cases"
    for place in (earlier, later):
        if waves[place].is_by_rule:
            return f"wave {place + 1} has a stopping rule; no interval of a change holds for it"
    for place in (earlier, later):
        if _reading(waves[place], indicator) is None:
            return f"wave {place + 1} has no estimate"
    return None


def _check_wanted(waves: Sequence[Wave], wanted: Sequence[str] | None) -> None:
    known = dict.fromkeys(one for wave in waves for one in wave.indicators)
    unknown = [one for one in wanted or () if one not in (*known, CANNOT_DETERMINE_RATE)]
    if unknown:
        listed = ", ".join(one for one in known if not one.startswith(CANNOT_DETERMINE_RATE))
        raise IndicatorError(
            f"There is no indicator {', '.join(unknown)} in any wave; there are {listed}, and "
            f"{CANNOT_DETERMINE_RATE} for every question."
        )


def _finding(wave: Wave, indicator: str) -> Finding | None:
    return next((one for one in wave.findings if one.indicator == indicator), None)


def _reading(wave: Wave, indicator: str) -> Reading | None:
    """Return what an estimate of known cases rests on; None where there is no estimate."""
    found = _finding(wave, indicator)
    if found is None or found.known.estimate is None or indicator not in wave.readings:
        return None
    return wave.readings[indicator].known


def _point(
    place: int, wave: Wave, indicator: str, *, confidence: float, target: float | None
) -> Point:
    found, reading = _finding(wave, indicator), _reading(wave, indicator)
    if target is None or found is None or reading is None:
        return Point(place, found, None, None, None)
    judgement, turned = judged(
        found, wave.readings[indicator], target=target, confidence=confidence
    )
    return Point(place, found, judgement, turned, None)


def _shift(waves: Sequence[Wave], later: int, indicator: str, confidence: float) -> Shift:
    reason = why_not(waves, later - 1, later, indicator)
    before, after = (_reading(waves[place], indicator) for place in (later - 1, later))
    if reason is not None or before is None or after is None:
        return Shift(later - 1, later, NOTHING, _NO_BOUNDS, (), None, None, reason)
    made = change(limits_of(after), limits_of(before), confidence=confidence)
    methods = {limits_of(one)(confidence).method.value for one in (before, after)}
    return Shift(
        earlier=later - 1,
        later=later,
        difference=Measure(made.difference.estimate, made.difference.lower, made.difference.upper),
        bounds=_bounds(
            (waves[later - 1].readings[indicator], waves[later].readings[indicator]),
            made.difference,
            confidence,
        ),
        methods=tuple(sorted(methods)),
        p_value=made.p_value,
        adjusted=None,
        why_not=None,
    )


def _bounds(readings: tuple[Readings, Readings], known: Difference, confidence: float) -> Bounds:
    """Return the limits of the difference with the undetermined against it and for it."""
    before, after = readings
    low, high = after.if_no.limits(confidence), after.if_yes.limits(confidence)
    least, most = before.if_no.limits(confidence), before.if_yes.limits(confidence)
    if low is None or high is None or least is None or most is None:
        return _NO_BOUNDS
    return Bounds(
        min(known.lower, difference(low, most).lower),
        max(known.upper, difference(high, least).upper),
    )


def _why_not_all(waves: Sequence[Wave], indicator: str) -> str | None:
    """Say why the waves do not make one series; None where they do."""
    pairs = ((a, b) for b in range(len(waves)) for a in range(b))
    return next((why for a, b in pairs if (why := why_not(waves, a, b, indicator))), None)


def _counts(waves: Sequence[Wave], indicator: str) -> tuple[list[WaveCount], bool]:
    """Return the waves as counts, and whether some went in at an effective size."""
    counts, is_effective = [], False
    for place, wave in enumerate(waves):
        found, reading = _finding(wave, indicator), _reading(wave, indicator)
        assert found is not None  # noqa: S101  the series was checked
        sample, yes = float(found.denominator), float(found.numerator)
        is_simple = isinstance(reading, Incidents) and len(reading.tallies) == 1
        if not is_simple and found.method != Method.CENSUS:
            is_effective = True
            sample = found.effective_n or sample
            yes = sample * (found.known.estimate or 0.0)
        counts.append(WaveCount(f"wave {place + 1}", sample, yes))
    return counts, is_effective


def _trend(waves: Sequence[Wave], indicator: str) -> TrendTest:
    if reason := _why_not_all(waves, indicator):
        return TrendTest(None, None, False, reason)
    counts, is_effective = _counts(waves, indicator)
    try:
        return TrendTest(trend(counts), None, is_effective, None)
    except EstimationError:
        return TrendTest(None, None, is_effective, "every answer of every wave is the same")


def _chart(waves: Sequence[Wave], indicator: str) -> Chart:
    if reason := _why_not_all(waves, indicator):
        return Chart((), reason)
    counts, is_effective = _counts(waves, indicator)
    if is_effective:
        return Chart((), "control limits are for simple samples of incidents")
    centre = sum(one.yes for one in counts) / sum(one.sample for one in counts)
    return Chart(p_chart(counts), None, centre)


def _claims(row: Row) -> Iterator[float | None]:
    """Yield the p-values of a row in the order in which they are adjusted."""
    for point in row.points:
        yield None if point.judgement is None else point.judgement.p_value
    for shift in row.shifts:
        yield shift.p_value
    if row.trend is not None:
        yield None if row.trend.trend is None else row.trend.trend.p_value


def _adjust(row: Row, adjusted: Iterator[float]) -> Row:
    """Put the adjusted p-values beside the p-values, in the order of :func:`_claims`."""
    values = [None if p is None else next(adjusted) for p in _claims(row)]
    points, rest = values[: len(row.points)], values[len(row.points) :]
    shifts = rest[: len(row.shifts)]
    return replace(
        row,
        points=tuple(replace(a, adjusted=p) for a, p in zip(row.points, points, strict=True)),
        shifts=tuple(replace(a, adjusted=p) for a, p in zip(row.shifts, shifts, strict=True)),
        trend=None if row.trend is None else replace(row.trend, adjusted=rest[-1]),
    )
