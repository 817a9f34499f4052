"""When figures may be looked at before every case is closed, and what they then rest on.

Cases count in the order of their numbers, which a ticket chose: only the first ones that are all
closed, because whoever takes whatever happens to be closed takes the cases that are quick to code.
The first t cases of a simple sample are a simple sample; an interval that is valid at every t, or
exact for a stopping rule fixed before coding, may be read at any moment. In strata a moment has
to be fixed by the plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from review.codebook import Codebook
from review.design import CodedCase
from review.indicators import Verdict, choose_indicators, decide
from sampling.estimation import IntervalOfStrata, StoppingRule, stops, stratified
from sampling.looking import CodingStopped, LookTaken, Stopping, planned_points
from sampling.plan import Design, Plan


class Basis(StrEnum):
    """What the intervals of one page of findings rest on."""

    COUNTS = "counts"
    """Nothing: there are counts alone."""
    FIXED_SIZE = "fixed-size"
    """Every case of the sample."""
    ANYTIME = "anytime"
    """The first cases of a simple sample, valid at every look."""
    PLANNED_LOOK = "planned-look"
    """The first cases of a stratified sample, at a look that the plan names."""
    DECLARED_STOP = "declared-stop"
    """The cases up to the stop of a rule that the plan fixed."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one page of findings rests on."""

    basis: Basis
    cases: int | None = None
    """So many cases, in the order of their numbers; None: all of them."""
    words: tuple[str, ...] = ()
    """Sentences for the supervisor: why there is no interval, or what it rests on."""
    is_open: bool = False
    """Whether cases of the sample are open, so that figures can still move."""
    has_departed: bool = False
    """Whether coding did not follow the rule that the plan fixed."""
    looks: int = 1
    """Looks that the plan names, all of which hold together."""
    on: str = ""
    """The indicator that the rule stops on."""
    yes: int = 0
    """Decided yes of that indicator, among the cases."""
    rule: StoppingRule | None = None
    confidence: float = 0.0
    """That of the rule; intervals at any other are not those of the rule."""
    of_strata: IntervalOfStrata = stratified
    """What gives the interval of several strata of known size; one that is not exact puts the flag
    ``preview`` on a finding."""


FIXED: Final = Look(Basis.FIXED_SIZE)
OPEN: Final = Look(Basis.COUNTS, is_open=True)


@dataclass(frozen=True, slots=True)
class Logged:
    """What the log says of looks and stops."""

    plan: Plan
    """As it was committed, before any extension."""
    taken: tuple[LookTaken, ...] = ()
    stopped: CodingStopped | None = None


def fixed_size(cases: Sequence[CodedCase]) -> Look:
    """Return the look of a sample of fixed size: all cases closed, or counts alone."""
    return FIXED if cases and all(case.is_settled for case in cases) else OPEN


def closed_in_order(cases: Sequence[CodedCase]) -> int:
    """Return how many cases from the first on are all closed.

    Args:
        cases: The cases of the sample in the order of their numbers.
    """
    return next((n for n, case in enumerate(cases) if not case.is_settled), len(cases))


def rule_of(stopping: Stopping) -> StoppingRule:
    """Return a rule as the estimation takes it."""
    return StoppingRule(float(stopping.margin), stopping.least, stopping.most, stopping.every)


def stop_of(
    stopping: Stopping, plan: Plan, codebook: Codebook, cases: Sequence[CodedCase]
) -> tuple[int, int] | None:
    """Return where the rule stops among cases that are closed: cases, and yes among them.

    A case counts as yes where its indicator is decided so; one that could not be read, is out of
    scope or cannot be decided does not.

    Args:
        stopping: The rule.
        plan: Whose population and confidence it has.
        codebook: The one that the cases were coded with.
        cases: Closed ones, from the first on in the order of their numbers.

    Returns:
        None where no look among them stops.
    """
    (indicator,) = choose_indicators(codebook, (stopping.on,))
    rule, yes, before = rule_of(stopping), 0, 0
    for coded in rule.looks():
        if coded > len(cases):
            return None
        yes += sum(
            not case.excluded
            and case.sheet is not None
            and decide(indicator, case.sheet).verdict is Verdict.TRUE
            for case in cases[before:coded]
        )
        before = coded
        if stops(
            yes,
            coded,
            population=plan.population,
            rule=rule,
            confidence=float(plan.confidence),
        ):
            return coded, yes
    return None


def look_at(
    logged: Logged, codebook: Codebook, cases: Sequence[CodedCase], *, is_supervisor: bool
) -> Look:
    """Return what findings may rest on now.

    Args:
        logged: What the log says.
        codebook: The one that the cases were coded with.
        cases: The cases of the sample in the order of their numbers.
        is_supervisor: Whether the supervisor asks; nobody else sees provisional figures.
    """
    if cases and all(case.is_settled for case in cases):
        stopping = logged.plan.stopping
        return FIXED if stopping is None else _after_rule(logged, stopping, codebook, cases)
    if not is_supervisor:
        return _counts("Intervals are for the supervisor alone until every case is closed.")
    if logged.plan.design is not Design.SIMPLE:
        return _counts(
            "No interval: records drawn by size or in stages have none that holds before every "
            "case is closed."
        )
    if logged.plan.rolling is not None:
        return _counts(
            "No interval: the cases of a rolling draw are numbered as their records came in, so "
            "the first of them are no sample of the whole frame."
        )
    if len(logged.plan.strata) > 1:
        return _planned(logged)
    return _anytime(logged, codebook, cases)


def _counts(*words: str) -> Look:
    return Look(Basis.COUNTS, words=words, is_open=True)


def _after_rule(
    logged: Logged, stopping: Stopping, codebook: Codebook, cases: Sequence[CodedCase]
) -> Look:
    """Return the look after coding ended: at the stop of the rule, unless coding departed."""
    found = stop_of(stopping, logged.plan, codebook, cases)
    beyond = 0 if logged.stopped is None else logged.stopped.coded_beyond
    if found is None or found[0] != len(cases):
        why = (
            "the rule does not stop at the cases that were coded"
            if found is None
            else f"the rule stops at {found[0]} cases and {len(cases)} were coded"
        )
    elif beyond:
        why = f"{beyond} cases past the stop had been handed in when coding stopped"
    else:
        stopped = (
            f"Coding stopped at {found[0]} cases by the rule of the plan, on {stopping.on}.",
            "Other indicators, and bases that leave cases out, have limits valid at every look.",
        )
        rule = rule_of(stopping)
        return Look(
            Basis.DECLARED_STOP,
            cases=len(cases),
            words=stopped,
            on=stopping.on,
            yes=found[1],
            rule=rule,
            confidence=float(logged.plan.confidence),
        )
    words = (f"Coding departed from the rule of the plan: {why}; limits are those of any look.",)
    return Look(Basis.ANYTIME, len(cases), words, has_departed=True)


def _anytime(logged: Logged, codebook: Codebook, cases: Sequence[CodedCase]) -> Look:
    """Return the look at a simple sample while cases are open."""
    closed = closed_in_order(cases)
    stopping = logged.plan.stopping
    words = [] if stopping is None else [rule_words(stopping, logged.plan, codebook, cases)]
    if not closed:
        return _counts("No interval: the first case in the order of numbers is open.", *words)
    apart = sum(case.is_settled for case in cases) - closed
    rest = f"; {apart} closed after an open one wait" if apart else ""
    words.insert(0, f"Figures rest on the first {closed} cases in the order of numbers{rest}.")
    return Look(Basis.ANYTIME, closed, tuple(words), is_open=True)


def rule_words(
    stopping: Stopping, plan: Plan, codebook: Codebook, cases: Sequence[CodedCase]
) -> str:
    """Say what the rule of the plan says now: stop, or where it looks next."""
    closed = closed_in_order(cases)
    found = stop_of(stopping, plan, codebook, cases[:closed])
    if found is not None:
        return f"STOP: the rule of the plan stops at {found[0]} cases. Record it: dipsample stop."
    following = next(one for one in rule_of(stopping).looks() if one > closed)
    begun = "Go on" if closed >= stopping.least else "The rule has not looked yet"
    return f"{begun}: it looks next at {following} cases; {closed} are closed in order."


def _planned(logged: Logged) -> Look:
    """Return the last look taken at a stratified sample, or why there is none."""
    planned = logged.plan.looks
    if planned is None:
        return _counts(
            "No interval: a stratified sample is looked at early only where its plan names the "
            "looks (plan --looks), and this one names none."
        )
    points = planned_points(logged.plan.sample, planned)
    if not logged.taken:
        return _counts(
            f"No interval yet: the first of {planned} planned looks is at {points[0]} cases "
            "closed in the order of numbers."
        )
    last = logged.taken[-1]
    words = (
        f"Look {last.number} of {planned}: figures rest on the first {last.cases} cases in the "
        f"order of numbers, at a confidence with which all {planned} looks hold together.",
    )
    return Look(Basis.PLANNED_LOOK, last.cases, words, is_open=True, looks=planned)
