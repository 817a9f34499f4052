"""What ``dipsample plan`` prints: the strata, what there is to know, and what sizes would buy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dipsample.cli.console import Format, say, say_table, say_wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from sampling.interval_choice import IntervalForecast
    from sampling.plan import FirstStage, Plan
    from sampling.preview import PlanPreview, StratumForecast
    from sampling.what_sizes_buy import Bought


def say_plan(plan: Plan, layout: Format, *, effect: Decimal) -> None:
    """Print a plan, and as text what it is expected to buy.

    Args:
        plan: As it was committed.
        layout: How; JSON is not printed here.
        effect: The design effect that the forecast of a draw in two stages assumes.
    """
    from dipsample.plan_words import about_the_design, further_sizes
    from sampling.interval_choice import interval_forecasts
    from sampling.preview import preview
    from sampling.what_sizes_buy import bought

    forecast = None if plan.rolling is not None else preview(plan)
    _say_strata(plan, forecast, layout)
    if layout is not Format.TEXT:
        return
    say()
    if plan.first_stage is not None:
        _say_units(plan.first_stage)
        say()
    for sentence in about_the_design(plan):
        say_wrapped(sentence)
    say_sizes(plan, bought(plan, effect=effect))
    if forecast is not None and plan.first_stage is None:
        for sentence in further_sizes(forecast):
            say_wrapped(sentence)
    _say_intervals(plan, interval_forecasts(plan))


def plan_json(plan: Plan) -> dict[str, object]:
    """Return a plan as one object: what is committed, and what intervals of strata would give."""
    from sampling.interval_choice import interval_forecasts

    forecasts: list[dict[str, object]] = [
        {
            "method": str(one.interval),
            "is_default": one.is_default,
            "is_used": one.is_used,
            "promise": one.promise,
            "lower": one.lower,
            "upper": one.upper,
            "half_width": one.half_width,
        }
        for one in interval_forecasts(plan)
    ]
    return {**plan.model_dump(mode="json"), "interval_forecasts": forecasts}


def _say_intervals(plan: Plan, forecasts: Sequence[IntervalForecast]) -> None:
    """Print what each interval of several strata would give, where there is a choice."""
    from dipsample.plan_words import interval_premise, interval_words

    if not forecasts:
        return
    say()
    say_wrapped(interval_premise(plan))
    say_table(
        ("interval of strata", "+/- points", "coverage"),
        [interval_words(one) for one in forecasts],
        right=frozenset({"+/- points"}),
    )


def _say_strata(plan: Plan, forecast: PlanPreview | None, layout: Format) -> None:
    columns: tuple[str, ...]
    if plan.rolling is not None:
        columns = ("stratum", "frame", "drawn on average")
        rows: list[tuple[object, ...]] = [
            (one.name, one.population, f"{one.population * plan.rolling:.1f}")
            for one in plan.strata
        ]
        total: tuple[object, ...] = (
            *("total", plan.population),
            f"{plan.population * plan.rolling:.1f}",
        )
    else:
        columns = ("stratum", "frame", "sample", "reserve", "weight", "drawn", "+/- points", "")
        rows = [_row(stratum) for stratum in (() if forecast is None else forecast.strata)]
        total = ("total", plan.population, plan.sample, plan.reserve, None, None, None, None)
    say_table(
        columns,
        [*rows, total] if layout is Format.TEXT else rows,
        layout=layout,
        right=frozenset(columns[1:7]),
    )


def _row(stratum: StratumForecast) -> tuple[object, ...]:
    return (
        stratum.name,
        stratum.population,
        stratum.sample,
        stratum.reserve,
        f"{stratum.weight:.1f}",
        f"{100 * stratum.fraction:.1f} %",
        f"{100 * stratum.half_width:.1f}",
        _remark_on(stratum),
    )


def _remark_on(stratum: StratumForecast) -> str:
    """Say what there is to know of a stratum that will be reported alone."""
    if stratum.is_census:
        return "census: drawn whole"
    return "small: under 30" if stratum.is_small else ""


def _say_units(stage: FirstStage) -> None:
    say_table(
        ("stratum", "units", "drawn"),
        [(quota.stratum, quota.units, quota.sample) for quota in stage.quotas],
        right=frozenset({"units", "drawn"}),
    )


def say_sizes(plan: Plan, bought: Bought) -> None:
    """Print what this plan and the usual sizes would buy."""
    from dipsample.plan_words import premise

    say_wrapped(premise(bought))
    beside = "units" if plan.first_stage is not None else "share" if plan.rolling else ""
    columns = ("n", *([beside] if beside else []), "interval, +/- points")
    columns = (*columns, "upper limit if none is found")
    rows = []
    for row in bought.rows:
        is_this = " (this plan)" if row.size == plan.sample else ""
        share = [] if row.share is None else [f"{100 * row.share:.2g} %"]
        units = [] if row.units is None else [f"{row.units:,}"]
        rows.append(
            (
                f"{row.size:,}{is_this}",
                *(*units, *share),
                f"{100 * row.half_width:.1f}",
                f"{100 * row.upper_if_none:.1f} %",
            )
        )
    say_table(columns, rows, right=frozenset(columns[1:]))
