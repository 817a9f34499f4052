"""``dipsample codings import``."""

from __future__ import annotations

from pathlib import Path

import click

from dipsample.cli.console import counted, remark, say
from dipsample.cli.options import as_option, passphrase_option, project_argument


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

    FILE has a column `case` and one column a question id; a blank is unanswered and several
    answers are joined by |. Every refused cell is named, and nothing is taken in then.
    """
    from dipsample.cli.projects import opened
    from dipsample.system import who
    from review.imports import CodingsRefusedError

    with opened(project, passphrase_file) as audit:
        try:
            taken = audit.import_codings(who(name), file)
        except CodingsRefusedError as problem:
            for cell in problem.cells:
                say(f"row {cell.row}, column {cell.column}: {cell.reason}")
            raise
        say(f"{counted(taken.new, 'coding')} taken in, {taken.unchanged:,} here already")
        if taken.not_applicable:
            given = counted(taken.not_applicable, "answer stands", "answers stand")
            remark(f"{given} at questions that do not apply to their case: kept, not counted.")
