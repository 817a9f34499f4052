"""``dipsample plan``."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dipsample.cli.console import Format, counted, remark, say, say_json, say_table
from dipsample.cli.options import (
    as_option,
    decimal_option,
    format_option,
    passphrase_option,
    project_argument,
)

if TYPE_CHECKING:
    from sampling.looking import Stopping
    from sampling.plan import FirstStage, Plan
    from sampling.preview import PlanPreview, StratumForecast


@click.command(
    name="plan",
    short_help="Fix how many records are drawn, with what that buys.",
    epilog="Examples: dipsample plan audit.dip --size 400 --expect 0.04; "
    "dipsample plan audit.dip --margin 0.02 --expect 0.05 --allocation equal; "
    "dipsample plan audit.dip --detect 0.01 --expect-by rates.csv --allocation neyman; "
    "dipsample plan audit.dip --size 300 --size-weighted; "
    "dipsample plan audit.dip --units 12 --per-unit 25; "
    "dipsample plan audit.dip --rolling 0.05; "
    "dipsample plan audit.dip --stop-at-margin --margin 0.03 --at-least 100 --at-most 400 "
    "--every 25; dipsample plan audit.dip --size 400 --looks 2",
)
@project_argument
@click.option("--size", type=click.IntRange(min=1), help="Records in the sample.")
@decimal_option("--margin", "Half-width wanted, with --expect, in place of --size.")
@decimal_option("--detect", "See at least one yes if this share of the frame has one.")
@decimal_option("--expect", "Prevalence expected; the forecast rests on it.")
@click.option(
    "--expect-by",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A CSV with the columns stratum,expect: the prevalence expected in each stratum.",
)
@decimal_option("--confidence", "Confidence of the intervals, 0.95 unless given.")
@click.option(
    "--allocation",
    type=click.Choice(["proportional", "equal", "neyman", "power"]),
    default="proportional",
    show_default=True,
    help="How the sample is shared out over the strata.",
)
@click.option(
    "--min-per-stratum",
    "minimum",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    help="Smallest sample of a stratum; one of that size or less is drawn whole.",
)
@click.option(
    "--max-per-stratum",
    "maximum",
    type=click.IntRange(min=1),
    help="Largest sample of a stratum.",
)
@click.option(
    "--reserve",
    default="10%",
    show_default=True,
    metavar="R|R%",
    help="Records held in reserve: a total, or a share of each stratum's sample.",
)
@click.option(
    "--size-weighted",
    "is_size_weighted",
    is_flag=True,
    help="Draw with chances in proportion to the frame's sizes (with --units: to their records).",
)
@click.option(
    "--units", type=click.IntRange(min=1), help="Draw so many units first, then records of each."
)
@click.option(
    "--per-unit",
    type=click.IntRange(min=1),
    help="Records of each unit drawn, with --units; all unless given.",
)
@decimal_option("--rolling", "Draw this share of a frame that is still growing.")
@click.option(
    "--stop-at-margin",
    "stops",
    is_flag=True,
    help="Code until the interval is within --margin; simple samples, with the options below.",
)
@click.option("--at-least", type=click.IntRange(min=1), help="Cases at the first look.")
@click.option("--at-most", type=click.IntRange(min=1), help="Cases at which it stops in any case.")
@click.option("--every", type=click.IntRange(min=1), help="Cases from one look to the next.")
@click.option(
    "--stop-on",
    metavar="INDICATOR",
    help="Whose interval stops it, with --stop-at-margin; M2 unless given.",
)
@click.option(
    "--looks",
    type=click.IntRange(min=1),
    help="Looks at provisional figures of a stratified sample before its end.",
)
@as_option
@passphrase_option
@format_option
def command(
    project: Path,
    size: int | None,
    margin: Decimal | None,
    detect: Decimal | None,
    expect: Decimal | None,
    expect_by: Path | None,
    confidence: Decimal | None,
    allocation: str,
    minimum: int,
    maximum: int | None,
    reserve: str,
    is_size_weighted: bool,
    units: int | None,
    per_unit: int | None,
    rolling: Decimal | None,
    stops: bool,
    at_least: int | None,
    at_most: int | None,
    every: int | None,
    stop_on: str | None,
    looks: int | None,
    name: str | None,
    passphrase_file: Path | None,
    layout: Format,
) -> None:
    """Fix how many records are drawn from each stratum, before any seed is known.

    Give --size, or --margin with a prevalence expected, or --detect. Shares are proportional to
    the records of a stratum, equal, in proportion to the square root of the records (power), or
    by the records and the prevalence expected in each stratum (neyman, with --expect-by).

    With --size-weighted a record's chance goes with its size (frame commit --size). With --units
    the draw has two stages: so many units (frame commit --unit), shared out over the strata, then
    --per-unit records of each, or all of them.

    With --rolling the frame may grow: each record is drawn or not by itself, on arrival, and the
    size of the sample is left to chance. Later extracts are taken in with extend --earlier.

    With --stop-at-margin the sample is --at-most records, and coding stops at the first look at
    which the interval of --stop-on is within the margin. With --looks the supervisor may see
    figures of strata so often before the end, at points that the plan spaces evenly.

    Prints what the plan is expected to buy. It can be made again until the seed is revealed;
    every plan is counted.
    """
    from dipsample.cli.projects import opened
    from dipsample.system import who
    from sampling.plan import Allocation
    from sampling.planning import DEFAULT_CONFIDENCE, PlanRequest
    from sampling.preview import preview

    stopping = _stopping(stops, (at_least, at_most, every), margin=margin, on=stop_on)
    if stopping is not None and size is None:
        size, margin = stopping.most, None
    if [size, margin, detect, units, rolling].count(None) != 4:
        raise click.UsageError(
            "Give --size, or --margin with --expect, or --detect, or --units, or --rolling."
        )
    request = PlanRequest(
        size=size,
        margin=margin,
        detect=detect,
        expected=expect,
        rates=_rates(expect_by, expect, allocation),
        confidence=confidence or DEFAULT_CONFIDENCE,
        allocation=Allocation(allocation),
        minimum=minimum,
        maximum=maximum,
        reserve=reserve,
        is_size_weighted=is_size_weighted,
        units=units,
        per_unit=per_unit,
        rolling=rolling,
        stopping=stopping,
        looks=looks,
    )
    with opened(project, passphrase_file) as audit:
        before = audit.digest()
        plan = audit.commit_plan(who(name), request)
        if layout is Format.JSON:
            say_json(plan.model_dump(mode="json"))
            return
        if plan.rolling is None:
            _print(plan, preview(plan), layout)
        else:
            _print_rolling(plan, plan.rolling, layout)
        if audit.digest() == before:
            remark("This very plan was committed already; nothing was written.")
            return
        remark(
            f"Now let the seed be made in front of a witness: 20 digits from ten-sided dice. "
            f'Then: dipsample draw {project} EXTRACT --seed SEED --seed-source "..."'
        )


def _stopping(
    stops: bool,
    cases: tuple[int | None, int | None, int | None],
    *,
    margin: Decimal | None,
    on: str | None,
) -> Stopping | None:
    """Return the rule by which coding stops, where one is asked for."""
    from review.reference_figures import HEADLINES
    from sampling.looking import Stopping

    least, most, every = cases
    if not stops:
        if on is not None or (least, most, every) != (None, None, None):
            raise click.UsageError(
                "--at-least, --at-most, --every and --stop-on belong to --stop-at-margin."
            )
        return None
    if least is None or most is None or every is None or margin is None:
        raise click.UsageError(
            "--stop-at-margin needs --margin, --at-least, --at-most and --every."
        )
    return Stopping(margin=margin, least=least, most=most, every=every, on=on or HEADLINES[0])


def _rates(file: Path | None, expect: Decimal | None, allocation: str) -> dict[str, Decimal]:
    """Return the prevalence expected by stratum, where a file of them is given."""
    from sampling.expectations import read_expectations

    if file is None:
        if allocation == "neyman":
            raise click.UsageError("--allocation neyman needs --expect-by.")
        return {}
    if expect is not None:
        raise click.UsageError("Give --expect or --expect-by, not both.")
    return read_expectations(file.read_bytes(), source=file.name)


def _print(plan: Plan, bought: PlanPreview, layout: Format) -> None:
    rows = [
        (
            stratum.name,
            stratum.population,
            stratum.sample,
            stratum.reserve,
            f"{stratum.weight:.1f}",
            f"{100 * stratum.fraction:.1f} %",
            f"{100 * stratum.half_width:.1f}",
            _remark_on(stratum),
        )
        for stratum in bought.strata
    ]
    total = ("total", plan.population, plan.sample, plan.reserve, None, None, None, None)
    columns = ("stratum", "frame", "sample", "reserve", "weight", "drawn", "+/- points", "")
    say_table(
        columns,
        [*rows, total] if layout is Format.TEXT else rows,
        layout=layout,
        right=frozenset(columns[1:7]),
    )
    if layout is not Format.TEXT:
        return
    say()
    if plan.first_stage is not None:
        _print_units(plan.first_stage)
        return
    if plan.is_size_weighted:
        _print_weighing(plan)
    if plan.detect is not None:
        say(
            f"Finds at least one with {_percent(plan.confidence)} if {_percent(plan.detect)} of "
            "the records have one, wherever they lie."
        )
    prevalence = _percent(bought.expected).removesuffix(" %")
    assumed = "" if bought.is_stated else " (the cautious choice: give --expect)"
    say(f"If the true prevalence is {prevalence} %{assumed}, about:")
    say_sizes(plan)
    if bought.size_for_margin is not None:
        say(f"The margin asked for is met from n = {bought.size_for_margin:,} on.")
    for few in bought.sizes_for_few:
        say(
            f"n = {few.size:,} with at most {few.found} found would rule out {prevalence} % "
            "or more (simple sample)."
        )


def _print_rolling(plan: Plan, rate: Decimal, layout: Format) -> None:
    """Say what a share draws on average of what is listed so far."""
    columns = ("stratum", "frame", "drawn on average")
    rows = [(one.name, one.population, f"{one.population * rate:.1f}") for one in plan.strata]
    total = ("total", plan.population, f"{plan.population * rate:.1f}")
    rows = [*rows, total] if layout is Format.TEXT else rows
    say_table(columns, rows, layout=layout, right=frozenset(columns[1:]))
    if layout is Format.TEXT:
        say()
        say(
            f"Each record is drawn with probability {_percent(rate)}, on arrival and by itself: "
            "how many are drawn is left to chance. There is no reserve."
        )
        say(
            "Once the seed is known, whoever gives out the ids of later records could choose who "
            "is drawn: let a system give them that does not know it."
        )


def _print_units(stage: FirstStage) -> None:
    """Say how many units are drawn, and that the forecast of a simple sample does not hold."""
    say_table(
        ("stratum", "units", "drawn"),
        [(quota.stratum, quota.units, quota.sample) for quota in stage.quotas],
        right=frozenset({"units", "drawn"}),
    )
    each = "all records" if stage.per_unit is None else f"up to {counted(stage.per_unit, 'record')}"
    say()
    say(f"Of each unit drawn, {each}; the samples above are what that gives on average.")
    say(
        "Records of one unit are alike, so that the interval will be wider than that of a simple "
        "sample above: how much wider is known once they are coded."
    )


def _print_weighing(plan: Plan) -> None:
    from sampling.size_weighted import SMALL_SAMPLE

    say("Chances go with the sizes. The forecast is that of a sample without sizes.")
    few = sum(not one.is_census and one.sample < SMALL_SAMPLE for one in plan.strata)
    if few:
        say(
            f"{counted(few, 'stratum', 'strata')} with fewer than {SMALL_SAMPLE} records drawn: "
            "their chances can be off by more than 2 %."
        )


def _percent(proportion: Decimal) -> str:
    return f"{(100 * proportion).normalize():f} %"


def _remark_on(stratum: StratumForecast) -> str:
    """Say what there is to know of a stratum that will be reported alone."""
    if stratum.is_census:
        return "census: drawn whole"
    return "small: under 30" if stratum.is_small else ""


def say_sizes(plan: Plan) -> None:
    """Print what this plan and the usual sizes would buy."""
    from sampling.preview import USUAL_SIZES, what_sizes_buy

    sizes = sorted({*USUAL_SIZES, plan.sample})
    say_table(
        ("n", "interval, +/- points", "upper limit if none is found"),
        [
            (
                f"{forecast.size:,}{' (this plan)' if forecast.size == plan.sample else ''}",
                f"{100 * forecast.half_width:.1f}",
                f"{100 * forecast.upper_if_none:.1f} %",
            )
            for forecast in what_sizes_buy(plan, sizes)
        ],
        right=frozenset({"interval, +/- points", "upper limit if none is found"}),
    )
