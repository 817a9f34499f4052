"""``dipsample codebook check``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dipsample.cli.console import Format, counted, remark, say, say_json, say_table
from dipsample.cli.exit_codes import ExitCode
from dipsample.cli.options import format_option

if TYPE_CHECKING:
    from dipsample.codebooks import Offer
    from review.errors import CodebookFault

COLUMNS = ("line", "rule", "fault")


@click.command(
    name="check",
    short_help="Say everything that is wrong with a codebook.",
    epilog="Example: dipsample codebook check ours.toml",
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@format_option
def command(file: Path, layout: Format) -> int:
    """Print every fault of the codebook FILE with its line.

    The exit code is 0 where there is none, and 3 where there is one. Optional questions are
    checked like the others.
    """
    from dipsample.codebooks import offer_of
    from review.errors import CodebookError

    try:
        offer = offer_of(str(file.absolute()))
    except CodebookError as problem:
        if not problem.faults:
            raise
        _print_faults(file, problem.faults, layout)
        return ExitCode.BAD_INPUT
    _print_offer(file, offer, layout)
    return ExitCode.DONE


def _print_faults(file: Path, faults: tuple[CodebookFault, ...], layout: Format) -> None:
    rows = [(fault.line, fault.rule, fault.message) for fault in faults]
    match layout:
        case Format.JSON:
            listed = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
            say_json({"file": file.name, "faults": listed})
        case Format.CSV:
            say_table(COLUMNS, rows, layout=layout)
        case Format.TEXT:
            say_table(COLUMNS, rows, right=frozenset({"line"}))
    remark(f"{file.name} has {counted(len(faults), 'fault')}; mend it and check again.")


def _print_offer(file: Path, offer: Offer, layout: Format) -> None:
    codebook = offer.asked
    match layout:
        case Format.JSON:
            say_json(
                {
                    "file": file.name,
                    "id": codebook.id,
                    "version": codebook.version,
                    "questions": len(offer.whole.questions),
                    "optional": list(offer.optional),
                    "sha256": codebook.sha256,
                    "faults": [],
                }
            )
        case Format.CSV:
            say_table(COLUMNS, [], layout=layout)
        case Format.TEXT:
            questions = counted(len(offer.whole.questions), "question")
            optional = f", {len(offer.optional)} of them optional" if offer.optional else ""
            say(f"{file.name}: {codebook.id} {codebook.version}, {questions}{optional}, no fault")
            say(f"SHA-256 {codebook.sha256}")
