"""``dipsample draw``."""

from __future__ import annotations

from pathlib import Path

import click

from dipsample.cli.console import counted, remark, say
from dipsample.cli.options import (
    as_option,
    extract_argument,
    passphrase_option,
    project_argument,
)


@click.command(
    name="draw",
    short_help="Draw the sample from the committed frame by a seed.",
    epilog="Example: dipsample draw audit.dip extract.csv --seed 60921108449012345678 "
    '--seed-source "ten-sided dice, two witnesses, 21 Nov 2026 10:05"',
)
@project_argument
@extract_argument
@click.option("--seed", required=True, help="20 to 128 characters, made in public.")
@click.option("--seed-source", required=True, help="Where it came from and who saw it.")
@as_option
@passphrase_option
def command(
    project: Path,
    extract: Path,
    seed: str,
    seed_source: str,
    name: str | None,
    passphrase_file: Path | None,
) -> None:
    """Draw the sample from EXTRACT, which must be the one that was committed.

    Refused before frame and plan are committed. Nothing but the seed and the record ids decides
    who is drawn; drawing again with the same seed writes nothing new.
    """
    from dipsample.cli.projects import opened
    from dipsample.system import who

    with opened(project, passphrase_file) as audit:
        written = audit.draw(who(name), extract, seed=seed, source=seed_source)
        drawn = audit.drawn
        say(
            f"{counted(drawn.sample, 'record')} drawn, {drawn.reserve:,} held in reserve, "
            f"{audit.draw_line}"
        )
        say(f"sample digest {drawn.sample_digest}")
        if not written:
            remark("This draw was in the log already; nothing was written.")
        remark(f"Next: dipsample assign {project} --reviewers a,b,c")
