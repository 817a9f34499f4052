"""``dipsample size``."""

from __future__ import annotations

from decimal import Decimal

import click

from dipsample.cli.console import Format, say, say_json
from dipsample.cli.options import decimal_option, format_option


@click.command(
    name="size",
    short_help="Compute a sample size.",
    epilog="Examples: dipsample size --margin 0.02 --expect 0.05 --population 100000; "
    "dipsample size --detect 0.01 --population 5000",
)
@decimal_option("--margin", "Points wanted either side, such as 0.02 for 2; with --expect.")
@decimal_option("--expect", "Prevalence expected, such as 0.05.")
@decimal_option("--detect", "See at least one yes if this share of the frame is yes.")
@click.option("--population", type=click.IntRange(min=1), help="Records in the frame: N.")
@decimal_option("--confidence", "Confidence, 0.95 unless given.")
@format_option
def command(
    margin: Decimal | None,
    expect: Decimal | None,
    detect: Decimal | None,
    population: int | None,
    confidence: Decimal | None,
    layout: Format,
) -> None:
    """Compute how many records of a frame to draw, for a margin of error or for detection.

    A margin uses the usual formula with the finite population correction, rounded up once at
    the end. Detection is exact for a draw without replacement.
    """
    from sampling.sizes import size_for_detection, size_for_margin

    certainty = confidence or Decimal("0.95")
    if detect is not None and margin is None and expect is None:
        if population is None:
            raise click.UsageError("--detect needs --population.")
        size = size_for_detection(detect, population=population, confidence=certainty)
        basis = f"to see at least one, with {_percent(certainty)}, if {_percent(detect)} have one"
    elif detect is None and margin is not None and expect is not None:
        size = size_for_margin(margin, expect, population=population, confidence=certainty)
        basis = f"for a margin of {_percent(margin)} at a prevalence of {_percent(expect)}"
    else:
        raise click.UsageError("Give --margin with --expect, or --detect alone.")
    match layout:
        case Format.JSON:
            say_json({"size": size, "population": population, "confidence": float(certainty)})
        case Format.CSV:
            say(f"size,population\n{size},{population or ''}")
        case Format.TEXT:
            frame = "" if population is None else f" of {population:,}"
            say(f"{size:,}{frame} records {basis}")


def _percent(proportion: Decimal) -> str:
    return f"{(proportion * 100).normalize():f} %"
