"""Findings as text in 80 columns: what was counted, of how many, how sure, and with what care.

Each indicator is a block of its own, so that no figure is apart from its reservations.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from dipsample.cli.codebook_lines import version_lines
from dipsample.cli.console import (
    aligned,
    counted,
    remark_wrapped,
    say,
    say_wrapped,
    wrapped,
)

if TYPE_CHECKING:
    from dipsample.audit import Audit
    from review.finding import Finding, Measure
    from review.looking import Look

CARE: Final = "*"
_INDENT: Final = 4
_DECIDED: Final = (
    "Of each: the cases that were read and could be decided, the percentage with its interval, "
    "the number that this makes in the frame, and what undetermined cases could make of it."
)
_ASIDES: Final = {
    "M6": "Counts incidents; M7 counts the persons arrested in them.",
    "M7": "Counts persons: an incident in which both main parties were arrested (M6) adds two.",
}
_MEANINGS: Final = {
    "wide": "30 percentage points or more, or over 5 points and over 1.3 times the percentage",
    "unreliable": "as uncertain as fewer than 30 cases of a simple random sample",
    "low-base": "fewer than 30 decided cases",
    "few-degrees-of-freedom": "the width of the interval is itself uncertain",
}


def print_findings(audit: Audit, found: Sequence[Finding], look: Look) -> None:
    """Print findings under the state of their audit.

    Args:
        audit: The project, or an earlier version of it.
        found: At one confidence; the groups of an indicator stand behind it.
        look: What figures rest on before the end.
    """
    say_wrapped(f"{audit.title}: {audit.draw_line}")
    if audit.earlier_words:
        say_wrapped(audit.earlier_words)
    _print_state(audit, found, look)
    for line in version_lines(audit.codebook_versions()):
        say_wrapped(line)
    if audit.is_stratified:
        say_wrapped(
            "Percentages speak of the whole frame, each stratum weighed by its size; the numbers "
            "of cases are those that were read, and need not divide to the same."
        )
    say_wrapped(_DECIDED)
    for line in finding_lines(found):
        say(line)
    _print_methods(found, None if audit.plan is None else audit.plan.interval)


def finding_lines(found: Sequence[Finding]) -> list[str]:
    """Return findings as lines of 80 columns, a blank line before each block.

    Args:
        found: The groups of an indicator stand behind it.
    """
    from exports.release.figures import flag_words
    from exports.release.notes import READINGS_DIFFER

    shared = _shared_flags(found)
    lines = [line for flag in shared for line in wrapped(f"{CARE} all: {flag_words(flag)}")]
    if sum(one.indicator.startswith("M") and one.by is None for one in found) > 1:
        lines += ["", *wrapped(f"M1, M2 and so on: {READINGS_DIFFER}")]
    rates, others = _apart(found)
    for _, block in groupby(others, key=lambda one: one.indicator):
        lines += ["", *_block(list(block), shared)]
    if rates:
        lines += ["", *_rate_lines(rates, shared)]
    return [*lines, *_legend(found)]


def _shared_flags(found: Sequence[Finding]) -> list[str]:
    """Return the reservations about every one of several findings: said once, above them."""
    first, *others = found
    return [flag for flag in first.flags if others and all(flag in one.flags for one in others)]


def _apart(found: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Part the rates of answers that do not tell from the rest, where they fit a table."""
    from review.indicators import CANNOT_DETERMINE_RATE

    if any(one.by is not None for one in found):
        return [], list(found)
    rates = [one for one in found if one.indicator.startswith(f"{CANNOT_DETERMINE_RATE}:")]
    return rates, [one for one in found if one not in rates]


def _block(findings: Sequence[Finding], shared: Sequence[str]) -> list[str]:
    """Return an indicator with its groups; what is shared with all others is not said again."""
    first = findings[0]
    label = first.label[:1].upper() + first.label[1:]
    lines = wrapped(f"{first.indicator:<{_INDENT - 1}} {label}", hang=_INDENT)
    if aside := _ASIDES.get(first.indicator):
        lines += wrapped(aside, indent=_INDENT)
    for one in findings:
        indent = _INDENT
        if len(findings) > 1 or one.by is not None:
            name = "whole frame" if one.by is None else f"{one.by} {one.group}"
            lines += wrapped(f"{name}:", indent=indent)
            indent += 2
        for sentence in _sentences(one, shared):
            lines += wrapped(sentence, indent=indent, hang=indent + 2)
    return lines


def _sentences(one: Finding, shared: Sequence[str]) -> Iterable[str]:
    """Yield what is known, what is not, and what is to be read with care."""
    from exports.release.figures import flag_words, has_percentage, in_numbers
    from exports.release.target_words import target_in_words

    counts = f"yes for {one.numerator:,} of {one.denominator:,} decided {_unit(one)}"
    if not has_percentage(one) or one.known.estimate is None:
        yield f"{counts}, no percentage"
    else:
        yield f"{counts}: {_percent(one.known)}{_interval(one)}"
        if numbers := in_numbers(one, one.total):
            yield f"that is about {numbers} of the frame"
    if one.undetermined:
        yield _undetermined(one)
    if target := target_in_words(one, per_cent=" %"):
        yield f"{target[:1].lower()}{target[1:].rstrip('.')}"
    if flags := _flags_to_say(one, shared):
        yield f"{CARE} with care: {'; '.join(flag_words(flag) for flag in flags)}"


def _flags_to_say(one: Finding, shared: Sequence[str]) -> list[str]:
    """Return the reservations of one finding; where there is no percentage, none about it."""
    from exports.release.figures import NO_PERCENTAGE

    without = NO_PERCENTAGE in one.flags
    silent = {*shared, *(_MEANINGS if without else ()), *(("no-events",) if without else ())}
    return [flag for flag in one.flags if flag not in silent]


def _undetermined(one: Finding) -> str:
    """Say how many cases could not be decided, and what they could make of the figure."""
    from exports.release.figures import has_percentage
    from exports.rounding import limits

    of_them = [
        f"{number:,} {what}"
        for number, what in ((one.blank, "left blank"), (one.in_conflict, "in conflict"))
        if number
    ]
    said = f"{counted(one.undetermined, 'case')} undetermined"
    said += f" ({', '.join(of_them)})" if of_them else ""
    bounds = one.bounds
    if bounds.lower is None or bounds.upper is None or not has_percentage(one):
        return said
    low, high = limits(bounds.lower, bounds.upper)
    return (
        f"{said}: {_percent(one.if_undetermined_no)} if all were no, "
        f"{_percent(one.if_undetermined_yes)} if all were yes; with their intervals {low} to "
        f"{high} %"
    )


def _unit(one: Finding) -> str:
    from review.indicators import INDICATORS, IndicatorKind

    persons = {known.id for known in INDICATORS if known.kind is IndicatorKind.PERSONS}
    return "persons" if one.indicator in persons else "cases"


def _percent(measure: Measure) -> str:
    from exports.rounding import percentage

    return "no figure" if measure.estimate is None else f"{percentage(measure.estimate)} %"


def _limits(measure: Measure) -> str:
    """Return an interval in per cent; empty where there is none."""
    from exports.rounding import limits

    if measure.lower is None or measure.upper is None:
        return ""
    low, high = limits(measure.lower, measure.upper)
    return f"{low} to {high} %"


def _interval(one: Finding) -> str:
    from exports.release.figures import CENSUS

    if one.method == CENSUS:
        return ", a complete count"
    said = _limits(one.known)
    return f", {100 * one.confidence:g} % interval {said}" if said else ", no interval"


def _rate_lines(rates: Sequence[Finding], shared: Sequence[str]) -> list[str]:
    """Return how often records did not tell, as a table."""
    from exports.release.figures import has_percentage

    headers = ("question", "not told", "of", "percent", f"{100 * rates[0].confidence:g} % interval")
    rows = [
        (
            f"  {one.indicator.partition(':')[2]}",
            one.numerator,
            one.denominator,
            _percent(one.known) if has_percentage(one) else "-",
            _limits(one.known) if has_percentage(one) else "",
            CARE if _flags_to_say(one, shared) else "",
        )
        for one in rates
    ]
    lines = aligned((*headers, ""), rows, right=frozenset(headers[1:4]))
    return [
        *wrapped("Q.2 How often the record did not tell, of the cases that were asked:"),
        *lines,
        *_flags_of(rates, shared),
    ]


def _flags_of(rates: Sequence[Finding], shared: Sequence[str]) -> Iterable[str]:
    """Yield each reservation once, with the questions that it is about."""
    from exports.release.figures import flag_words

    flags = dict.fromkeys(flag for one in rates for flag in _flags_to_say(one, shared))
    for flag in flags:
        named = [
            one.indicator.partition(":")[2] for one in rates if flag in _flags_to_say(one, shared)
        ]
        about = "all of them" if len(named) == len(rates) > 1 else ", ".join(named)
        yield from wrapped(f"{CARE} {flag_words(flag)}, in {about}", indent=2, hang=4)


def _legend(found: Sequence[Finding]) -> list[str]:
    """Say what the words of care mean, for those that stand here."""
    from exports.release.figures import flag_words

    raised = {flag for one in found for flag in _flags_to_say(one, ())}
    meanings = [
        line
        for flag, meaning in _MEANINGS.items()
        if flag in raised
        for line in wrapped(f"{flag_words(flag)}: {meaning}", indent=2, hang=4)
    ]
    return ["", f"{CARE} What the words mean:", *meanings] if meanings else []


def _print_methods(found: Sequence[Finding], named: str | None) -> None:
    """Name the method of every interval, whether the plan names it, and what it promises."""
    from sampling.estimation import PROMISES, Method

    methods = sorted({one.method for one in found if one.method is not None})
    if not methods:
        return
    say()
    for method in methods:
        ids = dict.fromkeys(one.indicator for one in found if one.method == method)
        by_plan = ", named by the plan" if method == named else ""
        about = "" if len(methods) == 1 else f": {', '.join(ids)}"
        say_wrapped(f"Method of the intervals: {method}{by_plan}{about}", hang=2)
        remark_wrapped(f"{method}: {PROMISES[Method(method)]}")


def _print_state(audit: Audit, found: Sequence[Finding], look: Look) -> None:
    """Say how final the figures are, and what they rest on."""
    from review.case import CaseState
    from review.looking import Basis

    seen = audit.overview()
    if look.is_open:
        no_interval = ", so no interval is shown" if look.basis is Basis.COUNTS else ""
        is_or_are = counted(seen.open_cases, "case is", "cases are")
        say(f"PROVISIONAL: {is_or_are} open{no_interval}")
        say(
            f"final {seen.counts.get(CaseState.FINAL, 0)} of {seen.drawn}, "
            f"excluded {seen.counts.get(CaseState.EXCLUDED, 0)}, {seen.open_words}"
        )
        _say_conflicts(found)
    elif not audit.is_signed_off:
        say("PROVISIONAL: the sample is not signed off")
    for words in look.words:
        say_wrapped(words)


def _say_conflicts(found: Sequence[Finding]) -> None:
    """Say in which findings cases are undetermined because their coders differ."""
    named = [f"{one.indicator} ({one.in_conflict})" for one in found if one.in_conflict]
    if named:
        said = f"Undetermined because coders differ, and not decided yet: {', '.join(named)}"
        say_wrapped(said, hang=2)
