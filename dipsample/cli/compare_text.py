"""The text form of ``dipsample compare``: tables, then what was not compared, then how often."""

from __future__ import annotations

from collections.abc import Sequence

from dipsample.cli.console import counted, remark, say, say_table
from dipsample.cli.findings_text import CARE
from dipsample.wave_words import NO_LIMITS, has_change, in_p, in_points, outside_words, plot_of
from exports.release.figures import NO_PERCENTAGE
from exports.release.target_words import VERDICTS
from review.finding import Finding
from review.reference_figures import HEADLINES
from review.waves import Comparison, Point, Row, Shift, Wave
from sampling.estimation import PROMISES, Method
from sampling.estimation.claims import Judgement, Verdict, promise_of_change

_COLUMNS, _ROWS = 80, 11
"""Of a drawing."""
_MOST_DRAWN = 4
"""Of more indicators only the headlines are drawn."""


def print_text(waves: Sequence[Wave], made: Comparison) -> None:
    """Print a comparison.

    Args:
        waves: In order.
        made: What :func:`review.comparing.compare` made of them.
    """
    for place, wave in enumerate(waves, start=1):
        is_open = counted(wave.open_cases, "case is open", "cases are open")
        say(
            f"wave {place}: {wave.title}, coded with {wave.codebook}"
            + (f"; PROVISIONAL: {is_open}" if wave.open_cases else "")
        )
    say()
    _print_waves(made)
    _print_flags(made)
    _print_bounds(made)
    _print_trends(made)
    _print_charts(made)
    _print_plots(made)
    _print_target(made)
    _print_not_compared(made)
    _print_claims(made)


def _print_waves(made: Comparison) -> None:
    headers = ["id", "wave", "yes", "of", "estimate", "interval", ""]
    if made.rows and made.rows[0].shifts:
        headers += ["change", "its interval", "p", "adj. p"]
    lines = []
    for row in made.rows:
        shifts = {shift.later: shift for shift in row.shifts}
        for point in row.points:
            shift = shifts.get(point.wave)
            p = (None, None) if shift is None else (shift.p_value, shift.adjusted)
            cells = (
                *(row.indicator, point.wave + 1, *_estimate(point.finding)),
                *_change(row, shift),
                *(in_p(value) for value in p),
            )
            lines.append((*cells[: len(headers)], row.label if point.wave == 0 else ""))
    right = frozenset({"wave", "yes", "of", "estimate", "change", "p", "adj. p"})
    say_table((*headers, "indicator"), lines, right=right)


def _estimate(found: Finding | None) -> tuple[object, ...]:
    if found is None:
        return ("", "", "-", "", "")
    known, care = found.known, CARE if found.flags else ""
    if known.estimate is None or _is_too_small(found):
        return (found.numerator, found.denominator, "-", "", care)
    return (
        *(found.numerator, found.denominator),
        *(_percent(known.estimate), _percents(known.lower, known.upper), care),
    )


def _change(row: Row, shift: Shift | None) -> tuple[str, str]:
    if shift is None:
        return "", ""
    moved = shift.difference
    if not has_change(row, shift):
        return "-", ""
    return in_points(moved.estimate), f"{in_points(moved.lower)} to {in_points(moved.upper)}"


def _print_flags(made: Comparison) -> None:
    """Say each reservation once, with the figures that it is about."""
    flagged: dict[str, list[str]] = {}
    figures = 0
    for row in made.rows:
        for point in row.points:
            figures += point.finding is not None
            for flag in () if point.finding is None else point.finding.flags:
                flagged.setdefault(flag, []).append(f"{row.indicator} (wave {point.wave + 1})")
    if not flagged:
        return
    say()
    say(f"{CARE} Read with care:")
    for flag, names in flagged.items():
        is_whole = len(names) == figures > 1
        say(f"- {flag.replace('-', ' ')}: {'all of them' if is_whole else ', '.join(names)}")


def _print_bounds(made: Comparison) -> None:
    """Say what the undetermined cases could make of the changes."""
    lines = [
        (
            *(row.indicator, f"{shift.earlier + 1} to {shift.later + 1}"),
            f"{in_points(shift.bounds.lower)} to {in_points(shift.bounds.upper)}",
        )
        for row in made.rows
        for shift in row.shifts
        if shift.bounds.lower is not None
        and has_change(row, shift)
        and (shift.bounds.lower, shift.bounds.upper)
        != (shift.difference.lower, shift.difference.upper)
    ]
    if lines:
        say()
        say("Changes with the undetermined cases counted against them, and for them:")
        say_table(("id", "waves", "bounds with their intervals"), lines)


def _print_trends(made: Comparison) -> None:
    tests = [
        (row, row.trend, row.trend.trend)
        for row in made.rows
        if row.trend is not None and row.trend.trend is not None
    ]
    if not tests:
        return
    say()
    say("Trend over the waves, taken as equally far apart:")
    say_table(
        ("id", "a wave", "chi-square", "p", "adj. p", ""),
        [
            (
                *(row.indicator, in_points(found.slope), f"{found.chi_square:.2f}"),
                *(in_p(found.p_value), in_p(test.adjusted)),
                "at the effective sample size, approximate" if test.is_at_effective_size else "",
            )
            for row, test, found in tests
        ],
        right=frozenset({"a wave", "chi-square", "p", "adj. p"}),
    )
    if made.rows[0].chart is None:
        say(NO_LIMITS)


def _print_charts(made: Comparison) -> None:
    lines = [
        (
            *(row.indicator, point.name, _percent(point.share)),
            *(
                "" if pair is None else _percents(*pair)
                for pair in (point.three_sigma, point.exact)
            ),
            "outside" if point.is_signal else "",
        )
        for row in made.rows
        if row.chart is not None
        for point in row.chart.points
    ]
    if lines:
        say()
        say("P-chart: the share of each wave, and where it would lie if nothing had changed:")
        say_table(("id", "", "share", "3 sigma", "exact limits", ""), lines)


def _print_plots(made: Comparison) -> None:
    """Draw the run of each indicator; of many the headlines alone, to be read at all."""
    few = [row for row in made.rows if row.indicator in HEADLINES]
    for row in made.rows if len(made.rows) <= _MOST_DRAWN else few:
        plot = plot_of(row, (_COLUMNS, _ROWS))
        if plot is not None:
            say()
            say(f"{row.indicator}  {row.label}")
            for line in (*plot.lines, plot.legend):
                say(line)
            if said := outside_words(row):
                say(said)


def _print_target(made: Comparison) -> None:
    if made.target is None:
        return
    say()
    say(f"Target: at most {_percent(made.target)}, at {made.confidence * 100:.4g} % one-sided")
    headers = ("id", "wave", "estimate", "at least", "at most", "target", "p", "adj. p", "")
    say_table(
        headers,
        [
            (row.indicator, *_judged(point, made.confidence))
            for row in made.rows
            for point in row.points
        ],
        right=frozenset({"wave", "estimate", "at least", "at most", "p", "adj. p"}),
    )


def _judged(point: Point, confidence: float) -> tuple[object, ...]:
    found, judged = point.finding, point.judgement
    if found is None or judged is None or found.known.estimate is None:
        return (point.wave + 1, "-", "", "", "no estimate", "", "", "")
    is_small = _is_too_small(found)
    shown = (found.known.estimate, judged.lower, judged.upper)
    return (
        point.wave + 1,
        *("-" if is_small else _percent(value) for value in shown),
        VERDICTS[judged.verdict],
        *(in_p(judged.p_value), in_p(point.adjusted)),
        _beside(point, judged, confidence),
    )


def _beside(point: Point, judged: Judgement, confidence: float) -> str:
    """Return what a verdict needs said beside it."""
    if judged.verdict is Verdict.CANNOT_SAY:
        if judged.deciding_base is None:
            return "no sample would decide: the estimate is at the target"
        return f"a base of about {judged.deciding_base:,} would decide"
    said = []
    if point.if_undetermined not in {None, judged.verdict}:
        speaks = "yes" if judged.verdict is Verdict.MET else "no"
        said.append(f"not if the undetermined cases were {speaks}")
    if point.adjusted is not None and point.adjusted > 1 - confidence:
        said.append("not with all comparisons together")
    return "; ".join(said)


def _print_not_compared(made: Comparison) -> None:
    """Say each reason once, with the indicators that it is about."""
    reasons: dict[str, dict[str, None]] = {}
    for row in made.rows:
        found = [shift.why_not for shift in row.shifts]
        found += [None if row.trend is None else row.trend.why_not]
        found += [None if row.chart is None else row.chart.why_not]
        for reason in found:
            if reason is not None:
                reasons.setdefault(reason, {})[row.indicator] = None
    if not reasons:
        return
    say()
    say("Not compared:")
    for reason, names in reasons.items():
        is_whole = len(names) == len(made.rows) > 1
        say(f"- {reason}: {'all of them' if is_whole else ', '.join(names)}")


def _print_claims(made: Comparison) -> None:
    say()
    say(
        f"{counted(made.claims, 'comparison was', 'comparisons were')} made. p is the least error "
        "at which one holds by itself, adj. p after Holm's adjustment for all of them."
    )
    shifts = [shift for row in made.rows for shift in row.shifts if shift.why_not is None]
    for promise in dict.fromkeys(promise_of_change(shift.methods) for shift in shifts):
        remark(f"change: {promise}")
    found = {point.finding.method for row in made.rows for point in row.points if point.finding} - {
        None
    }
    for method in sorted(str(one) for one in found):
        remark(f"{method}: {PROMISES[Method(method)]}")


def _is_too_small(found: Finding) -> bool:
    return NO_PERCENTAGE in found.flags


def _percent(proportion: float) -> str:
    return f"{100 * proportion:.1f} %"


def _percents(lower: float | None, upper: float | None) -> str:
    if lower is None or upper is None:
        return ""
    return f"{100 * lower:.1f} to {100 * upper:.1f} %"
