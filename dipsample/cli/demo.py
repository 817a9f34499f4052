"""``dipsample demo``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dipsample.cli.agreement_lines import print_agreement
from dipsample.cli.console import program_name, remark, say, say_wrapped

if TYPE_CHECKING:
    from dipsample.demo.run import DemoOutcome

SHOWN = ("M1", "M2", "M4", "M5", "M10", "M12", "C.1", "C.4", "C.5", "P.1")


@click.command(
    name="demo",
    short_help="Make an example extract and run the whole job on it.",
    epilog="Example: dipsample demo try-it",
)
@click.argument("folder", type=click.Path(path_type=Path), default=Path("dipsample-demo"))
def command(folder: Path) -> int | None:
    """Make 12,000 invented incidents, and run the whole job on them in FOLDER.

    Commits the frame, plans, draws 400 cases, lets three scripted reviewers code them with known
    kinds of error, a quarter of the cases twice, has the differences decided and the sample signed
    off, prints the findings beside the truth and how far the reviewers agree, and writes the
    workbook. The same bytes each time. On a terminal it then offers to open the screens.
    """
    from dipsample.demo.run import PRACTICE, PROJECT, WORKBOOK, run_demo

    outcome = run_demo(folder, tell=remark)
    try:
        _print(outcome)
        print_agreement(outcome.audit.agreement(outcome.audit.supervisor))
    finally:
        outcome.audit.close()
    say()
    say(f"The workbook:          {folder / WORKBOOK}")
    program = program_name()
    say(f"Look at the findings:  {program} open {folder / PROJECT} --as supervisor")
    say(f"Code some cases:       {program} code {folder / PRACTICE} --as your-name")
    if sys.stdin.isatty() and sys.stdout.isatty() and click.confirm("Open the screens now?"):
        from dipsample.cli.screens import open_screens

        return open_screens(folder / PROJECT, name="supervisor", passphrase_file=None, start=None)
    return None


def _print(outcome: DemoOutcome) -> None:
    say()
    say("What the reviewers found, at 95 %, beside the truth of all 12,000 incidents:")
    for one in outcome.findings:
        truth = outcome.truth.get(one.indicator)
        lower, upper = one.known.lower, one.known.upper
        if one.indicator not in SHOWN or truth is None or lower is None or upper is None:
            continue
        inside = "inside" if lower <= truth <= upper else "OUTSIDE"
        say_wrapped(f"{one.indicator:<3} {one.label}", hang=4)
        say(
            f"    {one.numerator:,} of {one.denominator:,} cases: "
            f"{100 * (one.known.estimate or 0):.1f} %, interval {100 * lower:.1f} to "
            f"{100 * upper:.1f} %; truth {100 * truth:.1f} %, {inside}"
        )
    say()
    say_wrapped(
        "The numbers count cases that were read; in a percentage each case counts for the records "
        "that it was drawn from."
    )
    say_wrapped(
        "An interval speaks of chance in the draw alone, and about one in twenty misses. The "
        "reviewers' own errors (one overlooks counter-allegations in interview notes) were found "
        "in the cases coded twice alone, and can still carry a finding away from the truth."
    )
