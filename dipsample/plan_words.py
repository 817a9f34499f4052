"""A plan in words, the same on the command line and on the screens."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from sampling.interval_choice import IntervalForecast, promise_of
from sampling.looking import Stopping, planned_points
from sampling.plan import FirstStage, Plan, StrataInterval
from sampling.preview import CAUTIOUS
from sampling.size_weighted import SMALL_SAMPLE
from sampling.what_sizes_buy import Bought, likely_sizes, likely_stop

if TYPE_CHECKING:
    from sampling.preview import PlanPreview

_NAMED: Final = 6


def summary(plan: Plan) -> str:
    """Say in a line how many records are drawn of how many."""
    of = f"of {plan.population:,}"
    if plan.rolling is not None:
        drawn = plan.population * plan.rolling
        return f"{percent(plan.rolling)} of the records on arrival, about {drawn:,.0f} {of} so far"
    if plan.first_stage is not None:
        units = sum(quota.sample for quota in plan.first_stage.quotas)
        return f"{units:,} units, about {plan.sample:,} records {of}"
    return f"{plan.sample:,} records and {plan.reserve:,} in reserve, {of}"


def design(plan: Plan) -> str:
    """Say in a line how they are drawn and looked at, and which interval of strata is named."""
    named = "" if plan.interval is None else f", interval {plan.interval}"
    return f"{_drawn(plan)}{named}"


def _drawn(plan: Plan) -> str:
    strata = f" in {len(plan.strata)} strata" if len(plan.strata) > 1 else ""
    if plan.rolling is not None:
        return f"a rolling draw{strata}"
    if plan.first_stage is not None:
        how = "with chances by their records" if plan.first_stage.is_by_records else "each alike"
        return f"in two stages, units {how}{strata}"
    if plan.stopping is not None:
        return f"a simple random sample, until the interval of {plan.stopping.on} is narrow enough"
    if plan.is_size_weighted:
        return f"with chances by size{strata}, {plan.allocation} allocation"
    looks = "" if plan.looks is None else f", planned looks: {plan.looks}"
    shared = f"{plan.allocation} allocation over {len(plan.strata)} strata"
    return f"{shared if strata else 'a simple random sample'}{looks}"


def about_the_design(plan: Plan) -> tuple[str, ...]:
    """Return what there is to know of a plan before it is committed: sentences."""
    return tuple(_about(plan))


def _about(plan: Plan) -> Iterator[str]:
    if plan.rolling is not None:
        yield from _rolling(plan, plan.rolling)
    if plan.first_stage is not None:
        yield from _two_stages(plan.first_stage)
    elif plan.is_size_weighted:
        yield from _by_size(plan)
    if plan.stopping is not None:
        yield from _rule(plan, plan.stopping)
    if plan.looks is not None:
        points = _listed(planned_points(plan.sample, plan.looks))
        yield (
            f"Figures may be looked at once {points} cases are closed; all looks hold together, "
            "which makes each interval somewhat wider."
        )
    if plan.interval is not None:
        yield _interval(plan, plan.interval)
    if plan.detect is not None:
        yield (
            f"Finds at least one with {percent(plan.confidence)} if {percent(plan.detect)} of the "
            "records have one, wherever they lie."
        )


def _rolling(plan: Plan, rate: Decimal) -> Iterator[str]:
    yield (
        f"Each record is drawn with probability {percent(rate)}, on arrival and by itself: how "
        "many are drawn is left to chance. There is no reserve."
    )
    least, most = likely_sizes(plan) or (0, 0)
    yield (
        f"Of the {plan.population:,} records listed so far that is {plan.population * rate:,.1f} "
        f"on average, and {least:,} to {most:,} in 95 of 100 draws."
    )
    yield (
        "Once the seed is known, whoever gives out the ids of later records could choose who is "
        "drawn: let a system give them that does not know it."
    )


def _two_stages(stage: FirstStage) -> Iterator[str]:
    each = "all records" if stage.per_unit is None else f"up to {_counted(stage.per_unit)}"
    yield f"Of each unit drawn, {each}; the samples of strata are what that gives on average."
    yield (
        "Records of one unit are alike, so that the interval will be wider than that of a simple "
        "sample: how much wider is known once they are coded, and assumed in the forecast."
    )


def _by_size(plan: Plan) -> Iterator[str]:
    yield "Chances go with the sizes. The forecast is that of a sample without sizes."
    few = sum(not one.is_census and one.sample < SMALL_SAMPLE for one in plan.strata)
    if few:
        strata = "1 stratum" if few == 1 else f"{few} strata"
        yield (
            f"{strata} with fewer than {SMALL_SAMPLE} records drawn: their chances can be off by "
            "more than 2 %."
        )


def _rule(plan: Plan, rule: Stopping) -> Iterator[str]:
    points = [*range(rule.least, rule.most, rule.every), rule.most]
    stated = "If the true prevalence is" if plan.expected is not None else "At a prevalence of"
    expected = percent(Decimal("0.5") if plan.expected is None else plan.expected)
    yield (
        f"Coding looks at {_listed(points)} cases, and stops at the first look at which the "
        f"interval of {rule.on} is within {percent(rule.margin)} to each side. {stated} "
        f"{expected}, that is at about {likely_stop(plan):,}."
    )
    yield (
        "The forecast is that of a size fixed beforehand; the interval of a rule is a little wider."
    )


def _interval(plan: Plan, interval: StrataInterval) -> str:
    """Say which interval of strata is fixed, and where it is another one."""
    drawn = sum(not stratum.is_census for stratum in plan.strata)
    if plan.rolling is None and not drawn:
        return f"Every stratum is drawn whole: there is no interval, {interval} or other."
    if plan.rolling is None and drawn == 1:
        return (
            f"One stratum alone is not drawn whole: its interval is hypergeometric-blaker, and "
            f"{interval} is for several."
        )
    return (
        f"The interval of several strata is {interval} ({promise_of(interval, drawn)}); of one "
        "stratum alone, hypergeometric-blaker."
    )


def premise(bought: Bought) -> str:
    """Say what the forecast of sizes rests on, as the beginning of a sentence."""
    assumed = "" if bought.is_stated else " (the cautious choice: say what is expected)"
    effect = "" if bought.effect is None else f" and the design effect {bought.effect} (assumed)"
    return f"If the true prevalence is {percent(bought.expected)}{assumed}{effect}, about:"


def interval_premise(plan: Plan) -> str:
    """Say what the forecast of intervals of strata rests on, as the beginning of a sentence."""
    expected = percent(CAUTIOUS if plan.expected is None else plan.expected)
    return f"If {expected} are yes, each interval of several strata would be, about:"


def interval_words(one: IntervalForecast) -> tuple[str, str, str]:
    """Return an interval of strata in words: its name, its half-width in points, its promise."""
    half_width = one.half_width
    if half_width is None:
        return (str(one.interval), "-", "its tables are too large for this sample")
    marks = [(one.is_used, "this plan"), (one.is_default, "default")]
    said = ", ".join(words for is_so, words in marks if is_so)
    name = f"{one.interval} ({said})" if said else str(one.interval)
    return (name, f"{100 * half_width:.1f}", one.promise)


def further_sizes(preview: PlanPreview) -> tuple[str, ...]:
    """Return the sizes that meet a margin, or rule a rare prevalence out, as sentences."""
    lines = []
    if preview.size_for_margin is not None:
        lines.append(f"The margin asked for is met from n = {preview.size_for_margin:,} on.")
    lines += [
        f"n = {few.size:,} with at most {few.found} found would rule out "
        f"{percent(preview.expected)} or more (simple sample)."
        for few in preview.sizes_for_few
    ]
    return tuple(lines)


def percent(proportion: Decimal) -> str:
    """Return a proportion in per cent, such as ``2.5 %``."""
    return f"{(100 * proportion).normalize():f} %"


def _listed(points: tuple[int, ...] | list[int]) -> str:
    """Return numbers with commas; of many the first ones and the last."""
    if len(points) > _NAMED:
        points = [*points[: _NAMED - 2], *points[-1:]]
        return f"{', '.join(f'{one:,}' for one in points[:-1])} ... {points[-1]:,}"
    return ", ".join(f"{one:,}" for one in points)


def _counted(records: int) -> str:
    return "1 record" if records == 1 else f"{records:,} records"
