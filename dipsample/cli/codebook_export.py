"""``dipsample codebook export``."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import click

from dipsample.cli.console import counted, remark, say
from dipsample.cli.options import with_option

SUFFIXES = {"xlsform": ".xlsx", "redcap": ".csv"}


@click.command(
    name="export",
    short_help="Write a codebook as a form for ODK, Kobo or REDCap.",
    epilog="Example: dipsample codebook export da-full form.xlsx --format xlsform --with C4,C6",
)
@click.argument("codebook", metavar="CODEBOOK")
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--format",
    "form",
    type=click.Choice(list(SUFFIXES)),
    required=True,
    help="An XLSForm (.xlsx) for ODK and Kobo, or a REDCap data dictionary (.csv).",
)
@with_option
def command(codebook: str, out: Path, form: str, switched_on: tuple[str, ...]) -> None:
    """Write CODEBOOK (da-short, da-full or a TOML file) as a form into the file OUT.

    The form asks the same questions in the same cases, and the case first. It holds no record and
    no coding. Quotes, outcomes and derived values have no place in such a form, and keys stand in
    an XLSForm alone. The same codebook gives the same bytes.
    """
    from dipsample.codebooks import named_codebook
    from exports.files import write_whole
    from exports.forms import write_redcap, write_xlsform

    if out.suffix.lower() != SUFFIXES[form]:
        raise click.UsageError(f"OUT has to end in {SUFFIXES[form]} for {form}.")
    read = named_codebook(codebook, switched_on=switched_on)
    content = write_xlsform(read) if form == "xlsform" else write_redcap(read)
    write_whole(out, content)
    say(f"{out}: {read.id} {read.version}, {counted(len(read.questions), 'question')}")
    say(f"SHA-256 {sha256(content).hexdigest()}")
    if read.offered:
        remark(f"Not in it, since optional: {', '.join(read.offered)}. --with adds them.")
