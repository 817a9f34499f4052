"""``dipsample plan``."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dipsample.cli.console import Format, remark, say, say_json, say_table
from dipsample.cli.options import (
    as_option,
    decimal_option,
    format_option,
    passphrase_option,
    project_argument,
)

if TYPE_CHECKING:
    from sampling.plan import Plan
    from sampling.preview import PlanPreview


@click.command(
    name="plan",
    short_help="Fix how many records are drawn, with what that buys.",
    epilog="Examples: dipsample plan audit.dip --size 400 --expect 0.04; "
    "dipsample plan audit.dip --margin 0.02 --expect 0.05 --allocation equal",
)
@project_argument
@click.option("--size", type=click.IntRange(min=1), help="Records in the sample.")
@decimal_option("--margin", "Half-width wanted, with --expect, in place of --size.")
@decimal_option("--expect", "Prevalence expected; the forecast rests on it.")
@decimal_option("--confidence", "Confidence of the intervals, 0.95 unless given.")
@click.option(
    "--allocation",
    type=click.Choice(["proportional", "equal"]),
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
    "--reserve",
    default="10%",
    show_default=True,
    metavar="R|R%",
    help="Records held in reserve: a total, or a share of each stratum's sample.",
)
@as_option
@passphrase_option
@format_option
def command(
    project: Path,
    size: int | None,
    margin: Decimal | None,
    expect: Decimal | None,
    confidence: Decimal | None,
    allocation: str,
    minimum: int,
    reserve: str,
    name: str | None,
    passphrase_file: Path | None,
    layout: Format,
) -> None:
    """Fix how many records are drawn from each stratum, before any seed is known.

    Prints what the plan is expected to buy. It can be made again until the seed is revealed;
    every plan is counted.
    """
    from dipsample.cli.projects import opened
    from dipsample.system import who
    from sampling.plan import Allocation
    from sampling.planning import DEFAULT_CONFIDENCE, PlanRequest
    from sampling.preview import preview

    if (size is None) == (margin is None):
        raise click.UsageError("Give --size, or --margin with --expect.")
    request = PlanRequest(
        size=size,
        margin=margin,
        expected=expect,
        confidence=confidence or DEFAULT_CONFIDENCE,
        allocation=Allocation(allocation),
        minimum=minimum,
        reserve=reserve,
    )
    with opened(project, passphrase_file) as audit:
        plan = audit.commit_plan(who(name), request)
        if layout is Format.JSON:
            say_json(plan.model_dump(mode="json"))
            return
        _print(plan, preview(plan), layout)
        remark(
            f"Now let the seed be made in front of a witness: 20 digits from ten-sided dice. "
            f'Then: dipsample draw {project} EXTRACT --seed SEED --seed-source "..."'
        )


def _print(plan: Plan, bought: PlanPreview, layout: Format) -> None:
    rows = [
        (
            stratum.name,
            stratum.population,
            stratum.sample,
            stratum.reserve,
            "whole" if stratum.is_census else f"{stratum.weight:.1f}",
            f"{100 * stratum.fraction:.1f} %",
            f"{100 * stratum.half_width:.1f}",
            "small: under 30" if stratum.is_small else "",
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
    prevalence = f"{100 * bought.expected:f}".rstrip("0").rstrip(".")
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
