"""``dipsample compare``."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dipsample.cli.console import (
    EXACT_INTERVALS,
    Format,
    remark,
    say_json,
    say_table,
    waiting_for,
)
from dipsample.cli.options import (
    as_option,
    columns_option,
    confidence_option,
    decimal_option,
    format_option,
)

if TYPE_CHECKING:
    from dipsample.audit import Audit
    from exports.release.comparing import ComparedAudit
    from review.waves import Comparison, Wave


@dataclass(frozen=True, slots=True)
class Compared:
    """One project of the comparison."""

    path: Path
    project_id: str
    wave: Wave
    facts: dict[str, object]
    """What the machine-readable output says of it."""
    audit: ComparedAudit
    """What a workbook says of it."""


@click.command(
    name="compare",
    short_help="Compare waves of an audit with each other and with a target.",
    epilog="Examples: dipsample compare spring.dip summer.dip autumn.dip --indicator M2,C.1; "
    "dipsample compare autumn.dip --indicator M2 --target 0.05; "
    "dipsample compare spring.dip summer.dip --out changes.xlsx",
)
@click.argument(
    "projects", metavar="PROJECT...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@columns_option("--indicator", "Which indicators; all about incidents and persons unless given.")
@decimal_option(
    "--target", 'The greatest proportion that is good enough: "at most P" is met, not met, or open.'
)
@confidence_option
@as_option
@click.option(
    "--passphrase-file",
    "passphrase_files",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A file with the passphrase that only you can read: one for all projects, or one for "
    "each in their order; otherwise DIPSAMPLE_PASSPHRASE, otherwise a prompt for each.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the comparison as an Excel workbook too.",
)
@format_option
def command(
    projects: tuple[Path, ...],
    indicator: tuple[str, ...],
    target: Decimal | None,
    confidence: float,
    name: str | None,
    passphrase_files: tuple[Path, ...],
    out: Path | None,
    layout: Format,
) -> None:
    """Compare projects, one a wave, oldest first: each with the wave before it.

    Prints every estimate, the change in percentage points with its interval, from three waves on
    a test for a trend, from eight on the limits of a p-chart. P-values are adjusted for all
    comparisons that the command makes; ask for few indicators to keep them few. Waves that were
    coded with different codebooks, or are still open, are listed and not compared. With one
    project, --target is needed.
    """
    from dipsample.cli.compare_forms import CSV_COLUMNS, as_json, csv_rows
    from dipsample.cli.compare_text import print_text
    from review.comparing import compare

    if len(projects) == 1 and target is None:
        raise click.UsageError("Give two projects or more, or one and --target.")
    files = _for_each(projects, passphrase_files)
    wanted = indicator or None
    compared = [
        _read(path, file, name=name, indicators=wanted, confidence=confidence)
        for path, file in zip(projects, files, strict=True)
    ]
    _check_different(compared)
    made: Comparison = compare(
        [one.wave for one in compared],
        wanted=wanted,
        confidence=confidence,
        target=None if target is None else float(target),
    )
    written = None if out is None else _write(compared, made, out)
    match layout:
        case Format.JSON:
            say_json(as_json([one.facts for one in compared], made))
        case Format.CSV:
            titles = [one.wave.title for one in compared]
            say_table(CSV_COLUMNS, csv_rows(titles, made), layout=layout)
        case Format.TEXT:
            print_text([one.wave for one in compared], made)
    if written is not None:
        remark(f"{out} SHA-256 {written}")
        remark("OFFICIAL-SENSITIVE, not disclosure controlled: not for publication.")


def _write(compared: Sequence[Compared], made: Comparison, out: Path) -> str:
    """Write a comparison as a workbook; return the SHA-256 of its bytes."""
    from hashlib import sha256

    from dipsample import __version__
    from exports.files import write_whole
    from exports.release.comparing import compare_release
    from exports.workbook import write_workbook

    if out.suffix != ".xlsx":
        raise click.UsageError("--out is a file that ends in .xlsx.")
    release = compare_release([one.audit for one in compared], made, version=__version__)
    content = write_workbook(release)
    write_whole(out, content)
    return sha256(content).hexdigest()


def _for_each(projects: Sequence[Path], files: Sequence[Path]) -> list[Path | None]:
    """Return the passphrase file of each project: one for all, or one for each."""
    if not files:
        return [None] * len(projects)
    if len(files) == 1:
        return [files[0]] * len(projects)
    if len(files) != len(projects):
        raise click.UsageError(
            f"There are {len(files)} passphrase files for {len(projects)} projects; give one for "
            "all, or one for each in their order."
        )
    return list(files)


def _read(
    path: Path,
    passphrase_file: Path | None,
    *,
    name: str | None,
    indicators: Sequence[str] | None,
    confidence: float,
) -> Compared:
    from dipsample.cli.projects import opened_for_figures
    from dipsample.passphrase import VARIABLE
    from dipsample.store import is_encrypted
    from dipsample.system import who

    if passphrase_file is None and VARIABLE not in os.environ and is_encrypted(path):
        remark(f"Reading {path}")  # the prompt for the passphrase does not say whose
    with opened_for_figures(path, passphrase_file) as audit:
        wave = audit.wave(
            who(name),
            indicators=indicators,
            confidence=confidence,
            progress=waiting_for(EXACT_INTERVALS),
        )
        return Compared(path, audit.project_id, wave, _facts(audit, wave), audit.as_compared(wave))


def _facts(audit: Audit, wave: Wave) -> dict[str, object]:
    codebook = audit.codebook
    return {
        "project": audit.title,
        "codebook": {
            "id": codebook.id,
            "version": codebook.version,
            "sha256": codebook.sha256,
        },
        "draw": audit.draw_facts(),
        "digest": audit.digest(),
        "open_cases": wave.open_cases,
    }


def _check_different(compared: Sequence[Compared]) -> None:
    """Refuse a project that is given twice, or a copy of it.

    Raises:
        UsageError: Names the two.
    """
    from dipsample.errors import UsageError

    seen: dict[str, Path] = {}
    for one in compared:
        if one.project_id in seen:
            raise UsageError(
                f"{one.path} is the same project as {seen[one.project_id]}; give each wave once."
            )
        seen[one.project_id] = one.path
