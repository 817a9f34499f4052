"""``dipsample draw-record``."""

from __future__ import annotations

from pathlib import Path

import click

from dipsample.cli.console import remark, say
from dipsample.cli.options import passphrase_option, project_argument


@click.command(
    name="draw-record",
    short_help="Write the page that a witness of the draw signs.",
    epilog="Example: dipsample draw-record audit.dip draw-record.txt",
)
@project_argument
@click.argument("out", type=click.Path(path_type=Path))
@passphrase_option
def command(project: Path, out: Path, passphrase_file: Path | None) -> None:
    """Write frame, plan, seed, draw and what to run to check them, with a place to sign.

    OUT ends in .txt or .html, or is a folder, which gets both. The record holds what may be
    published, and no id of a record: dipsample verify needs nothing but it and the extract.
    """
    from dipsample.cli.projects import opened

    with opened(project, passphrase_file, is_read_only=True) as audit:
        files = audit.write_draw_record(out)
        for file in files:
            say(str(file))
        remark(f"To check it: dipsample verify {files[0]} EXTRACT")
