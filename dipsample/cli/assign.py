"""``dipsample assign``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dipsample.cli.console import Format, counted, remark, say_table
from dipsample.cli.options import as_option, format_option, passphrase_option, project_argument

if TYPE_CHECKING:
    from dipsample.audit import Audit
    from review.calibration import TrainingCase

BUILTIN = "builtin"


@click.command(
    name="assign",
    short_help="Deal the cases out to reviewers.",
    epilog="Example: dipsample assign audit.dip --reviewers amber,birch,cedar --double 25%; "
    "dipsample assign audit.dip --reviewers amber,birch --gold builtin",
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
@click.option(
    "--gold",
    metavar="FILE|builtin",
    help="Cases with known answers for silent checks: JSON in the shape of a training set, with "
    '"record": {"COLUMN": "text"} in each case where coders are shown several columns. builtin '
    "takes invented ones.",
)
@as_option
@passphrase_option
@format_option
def command(
    project: Path,
    reviewers: str,
    double: str | None,
    gold: str | None,
    name: str | None,
    passphrase_file: Path | None,
    layout: Format,
) -> None:
    """Deal the sample's cases out, by ticket within each stratum, so that anyone can repeat it.

    Cases that two people code are chosen by ticket over the whole sample; neither sees the
    other's answers. With the same reviewers again, only what is open is dealt, such as the new
    cases after an extension. With others, cases that nobody has begun are dealt anew.

    With --gold about 1 in 20 of the cases that a coder opens is a silent check: it looks like any
    other, is never counted, and what came of it is hidden from coders until sign-off. It takes
    the number of a reserve record, which goes on under another. Tell your coders beforehand that
    there are such cases.
    """
    from dipsample.cli.projects import opened
    from dipsample.system import who

    names = tuple(part.strip() for part in reviewers.split(",") if part.strip())
    with opened(project, passphrase_file) as audit:
        checks = None if gold is None else _checks(audit, who(name), gold, coders=len(names))
        changed = audit.assign(who(name), names, double=double, checks=checks)
        say_loads(audit, layout)
        _say_checks(audit, who(name))
        if not changed:
            remark("The assignment stands already; nothing was written.")
        if len(names) == 1:
            remark("No case is coded twice, because there is one reviewer: no agreement is known.")
        remark(f"Each codes with: dipsample code {project} --as NAME")


def _checks(audit: Audit, name: str, gold: str, *, coders: int) -> tuple[TrainingCase, ...]:
    """Return the set that silent checks are taken from; of invented ones as many as are needed."""
    from review.calibration import read_training_set

    if gold == BUILTIN:
        return audit.invented_checks(name, coders=coders)
    file = Path(gold)
    if not file.is_file():
        raise click.UsageError(f"--gold takes a file or the word {BUILTIN}; there is no {gold}.")
    return read_training_set(file.read_bytes(), source=file.name)


def _say_checks(audit: Audit, name: str) -> None:
    """Say how many silent checks there are, to the supervisor; nothing where there are none."""
    found = audit.silent_checks(name)
    if found is None:
        return
    remark(
        f"{counted(found.placed, 'silent check')} beside them, never counted: each with one coder, "
        "or with two as often as any case is."
    )
    if lacking := found.wanted - found.placed:
        remark(
            f"They are fewer than 1 in 20 of what each coder opens: give --gold a set with "
            f"{counted(lacking, 'more case')}, and have as many records in reserve."
        )
    remark("Tell your coders that there are such cases, and not which.")


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
