"""The plan page as lines: the wishes, the allocation, and what sizes buy."""

from __future__ import annotations

from collections.abc import Sequence

from dipsample.tui.drawing.choice import Chosen, OptionView, option_line
from dipsample.tui.drawing.foot import with_foot
from dipsample.tui.drawing.lines import (
    Line,
    Role,
    Span,
    fit,
    fit_line,
    plain,
    rule,
    visible,
    wrap,
)
from dipsample.tui.drawing.path import committed_lines, labelled, path_line
from dipsample.tui.drawing.window import Window
from dipsample.tui.models.planning import (
    AIM_WORDS,
    ALLOCATION_LETTERS,
    Aim,
    Bought,
    Field,
    PlanView,
    name_of,
)
from dipsample.views import Stage
from sampling.plan import Plan

_FEWEST_STRATA = 3


def plan_lines(
    view: PlanView,
    stage: Stage,
    window: Window,
) -> list[Line]:
    """Return the whole page.

    Args:
        view: What it shows.
        stage: How far the project is.
        window: What it is drawn into.
    """
    width, height = window.size
    lines = [path_line(1, stage, view.title, view.saved, width)]
    lines += committed_lines(view.committed, width)
    if view.can_change:
        lines += [_field(view, where, width) for where in Field]
    else:
        lines.append(plain(" The seed is known, so the plan can no longer change.", Role.MUTED))
    lines.append(rule(width))
    bought = _sizes(view, width)
    room = height - 3 - len(lines) - len(bought)
    if view.plan is not None:
        lines += _strata(view.plan, max(_FEWEST_STRATA, room), width)
    return with_foot([*lines, *bought], window)


def _field(view: PlanView, where: Field, width: int) -> Line:
    is_here = where is view.cursor
    if where is Field.AIM:
        options = [(aim.value, AIM_WORDS[aim], aim is view.draft.aim) for aim in Aim]
        return _options("aim", options, width, is_here=is_here)
    if where is Field.ALLOCATION:
        options = [
            (letter, str(allocation), allocation is view.draft.allocation)
            for letter, allocation in ALLOCATION_LETTERS.items()
        ]
        return _options("allocation", options, width, is_here=is_here)
    typed = view.draft.typed.get(where, "")
    if where is Field.EXPECTED and view.draft.rates:
        typed = f"by stratum, from a file of {len(view.draft.rates)}"
    if is_here:
        return labelled(name_of(where, view.draft.aim), typed + "_", width, here=True)
    missing = "none" if where is Field.MAXIMUM else "-"
    return labelled(name_of(where, view.draft.aim), typed or missing, width, here=False)


def _options(
    name: str, options: Sequence[tuple[str, str, bool]], width: int, *, is_here: bool
) -> Line:
    line: Line = (Span(f" {'>' if is_here else ' '} {name:<12}", Role.MUTED),)
    for key, label, is_chosen in options:
        chosen = Chosen.YES if is_chosen else Chosen.NO
        option = option_line(OptionView(key, label, chosen), several=False)
        line = (*line, *option, Span("  "))
    return fit_line(line, width)


def _strata(plan: Plan, room: int, width: int) -> list[Line]:
    """Return the allocation; where it does not fit, the largest samples, and how many are left."""
    head = f" {'stratum':<28}{'frame':>9}{'sample':>8}{'reserve':>8}{'weight':>9}  share of sample"
    strata = list(plan.strata)
    if len(strata) > room - 2:
        strata = sorted(strata, key=lambda one: -one.sample)[: max(1, room - 3)]
    lines = [plain(fit(head, width), Role.MUTED)]
    for one in strata:
        part = one.sample / plan.sample
        row = f" {fit(visible(one.name), 27)} {one.population:>9,}{one.sample:>8,}{one.reserve:>8,}"
        row += f"{one.population / one.sample:>9.1f}  {100 * part:>4.0f} % "
        bar = "#" * round(part * max(0, width - len(row) - 1))
        note = " census" if one.is_census else ""
        lines.append((Span(row), Span(bar, Role.CHART), Span(note, Role.MUTED)))
    left = len(plan.strata) - len(strata)
    if left:
        lines.append(plain(f" and {left} strata more", Role.MUTED))
    total = f" {'total':<27} {plan.population:>9,}{plan.sample:>8,}{plan.reserve:>8,}"
    return [*lines, plain(total, Role.STRONG)]


def _sizes(view: PlanView, width: int) -> list[Line]:
    if view.plan is None:
        return []
    if view.bought is None:
        return [plain(" Working out what this buys ...", Role.MUTED)]
    return _bought(view.bought, width)


def _bought(bought: Bought, width: int) -> list[Line]:
    preview = bought.preview
    stated = "" if preview.is_stated else " (the cautious choice: type what is expected)"
    percent = f"{float(100 * preview.expected):g}"
    words = f"If the true prevalence is {percent} %{stated}, about:"
    lines = [plain(f" {piece}") for piece in wrap(words, width - 2)]
    head = f" {'n':>18} {'interval, +/- points':>22} {'upper limit if none is found':>30}"
    lines.append(plain(fit(head, width), Role.MUTED))
    for one in bought.sizes:
        is_this = one.size == bought.plan.sample
        size = f"{'this plan ' if is_this else ''}{one.size:,}"
        upper = f"{100 * one.upper_if_none:.1f} %"
        row = f" {size:>18} {100 * one.half_width:>22.1f} {upper:>30}"
        lines.append(plain(row, Role.STRONG if is_this else Role.TEXT))
    if preview.size_for_margin is not None:
        lines.append(plain(f" The margin is met from n = {preview.size_for_margin:,} on."))
    return lines
