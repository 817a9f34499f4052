"""``dipsample assign``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dipsample.cli.console import Format, remark, say_table
from dipsample.cli.options import as_option, format_option, passphrase_option, project_argument

if TYPE_CHECKING:
    from dipsample.audit import Audit


@click.command(
    name="assign",
    short_help="Deal the cases out to reviewers.",
    epilog="Example: dipsample assign audit.dip --reviewers amber,birch,cedar --double 25%",
)
@project_argument
@click.option(
    "--reviewers",
    required=True,
    metavar="a,b,...",
    help="Names of the people who code; in outputs they are R1, R2 and so on.",
)
@click.option(
    "--double",
    metavar="25%|all|N",
    help="How many cases two people code; 0 for none. Default: all up to 150 cases, beyond that a "
    "random quarter and at least 100.",
)
@as_option
@passphrase_option
@format_option
def command(
    project: Path,
    reviewers: str,
    double: str | None,
    name: str | None,
    passphrase_file: Path | None,
    layout: Format,
) -> None:
    """Deal the sample's cases out, by ticket within each stratum, so that anyone can repeat it.

    Cases that two people code are chosen by ticket over the whole sample; neither sees the
    other's answers. With the same reviewers again, only what is open is dealt, such as the new
    cases after an extension. With others, cases that nobody has begun are dealt anew.
    """
    from dipsample.cli.projects import opened
    from dipsample.system import who

    names = tuple(part.strip() for part in reviewers.split(",") if part.strip())
    with opened(project, passphrase_file) as audit:
        changed = audit.assign(who(name), names, double=double)
        say_loads(audit, layout)
        if not changed:
            remark("The assignment stands already; nothing was written.")
        if len(names) == 1:
            remark("No case is coded twice, because there is one reviewer: no agreement is known.")
        remark(f"Each codes with: dipsample code {project} --as NAME")


def say_loads(audit: Audit, layout: Format) -> None:
    """Print how many cases each reviewer has, and how many two people code."""
    say_table(
        ("reviewer", "code", "cases"),
        [(one.name, one.code, one.assigned) for one in audit.overview().reviewers],
        layout=layout,
        right=frozenset({"cases"}),
    )
    twice = audit.cases_coded_twice
    if twice:
        cases = "1 case is" if twice == 1 else f"{twice:,} cases are"
        remark(f"{cases} coded by two people.")
