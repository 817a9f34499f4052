"""The plan page as lines: the wishes, the allocation, and what sizes buy."""

from __future__ import annotations

from collections.abc import Sequence

from dipsample.plan_wishes import Wish
from dipsample.plan_words import interval_premise, interval_words, premise
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
    wrap,
)
from dipsample.tui.drawing.path import committed_lines, labelled, path_line
from dipsample.tui.drawing.plan_strata import strata_lines
from dipsample.tui.drawing.window import Window
from dipsample.tui.models.planning import (
    EMPTY_WORDS,
    Aim,
    Forecasts,
    PageOption,
    PlanView,
    name_of,
    understood,
)
from dipsample.views import Stage
from sampling.interval_choice import IntervalForecast
from sampling.plan import Allocation, Plan
from sampling.ways import Way

ALLOCATION_KEYS = {
    Allocation.PROPORTIONAL: "p",
    Allocation.EQUAL: "e",
    Allocation.POWER: "w",
    Allocation.NEYMAN: "n",
}
CHANCE_KEYS = {"q": False, "b": True}
"""By letter, whether units are drawn with chances by their records."""

_AIM_WORDS = {Aim.SIZE: "size", Aim.MARGIN: "margin", Aim.DETECT: "detect"}
_USUAL_ROWS = 7
"""Rows that the sizes take, held free while they are worked out."""
_MORE = " = shows what each interval of strata would give, and what it promises."
_INTERVAL = 40
"""Terminal columns of the name of an interval with what it is of the plan."""
_TWO_COLUMNS = 76
"""Terminal columns from which on two lines to type on stand beside each other."""


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
        lines += [*_choices(view, width), *_fields(view, width)]
    else:
        lines.append(plain(" The seed is known, so the plan can no longer change.", Role.MUTED))
    lines.append(rule(width))
    sizes = _sizes(view, width)
    if view.plan is not None:
        below = len(sizes) if view.forecasts is not None else _USUAL_ROWS
        room = height - 3 - len(lines) - below
        lines += strata_lines(view.plan, room, width)
    return with_foot([*lines, *sizes], window)


def _choices(view: PlanView, width: int) -> list[Line]:
    """Return the rows of which one thing is chosen by a letter."""
    draft = view.draft
    lines = [_ways("draw", view.ways, width), _ways("figures", view.looking, width)]
    barred: dict[str, list[str]] = {}
    for one in (*view.ways, *view.looking, *view.intervals):
        if one.barred:
            barred.setdefault(one.barred, []).append(one.key)
    if barred:
        said = ", ".join(f"{' '.join(keys)} {why}" for why, keys in barred.items())
        lines.append(plain(fit(f"   {'not here':<9} {said}", width), Role.MUTED))
    if draft.has_aims:
        aims = [(aim.value, _AIM_WORDS[aim], aim is draft.aim) for aim in Aim]
        lines.append(_options("aim", aims, width))
    if draft.way is Way.TWO_STAGE:
        chances = [
            (
                key,
                "by their records" if by_records else "each alike",
                by_records is draft.by_records,
            )
            for key, by_records in CHANCE_KEYS.items()
        ]
        lines.append(_options("units", chances, width))
    if draft.allocations and view.strata > 1:
        shares = [
            (ALLOCATION_KEYS[one], str(one), one is draft.allocation) for one in draft.allocations
        ]
        lines.append(_options("share out", shares, width))
    if view.intervals:
        lines.append(_ways("interval", view.intervals, width))
    if draft.way is Way.STOPPING:
        lines.append(_options("stops on", [("o", draft.stops_on, True)], width))
    return lines


def _ways(name: str, options: Sequence[PageOption], width: int) -> Line:
    line: Line = (Span(f"   {name:<9} ", Role.MUTED),)
    for one in options:
        state = Chosen.YES if one.is_chosen else Chosen.BARRED if one.barred else Chosen.NO
        option = option_line(OptionView(one.key, one.label, state), several=False)
        line = (*line, *option, Span("  "))
    return fit_line(line, width)


def _options(name: str, options: Sequence[tuple[str, str, bool]], width: int) -> Line:
    line: Line = (Span(f"   {name:<9} ", Role.MUTED),)
    for key, label, is_chosen in options:
        chosen = Chosen.YES if is_chosen else Chosen.NO
        option = option_line(OptionView(key, label, chosen), several=False)
        line = (*line, *option, Span("  "))
    return fit_line(line, width)


def _fields(view: PlanView, width: int) -> list[Line]:
    """Return the lines to type on, two beside each other where there is room."""
    across = 2 if width >= _TWO_COLUMNS else 1
    cells = [_field(view, place, width // across) for place in range(len(view.lines))]
    return [
        tuple(span for cell in cells[start : start + across] for span in cell)
        for start in range(0, len(cells), across)
    ]


def _field(view: PlanView, place: int, width: int) -> Line:
    where, draft = view.lines[place], view.draft
    name, typed = name_of(where, draft.way), draft.typed.get(where, "")
    if where is Wish.EXPECTED and draft.rates and draft.has_aims:
        typed = f"by stratum ({len(draft.rates)})"
    read = understood(where, typed)
    if where is view.cursor:
        return labelled(name, f"{typed}_ {read}", width, here=True)
    shown = f"{typed} {read}".strip()
    return labelled(name, shown or EMPTY_WORDS.get(where, "-"), width, here=False)


def _sizes(view: PlanView, width: int) -> list[Line]:
    if view.plan is None:
        return []
    if view.forecasts is None:
        return [plain(" Working out what this buys ...", Role.MUTED)]
    more = [plain(_MORE, Role.MUTED)] if view.forecasts.has_choice else []
    return [*size_lines(view.forecasts, width), *more]


def size_lines(forecasts: Forecasts, width: int) -> list[Line]:
    """Return what this plan and the usual sizes would buy."""
    bought = forecasts.bought
    lines = [plain(f" {piece}") for piece in wrap(premise(bought), width - 2)]
    has_units = any(row.units is not None for row in bought.rows)
    has_share = any(row.share is not None for row in bought.rows)
    beside = f"{'units':>8}" if has_units else f"{'share':>8}" if has_share else ""
    head = f" {'n':>16}{beside} {'interval, +/- points':>22} {'upper limit if none is found':>30}"
    lines.append(plain(fit(head, width), Role.MUTED))
    for row in bought.rows:
        is_this = row.size == forecasts.plan.sample
        size = f"{'this plan ' if is_this else ''}{row.size:,}"
        units = "" if row.units is None else f"{row.units:>8,}"
        share = "" if row.share is None else f"{f'{100 * row.share:.2g} %':>8}"
        upper = f"{100 * row.upper_if_none:.1f} %"
        text = f" {size:>16}{units}{share} {100 * row.half_width:>22.1f} {upper:>30}"
        lines.append(plain(fit(text, width), Role.STRONG if is_this else Role.TEXT))
    if not any(row.size == forecasts.plan.sample for row in bought.rows):
        lines.append(plain(" This plan draws too few for a forecast of its own.", Role.MUTED))
    return [*lines, *(plain(f" {one}") for one in forecasts.further[:1])]


def interval_lines(plan: Plan, forecasts: Sequence[IntervalForecast], width: int) -> list[Line]:
    """Return what each interval of strata would give.

    Args:
        plan: The plan.
        forecasts: Of the intervals; none while they are worked out.
        width: Terminal columns.
    """
    if not forecasts:
        return [plain(" Working out what each interval of strata would give ...", Role.MUTED)]
    lines = [plain(f" {piece}") for piece in wrap(interval_premise(plan), width - 2)]
    head = f" {'interval of strata':<{_INTERVAL}} {'+/- points':>10}  coverage"
    lines.append(plain(fit(head, width), Role.MUTED))
    for one in forecasts:
        name, half_width, promise = interval_words(one)
        indent = " " * (_INTERVAL + 14)
        pieces = wrap(promise, width - len(indent) - 1)
        role = Role.STRONG if one.is_used else Role.TEXT
        lines.append(plain(f" {name:<{_INTERVAL}} {half_width:>10}  {pieces[0]}", role))
        lines += [plain(indent + piece, role) for piece in pieces[1:]]
    return lines
