"""``dipsample codings import``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dipsample.cli.console import counted, remark, say, say_wrapped
from dipsample.cli.options import as_option, passphrase_option, project_argument

if TYPE_CHECKING:
    from dipsample.errors import Cell


@click.command(
    name="import",
    short_help="Take in a CSV of codings, all of it or nothing.",
    epilog="Example: dipsample codings import audit.dip codings.csv --as amber",
)
@project_argument
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@as_option
@passphrase_option
def command(project: Path, file: Path, name: str | None, passphrase_file: Path | None) -> None:
    """Take in codings made elsewhere, as NAME's.

    FILE has a column `case` and one column a question id; a cell holds a value of the codebook
    such as yes, not a key such as y. A blank is unanswered and several answers are joined by |.
    Every refused cell is named, by reason and row, and nothing is taken in then.
    """
    from dipsample.cli.projects import opened
    from dipsample.errors import RowsRefusedError
    from dipsample.system import who
    from review.errors import CodingsRefusedError

    with opened(project, passphrase_file) as audit:
        try:
            taken = audit.import_codings(who(name), file)
        except (CodingsRefusedError, RowsRefusedError) as problem:
            _print_cells(problem.cells)
            raise
        say(f"{counted(taken.new, 'coding')} taken in, {taken.unchanged:,} here already")
        if taken.not_applicable:
            given = counted(taken.not_applicable, "answer stands", "answers stand")
            remark(f"{given} at questions that do not apply to their case: kept, not counted.")


def _print_cells(cells: Sequence[Cell]) -> None:
    """Name every refused cell; those of one column and reason share a line."""
    from dipsample.place_words import row_ranges

    rows: dict[tuple[str, str], list[int]] = {}
    for cell in cells:
        rows.setdefault((cell.column, cell.reason), []).append(cell.row)
    for (column, reason), numbers in rows.items():
        where = f"row {numbers[0]}" if len(numbers) == 1 else f"rows {row_ranges(numbers)}"
        say_wrapped(f"{where}, column {column}: {reason}", hang=2)
