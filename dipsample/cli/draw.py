"""``dipsample draw``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dipsample.cli.console import counted, remark, say
from dipsample.cli.options import (
    as_option,
    extract_argument,
    passphrase_option,
    project_argument,
)

if TYPE_CHECKING:
    from sampling.extracts.naming import Extract
    from sampling.joint_seed import JointSeed


@click.command(
    name="draw",
    short_help="Draw the sample from the committed frame by a seed.",
    epilog="Example: dipsample draw audit.dip extract.csv --seed 60921108449012345678 "
    '--seed-source "ten-sided dice, two witnesses, 21 Nov 2026 10:05"',
)
@project_argument
@extract_argument
@click.option("--seed", help="20 to 128 characters, made in public.")
@click.option("--dice", help="The throws of a die in the place of a seed, with or without spaces.")
@click.option(
    "--sides",
    type=click.Choice(["10", "6"]),
    default="10",
    show_default=True,
    help="Of the die: 20 throws of ten sides, or 25 of six.",
)
@click.option("--seed-source", help="Where it came from and who saw it.")
@as_option
@passphrase_option
def command(
    project: Path,
    extract: Extract,
    seed: str | None,
    dice: str | None,
    sides: str,
    seed_source: str | None,
    name: str | None,
    passphrase_file: Path | None,
) -> None:
    """Draw the sample from EXTRACT, which must be the one that was committed.

    Refused before frame and plan are committed. Nothing but the seed and the record ids decides
    who is drawn; drawing again with the same seed writes nothing new. A seed that several parties
    made with seed open, commit and reveal needs no --seed and no --seed-source.
    """
    from dipsample.cli.projects import opened
    from dipsample.system import who

    with opened(project, passphrase_file) as audit:
        used, source = _seed_and_source(audit.joint_seed, seed, dice, int(sides), seed_source)
        written = audit.draw(who(name), extract, seed=used, source=source)
        drawn = audit.drawn
        say(
            f"{counted(drawn.sample, 'record')} drawn, {drawn.reserve:,} held in reserve, "
            f"{audit.draw_line}"
        )
        say(f"sample digest {drawn.sample_digest}")
        if not written:
            remark("This draw was in the log already; nothing was written.")
        remark(f"Next: dipsample assign {project} --reviewers a,b,c")


def _seed_and_source(
    joint: JointSeed | None, seed: str | None, dice: str | None, sides: int, source: str | None
) -> tuple[str, str]:
    """Return the seed of the draw and the line that says where it came from.

    Raises:
        UsageError: Where there is none, or more than one.
        TicketError: Where throws of a die do not make one.
    """
    from sampling.dice import seed_from_dice

    if seed is not None and dice is not None:
        raise click.UsageError("Give --seed or --dice, not both.")
    if seed is None and dice is None and joint is not None and joint.seed is not None:
        return joint.seed, source or joint.source
    if dice is not None:
        seed = seed_from_dice(dice, sides=sides)
    if seed is None:
        raise click.UsageError(
            "The draw needs a seed: --seed, --dice, or one that several parties make with "
            "dipsample seed."
        )
    if source is None:
        raise click.UsageError("Say with --seed-source where the seed came from and who saw it.")
    return seed, source
