"""``dipsample calibrate``."""

from __future__ import annotations

import sys
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from dipsample.cli.console import counted, remark, say, say_table
from dipsample.cli.exit_codes import ExitCode
from dipsample.cli.options import as_option, passphrase_option, project_argument

if TYPE_CHECKING:
    from dipsample.audit import Audit
    from review.calibration import Score, TrainingCase

WIDTH = 80


@click.command(
    name="calibrate",
    short_help="Code a training set with known answers, and see how you did.",
    epilog="Examples: dipsample calibrate audit.dip --as amber --plain; "
    'dipsample calibrate audit.dip --admit R2 --reason "talked through, second set not needed"',
)
@project_argument
@click.option(
    "--set",
    "set_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A training set as JSON; an invented one unless given.",
)
@click.option("--plain", is_flag=True, help="Line prompts: no cursor movement, no colour.")
@click.option("--admit", metavar="CODE", help="Let a coder below the gate code; with --reason.")
@click.option("--reason", metavar="TEXT", help="Why, in a sentence.")
@as_option
@passphrase_option
def command(
    project: Path,
    set_file: Path | None,
    plain: bool,
    admit: str | None,
    reason: str | None,
    name: str | None,
    passphrase_file: Path | None,
) -> int:
    """Let NAME code training cases, and compare the answers with those expected.

    The cases are invented, coded in a project of their own that is gone afterwards, and never
    part of the sample; the score is kept in PROJECT. The gate is 80 % of the outcome questions,
    and no counter-allegation missed. Whoever is below it codes no case until another set is
    passed or the supervisor admits them. The exit code is 0 above the gate and 1 below it.
    """
    from dipsample.cli.projects import opened
    from dipsample.system import who

    if (admit is None) != (reason is None):
        raise click.UsageError("--admit CODE and --reason TEXT go together.")
    with opened(project, passphrase_file) as audit:
        if admit is not None:
            audit.admit(who(name), admit, reason or "")
            say(f"{admit} may code, with the reason in the log")
            return ExitCode.DONE
        cases = _set_of(audit, who(name), set_file)
        found = _code(audit, who(name), cases, is_plain=plain)
    if found is None:
        remark("Not every training case was handed in, so nothing was scored.")
        return ExitCode.DONE
    _print(found, len(cases))
    return ExitCode.DONE if found.is_passed else ExitCode.CHECK_SAID_NO


def _set_of(audit: Audit, name: str, file: Path | None) -> tuple[TrainingCase, ...]:
    from review.calibration import read_training_set

    if file is None:
        return audit.next_training_set(name)
    return read_training_set(file.read_bytes(), source=file.name)


def _code(
    audit: Audit, name: str, cases: tuple[TrainingCase, ...], *, is_plain: bool
) -> Score | None:
    """Run the front end on the training cases, and score them."""
    from dipsample.cli.screens import open_screens
    from dipsample.tui.plain import run_plain

    with audit.training(name, cases) as (training, path):
        remark(f"{counted(len(cases), 'training case')}, all invented; stop and nothing is scored.")
        if is_plain:
            run_plain(training, name, sys.stdin, sys.stdout)
        else:
            open_screens(path, name=name, passphrase_file=None, start="queue")
        return audit.score_training(name, cases, training)


def _print(found: Score, cases: int) -> None:
    say()
    over = counted(cases, "training case")
    say(f"{found.right} of {found.asked} outcome answers as expected over {over};")
    say(f"{counted(found.missed, 'counter-allegation')} missed")
    if found.is_passed:
        say("The gate is met.")
    else:
        say("Below the gate, which is 80 % as expected and no counter-allegation missed.")
        say("No case opens until you pass another set, or the supervisor admits you.")
    say()
    say_table(
        ("question", "as expected", "of"),
        [(one.question, one.right, one.asked) for one in found.questions],
        right=frozenset({"as expected", "of"}),
    )
    if not found.differences:
        return
    say()
    say("Where you answered otherwise, and what the case is there to show:")
    shown = ""
    for one in found.differences:
        if one.case_id != shown:
            shown = one.case_id
            for line in wrap(f"{one.case_id}  {one.lesson}", WIDTH, subsequent_indent=" " * 8):
                say(line)
        said = f"{one.question}: expected {_words(one.expected)}, yours {_words(one.given)}"
        for line in wrap(said, WIDTH, initial_indent=" " * 8, subsequent_indent=" " * 12):
            say(line)


def _words(value: str) -> str:
    """Return an answer as its codes in words."""
    return value.replace("|", " and ").replace("_", " ") or "not asked"
