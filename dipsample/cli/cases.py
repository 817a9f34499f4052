"""``dipsample cases``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dipsample.cli.codebook_lines import version_lines
from dipsample.cli.console import Format, remark, say_table
from dipsample.cli.options import (
    as_option,
    format_option,
    passphrase_option,
    project_argument,
)

if TYPE_CHECKING:
    from dipsample.views import CaseRow

COLUMNS = ("case", "record_id", "stratum", "rank", "role", "ticket", "state")
FURTHER = ("unit", "size", "probability", "weight", "chance")
"""Columns that the machine-readable formats have besides: how the record came to be drawn."""


@click.command(
    name="cases",
    short_help="List the drawn records, one line each.",
    epilog="Example: dipsample cases audit.dip --format csv > cases.csv",
)
@project_argument
@as_option
@passphrase_option
@format_option
def command(project: Path, name: str | None, passphrase_file: Path | None, layout: Format) -> None:
    """List the drawn records, sample and reserve, in the order of their case numbers.

    Text is cut to fit the screen; the other formats hold every ticket and id whole, and besides
    how the record came to be drawn: unit, size, the probability of being in the sample, the
    weight (one over it), and whether that chance is exact or approximate. Until the sample is
    signed off a coder sees the state of their own codings in the place of that of the cases;
    where silent checks are placed, their own cases alone, without record id, rank and ticket. The
    supervisor reads of a safeguarding referral that waits beside the state, in text alone.
    """
    from dipsample.cli.projects import opened
    from dipsample.system import who

    with opened(project, passphrase_file, is_read_only=True) as audit:
        rows, versions = audit.cases(who(name)), audit.codebook_versions()
    is_text = layout is Format.TEXT
    say_table(
        COLUMNS if is_text else (*COLUMNS, *FURTHER),
        [_shown(row) if is_text else (*_told(row), *_chance(row)) for row in rows],
        layout=layout,
        right=frozenset({"rank"}),
        widest={"record_id": 24, "stratum": 20, "ticket": 10},
    )
    for line in version_lines(versions) if is_text else []:
        remark(line)


def _told(row: CaseRow) -> tuple[str | int, ...]:
    return (
        row.case_id,
        row.record_id,
        row.stratum,
        row.rank or "",
        row.role,
        row.ticket,
        row.state,
    )


def _shown(row: CaseRow) -> tuple[str | int, ...]:
    from dipsample.wording import state_words

    return (*_told(row)[:-1], state_words(row.state, has_open_referral=row.has_open_referral))


def _chance(row: CaseRow) -> tuple[str | float | None, ...]:
    """Return how the record came to be drawn; a record held in reserve has no chance yet."""
    if row.chance is None:
        return (row.unit, row.size, None, None, None)
    return (
        row.unit,
        row.size,
        str(row.chance.probability),
        float(row.chance.weight),
        "exact" if row.chance.is_exact else "approximate",
    )
