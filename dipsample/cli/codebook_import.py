"""``dipsample codebook import``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dipsample.cli.console import counted, remark, say
from dipsample.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from exports.forms import ImportedForm


@click.command(
    name="import",
    short_help="Read a form of ODK, Kobo or REDCap as a codebook.",
    epilog="Example: dipsample codebook import form.xlsx --out ours.toml",
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write the codebook, ending in .toml; without it, it is printed.",
)
def command(file: Path, out: Path | None) -> int:
    """Read FILE, an XLSForm (.xlsx) or a REDCap data dictionary (.csv), as a codebook in TOML.

    Every cell that a codebook cannot hold is named with row and column, and then nothing is
    written. A form has no place for derived values, quotes, outcomes and key terms: add them. A
    statement that an answer is another one holds here only once the question is answered. Every
    question but a text is always required here.
    """
    from exports.errors import FormRefusedError
    from exports.files import write_whole
    from exports.forms import import_form

    if out is not None and out.suffix.lower() != ".toml":
        raise click.UsageError("OUT has to end in .toml.")
    try:
        form = import_form(file)
    except FormRefusedError as problem:
        for cell in problem.cells:
            say(str(cell))
        remark(str(problem))
        return ExitCode.BAD_INPUT
    if out is None:
        say(form.text.removesuffix("\n"))
    else:
        write_whole(out, form.text.encode())
        read = form.codebook
        say(f"{out}: {read.id} {read.version}, {counted(len(read.questions), 'question')}")
    _remark(form)
    return ExitCode.DONE


def _remark(form: ImportedForm) -> None:
    """Say what a person has to look at."""
    remark("Look over: the form has no derived values, quotes, outcomes or key terms.")
    if not form.keys_given:
        remark("Answers without a key were given one by the house rule.")
    if form.closed:
        remark(
            f"Without an answer for a record that does not tell: {', '.join(form.closed)}. They "
            "are marked closed; add such an answer to every question of fact."
        )
