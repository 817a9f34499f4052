"""``dipsample interval``."""

from __future__ import annotations

import csv
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dipsample.cli.console import Format, remark, say, say_json
from dipsample.cli.corrected_lines import rate_json
from dipsample.cli.options import confidence_option, format_option

if TYPE_CHECKING:
    from sampling.estimation import Corrected, Interval, MeasuredRate, StratumCount


@click.command(
    name="interval",
    short_help="Compute one confidence interval.",
    epilog="Examples: dipsample interval 22 400 --population 12000; "
    "dipsample interval --strata strata.csv; "
    "dipsample interval 22 400 --population 12000 --sensitivity 45/50 --specificity 190/200",
)
@click.argument("yes", metavar="[X]", type=click.IntRange(min=0), required=False)
@click.argument("sample", metavar="[N_SAMPLE]", type=click.IntRange(min=1), required=False)
@click.option("--population", type=click.IntRange(min=1), help="Records in the frame.")
@click.option(
    "--strata",
    "strata_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="CSV with the columns stratum,population,sample,yes in place of X and N_SAMPLE.",
)
@confidence_option
@click.option("--method", help="Name of a method; otherwise the default for the design.")
@click.option(
    "--sensitivity",
    metavar="X/N",
    help="Of N records known to be yes, X were read so: adds a corrected second figure.",
)
@click.option(
    "--specificity",
    metavar="X/N",
    help="Of N records known to be no, X were read so; with --sensitivity.",
)
@format_option
def command(
    yes: int | None,
    sample: int | None,
    population: int | None,
    strata_file: Path | None,
    confidence: float,
    method: str | None,
    sensitivity: str | None,
    specificity: str | None,
    layout: Format,
) -> None:
    """Compute the interval of a proportion: X of N_SAMPLE drawn records are yes.

    With --population the default is exact for a random sample without replacement from a frame
    of that many records; the method and what it promises are printed beside the result. With
    --sensitivity and --specificity a second figure is corrected for reading errors.
    """
    from sampling.estimation import Method, corrected, single, stratified

    if (sensitivity is None) is not (specificity is None):
        raise click.UsageError("Give --sensitivity and --specificity together.")

    chosen = None
    if method is not None:
        known = [one.value for one in Method]
        if method not in known:
            raise click.UsageError(f"--method is one of {', '.join(known)}.")
        chosen = Method(method)
    if strata_file is not None:
        if yes is not None or sample is not None or population is not None:
            raise click.UsageError("--strata stands in place of X, N_SAMPLE and --population.")
        found = stratified(read_strata(strata_file), confidence=confidence, method=chosen)
    elif yes is None or sample is None:
        raise click.UsageError("Give X and N_SAMPLE, or --strata FILE.csv.")
    else:
        found = single(yes, sample, population=population, confidence=confidence, method=chosen)
    second = None
    if sensitivity is not None and specificity is not None:
        second = corrected(
            found,
            sensitivity=_rate(sensitivity, "--sensitivity"),
            specificity=_rate(specificity, "--specificity"),
        )
    _print(found, second, layout)


def _rate(text: str, option: str) -> MeasuredRate:
    """Read a rate such as ``45/50``."""
    from sampling.estimation import MeasuredRate

    right, slash, of = text.partition("/")
    if not (slash and right.isascii() and right.isdigit() and of.isascii() and of.isdigit()):
        raise click.UsageError(f"{option} is two whole numbers such as 45/50.")
    return MeasuredRate(int(right), int(of))


def read_strata(path: Path) -> list[StratumCount]:
    """Read a CSV of strata.

    Raises:
        InputError: Where a column is missing or a cell is not a whole number.
    """
    from dipsample.errors import InputError
    from sampling.estimation import StratumCount

    wanted = ("stratum", "population", "sample", "yes")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file, strict=True)
            rows, header = list(table), table.fieldnames or ()
    except (UnicodeDecodeError, csv.Error) as problem:
        raise InputError(f"{path.name} cannot be read; save it as CSV in UTF-8.") from problem
    missing = [column for column in wanted if column not in header]
    if missing:
        raise InputError(
            f"{path.name} lacks the column {', '.join(missing)}; its header should be "
            f"{','.join(wanted)}."
        )
    strata = []
    for number, row in enumerate(rows, start=2):
        try:
            population, drawn, found = (int(row[column] or "") for column in wanted[1:])
        except ValueError as problem:
            raise InputError(
                f"{path.name}, row {number}: population, sample and yes are whole numbers."
            ) from problem
        strata.append(StratumCount(row["stratum"] or "", population, drawn, found))
    return strata


def _print(found: Interval, second: Corrected | None, layout: Format) -> None:
    from sampling.estimation import PROMISES

    if layout is Format.JSON:
        values = asdict(found)
        keys = ("estimate", "lower", "upper", "method", "effective_n", "design_effect")
        shown = {key: values[key] for key in (*keys, "degrees_of_freedom", "confidence")}
        if second is not None:
            rates = {"sensitivity": second.sensitivity, "specificity": second.specificity}
            in_json = {name: rate_json(rate) for name, rate in rates.items()}
            shown["corrected"] = asdict(second) | in_json
        say_json(shown)
        return
    if layout is Format.CSV:
        say("estimate,lower,upper,confidence,method")
        say(f"{found.estimate},{found.lower},{found.upper},{found.confidence},{found.method}")
        if second is not None:
            say(f"{second.estimate},{second.lower},{second.upper},{second.confidence},corrected")
        return
    say(
        f"{found.estimate:.2%}, {found.confidence * 100:.4g} % interval "
        f"{found.lower:.2%} to {found.upper:.2%}"
    )
    say(f"method {found.method}: {PROMISES[found.method]}")
    if found.effective_n is not None and found.design_effect is not None:
        say(f"effective n {found.effective_n:.1f}, design effect {found.design_effect:.2f}")
    if second is not None:
        _print_corrected(second)


def _print_corrected(second: Corrected) -> None:
    """Say the second figure, and that it is one."""
    say(
        f"second figure, corrected for reading errors: {second.estimate:.2%}, "
        f"{second.lower:.2%} to {second.upper:.2%}"
    )
    right_yes, right_no = second.sensitivity, second.specificity
    say(
        f"sensitivity {right_yes.right} of {right_yes.of}, specificity {right_no.right} of "
        f"{right_no.of}; approximate, the uncertainty of both rates is in the interval"
    )
    if second.is_clipped:
        remark(
            "The correction went past 0 or 1 and was clipped: the rates and the readings do not "
            "fit together; do not rest anything on this figure."
        )
