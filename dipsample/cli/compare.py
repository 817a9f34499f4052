"""``dipsample compare``."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dipsample.cli.compared import Compared, read_all
from dipsample.cli.console import Format, remark, say_json, say_table
from dipsample.cli.options import (
    as_option,
    columns_option,
    confidence_option,
    decimal_option,
    format_option,
    passphrases_option,
)

if TYPE_CHECKING:
    from review.waves import Comparison


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
@columns_option(
    "--indicator", "Which indicators; all of incidents and persons unless given.", of="ID"
)
@decimal_option(
    "--target", 'The greatest proportion that is good enough: "at most P" is met, not met, or open.'
)
@confidence_option
@as_option
@passphrases_option
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
    a test for a trend and a drawing of the run (of the headlines, where there are over four
    indicators), from eight on the limits of a p-chart. `dipsample open` with the same projects
    shows this on the screen. P-values are adjusted for all
    comparisons that the command makes; ask for few indicators to keep them few. Waves that were
    coded with different codebooks, or are still open, are listed and not compared. With one
    project, --target is needed.
    """
    from dipsample.cli.compare_forms import CSV_COLUMNS, as_json, csv_rows
    from dipsample.cli.compare_text import print_text
    from review.comparing import compare

    if len(projects) == 1 and target is None:
        raise click.UsageError("Give two projects or more, or one and --target.")
    wanted = indicator or None
    compared = read_all(
        projects, passphrase_files, name=name, indicators=wanted, confidence=confidence
    )
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
