"""``dipsample plan``."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dipsample.cli.console import Format, remark, say_json
from dipsample.cli.options import (
    as_option,
    format_option,
    passphrase_option,
    project_argument,
    wish_option,
)
from dipsample.cli.plan_lines import plan_json, say_plan

if TYPE_CHECKING:
    from dipsample.plan_wishes import PlanWishes, Value, Wish
    from sampling.planning import PlanRequest


@click.command(
    name="plan",
    short_help="Fix how many records are drawn, with what that buys.",
    epilog="Examples: dipsample plan audit.dip --size 400 --expect 0.04; "
    "dipsample plan audit.dip --margin 0.02 --expect 0.05 --allocation equal; "
    "dipsample plan audit.dip --detect 0.01 --expect-by rates.csv --allocation neyman; "
    "dipsample plan audit.dip --size 300 --size-weighted; "
    "dipsample plan audit.dip --units 12 --per-unit 25; "
    "dipsample plan audit.dip --rolling 5%; "
    "dipsample plan audit.dip --stop-at-margin --margin 0.03 --at-least 100 --at-most 400 "
    "--every 25; dipsample plan audit.dip --size 400 --looks 2; "
    "dipsample plan audit.dip --size 400 --allocation equal --interval stratified-certified",
)
@project_argument
@wish_option("--size", "Records in the sample.")
@wish_option(
    "--margin",
    "How far the limits may lie from the percentage, such as 0.02 for 2 points; with --expect.",
)
@wish_option("--detect", "See at least one yes if this share of the frame is yes.")
@wish_option("--expect", "Prevalence expected, such as 0.04; the forecast rests on it.")
@click.option(
    "--expect-by",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A CSV with the columns stratum,expect: the prevalence expected in each stratum.",
)
@wish_option("--confidence", "Confidence of the intervals, 0.95 unless given.")
@click.option(
    "--allocation",
    type=click.Choice(["proportional", "equal", "neyman", "power"]),
    default="proportional",
    show_default=True,
    help="How the sample is shared out over the strata.",
)
@wish_option(
    "--min-per-stratum",
    "Smallest sample of a stratum, 2 unless given; one of that size or less is drawn whole.",
)
@wish_option("--max-per-stratum", "Largest sample of a stratum.")
@wish_option(
    "--reserve",
    "Records held in reserve: a total, or a share of each stratum's sample; 10% unless given.",
    metavar="R|R%",
)
@click.option(
    "--size-weighted",
    "is_size_weighted",
    is_flag=True,
    help="Draw with chances in proportion to the frame's sizes (with --units: to their records).",
)
@wish_option("--units", "Draw so many units first, then records of each.")
@wish_option("--per-unit", "Records of each unit drawn, with --units; all unless given.")
@wish_option(
    "--design-effect",
    "With --units: how many times the variance of a simple sample the forecast assumes, 2 unless "
    "given; no part of the plan.",
    metavar="D",
)
@wish_option("--rolling", "Draw this share, such as 5% or 0.05, of a frame that is still growing.")
@click.option(
    "--stop-at-margin",
    "stops",
    is_flag=True,
    help="Code until the interval is within --margin; simple samples, with the options below.",
)
@wish_option("--at-least", "Cases at the first look.")
@wish_option("--at-most", "Cases at which it stops in any case.")
@wish_option("--every", "Cases from one look to the next.")
@click.option(
    "--stop-on",
    metavar="INDICATOR",
    help="Whose interval stops it, with --stop-at-margin; M2 unless given.",
)
@wish_option("--looks", "Looks at provisional figures of a stratified sample before its end.")
@click.option(
    "--interval",
    type=click.Choice(["stratified-exact", "stratified-certified", "stratified-proportional"]),
    help="The exact interval of several strata; chosen by their sizes unless given.",
)
@as_option
@passphrase_option
@format_option
def command(
    project: Path,
    expect_by: Path | None,
    allocation: str,
    is_size_weighted: bool,
    stops: bool,
    stop_on: str | None,
    interval: str | None,
    name: str | None,
    passphrase_file: Path | None,
    layout: Format,
    **asked: Value | None,
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

    With --interval the plan names the exact interval of several strata, for findings and looks
    alike, before anything is known; where that matters, what each would give is printed.

    Prints what the plan is expected to buy. It can be made again until the seed is revealed;
    every plan is counted.
    """
    from dipsample.cli.projects import opened
    from dipsample.plan_wishes import OF_A_RULE, PlanWishes, Wish
    from dipsample.system import who
    from sampling.plan import Allocation, StrataInterval

    values = {_wish(key): value for key, value in asked.items() if value is not None}
    if not stops and (stop_on is not None or any(one in values for one in OF_A_RULE)):
        raise click.UsageError(
            "--at-least, --at-most, --every and --stop-on belong to --stop-at-margin."
        )
    if Wish.EFFECT in values and Wish.UNITS not in values:
        raise click.UsageError("--design-effect belongs to --units.")
    wishes = PlanWishes(
        values,
        allocation=Allocation(allocation),
        rates=_rates(expect_by, has_expected=Wish.EXPECTED in values),
        is_size_weighted=is_size_weighted,
        stops_on=(stop_on or _first_headline()) if stops else None,
        interval=None if interval is None else StrataInterval(interval),
    )
    request = _request(wishes)
    with opened(project, passphrase_file) as audit:
        before = audit.digest()
        plan = audit.commit_plan(who(name), request)
        if layout is Format.JSON:
            say_json(plan_json(plan))
            return
        say_plan(plan, layout, effect=wishes.effect)
        if audit.digest() == before:
            remark("This very plan was committed already; nothing was written.")
            return
        remark(
            f"Now let the seed be made in front of a witness: 20 digits from ten-sided dice. "
            f'Then: dipsample draw {project} EXTRACT --seed SEED --seed-source "..."'
        )


def _wish(key: str) -> Wish:
    from dipsample.plan_wishes import Wish

    return Wish(f"--{key.replace('_', '-')}")


def _first_headline() -> str:
    from review.reference_figures import HEADLINES

    return HEADLINES[0]


def _request(wishes: PlanWishes) -> PlanRequest:
    """Return the request; where something is missing, name the options that are."""
    from dipsample.plan_wishes import Missing, Wish

    request = wishes.request()
    if not isinstance(request, Missing):
        return request
    if request.is_choice:
        raise click.UsageError(
            "Give --size, or --margin with --expect, or --detect, or --units, or --rolling."
        )
    if Wish.RATES in request.wishes:
        raise click.UsageError("--allocation neyman needs --expect-by.")
    raise click.UsageError("--stop-at-margin needs --margin, --at-least, --at-most and --every.")


def _rates(file: Path | None, *, has_expected: bool) -> dict[str, Decimal]:
    """Return the prevalence expected by stratum, where a file of them is given."""
    from sampling.expectations import read_expectations

    if file is None:
        return {}
    if has_expected:
        raise click.UsageError("Give --expect or --expect-by, not both.")
    return read_expectations(file.read_bytes(), source=file.name)
