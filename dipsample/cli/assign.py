"""``dipsample assign``."""

from __future__ import annotations

from pathlib import Path

import click

from dipsample.cli.console import Format, remark, say_table
from dipsample.cli.options import as_option, format_option, passphrase_option, project_argument


@click.command(
    name="assign",
    short_help="Deal the cases out to reviewers.",
    epilog="Example: dipsample assign audit.dip --reviewers amber,birch,cedar",
)
@project_argument
@click.option(
    "--reviewers",
    required=True,
    metavar="a,b,...",
    help="Names of the people who code; in outputs they are R1, R2 and so on.",
)
@as_option
@passphrase_option
@format_option
def command(
    project: Path,
    reviewers: str,
    name: str | None,
    passphrase_file: Path | None,
    layout: Format,
) -> None:
    """Deal the sample's cases out, by ticket within each stratum, so that anyone can repeat it.

    Each case goes to one reviewer. Cases that somebody has begun stay with that person.
    """
    from dipsample.cli.projects import opened
    from dipsample.system import who

    names = tuple(part.strip() for part in reviewers.split(",") if part.strip())
    with opened(project, passphrase_file) as audit:
        audit.assign(who(name), names)
        say_table(
            ("reviewer", "code", "cases"),
            [(one.name, one.code, one.assigned) for one in audit.overview().reviewers],
            layout=layout,
            right=frozenset({"cases"}),
        )
        remark(f"Each codes with: dipsample code {project} --as NAME")
