"""What a plan draws from each stratum, as lines."""

from __future__ import annotations

from dipsample.tui.drawing.lines import Line, Role, Span, fit, plain, visible, wrap
from sampling.plan import FirstStage, Plan, PlannedStratum

_NAME = 27
_FEWEST = 4
"""Rows from which on at least one stratum is shown: heading, stratum, what is left, total."""


def strata_lines(plan: Plan, room: int, width: int) -> list[Line]:
    """Return the strata in at most ``room`` rows, and the total.

    Where they do not fit, those of the largest samples stand there, and how many are left.
    """
    if room < _FEWEST:
        return [_total(plan, width)] if room > 0 else []
    strata = list(plan.strata)
    if len(strata) > room - 2:
        strata = sorted(strata, key=lambda one: -one.sample)[: room - 3]
    lines = [plain(fit(_head(plan), width), Role.MUTED)]
    lines += [_row(plan, one, width) for one in strata]
    left = len(plan.strata) - len(strata)
    if left:
        words = f" and {left} {'stratum' if left == 1 else 'strata'} more; = shows all"
        lines.append(plain(words, Role.MUTED))
    return [*lines, _total(plan, width)]


def all_strata_lines(plan: Plan, width: int) -> list[Line]:
    """Return every stratum, however many lines that takes."""
    return strata_lines(plan, len(plan.strata) + _FEWEST, width)


def sentence_lines(sentences: tuple[str, ...], width: int) -> list[Line]:
    """Return sentences as paragraphs."""
    return [plain(f" {piece}") for one in sentences for piece in wrap(one, width - 2)]


def _head(plan: Plan) -> str:
    head = f" {'stratum':<{_NAME}} {'frame':>9}"
    if plan.rolling is not None:
        return f"{head}{'drawn on average':>18}"
    if plan.first_stage is not None:
        return f"{head}{'units':>8}{'drawn':>8}{'records on average':>20}"
    return f"{head}{'sample':>8}{'reserve':>8}{'weight':>9}  share of sample"


def _row(plan: Plan, one: PlannedStratum, width: int) -> Line:
    name = f" {fit(visible(one.name), _NAME)} {one.population:>9,}"
    if plan.rolling is not None:
        return plain(fit(f"{name}{one.population * plan.rolling:>18,.1f}", width))
    if plan.first_stage is not None:
        return plain(fit(name + _units(plan.first_stage, one), width))
    part = one.sample / plan.sample
    row = f"{name}{one.sample:>8,}{one.reserve:>8,}"
    row += f"{one.population / one.sample:>9.1f}  {100 * part:>4.0f} % "
    bar = "#" * round(part * max(0, width - len(row) - 1))
    note = " census" if one.is_census else ""
    return (Span(row), Span(bar, Role.CHART), Span(note, Role.MUTED))


def _units(stage: FirstStage, one: PlannedStratum) -> str:
    quota = next(quota for quota in stage.quotas if quota.stratum == one.name)
    return f"{quota.units:>8,}{quota.sample:>8,}{one.sample:>20,}"


def _total(plan: Plan, width: int) -> Line:
    total = f" {'total':<{_NAME}} {plan.population:>9,}"
    if plan.rolling is not None:
        total += f"{plan.population * plan.rolling:>18,.1f}"
    elif plan.first_stage is not None:
        units = sum(quota.units for quota in plan.first_stage.quotas)
        drawn = sum(quota.sample for quota in plan.first_stage.quotas)
        total += f"{units:>8,}{drawn:>8,}{plan.sample:>20,}"
    else:
        total += f"{plan.sample:>8,}{plan.reserve:>8,}"
    return plain(fit(total, width), Role.STRONG)
