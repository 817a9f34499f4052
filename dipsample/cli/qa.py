"""``dipsample qa``."""

from __future__ import annotations

from pathlib import Path

import click

from dipsample.cli.console import Format, program_name, remark, say_table
from dipsample.cli.options import as_option, format_option, passphrase_option, project_argument


@click.command(
    name="qa",
    short_help="Have settled cases checked before sign-off.",
    epilog="Example: dipsample qa audit.dip --choose 10%; "
    'dipsample qa audit.dip --fail C-0012 --reason "page 3 says otherwise"',
)
@project_argument
@as_option
@click.option(
    "--choose", "share", metavar="SHARE", help="A share such as 10%, or a number of cases."
)
@click.option("--pass", "passed", metavar="CASE", help="The final answers of CASE are right.")
@click.option("--fail", "failed", metavar="CASE", help="They are wrong: it is decided anew.")
@click.option("--reason", metavar="TEXT", help="With --fail: what is wrong.")
@passphrase_option
@format_option
def command(
    project: Path,
    name: str | None,
    share: str | None,
    passed: str | None,
    failed: str | None,
    reason: str | None,
    passphrase_file: Path | None,
    layout: Format,
) -> None:
    """Choose cases for a quality check by ticket, say what a check found, or list the cases.

    Cases that wait for a decision over codings that differ are not chosen: those are read anew
    anyway. A chosen case is final once somebody who neither coded nor decided it has passed it.
    One that fails is decided anew, and checked again.
    """
    from dipsample.cli.projects import opened
    from dipsample.system import who
    from dipsample.wording import state_words

    if sum(one is not None for one in (share, passed, failed)) > 1:
        raise click.UsageError("Choose, pass or fail: one at a time.")
    if (failed is None) != (reason is None):
        raise click.UsageError("--fail needs --reason, and --reason belongs to it.")
    with opened(project, passphrase_file) as audit:
        if share is not None:
            audit.choose_quality_checks(who(name), share)
        if (case_id := passed or failed) is not None:
            audit.quality_check(who(name), case_id, wrong=reason)
        checks = audit.quality_checks(who(name))
        is_text = layout is Format.TEXT
        say_table(
            ("case", "state"),
            [
                (
                    one.case_id,
                    state_words(
                        one.state.value, has_open_referral=is_text and one.has_open_referral
                    ),
                )
                for one in checks
            ],
            layout=layout,
        )
        if not checks:
            remark("No case is chosen for a quality check: --choose 10% chooses some.")
        wrong = audit.overview().totals.found_wrong
        if wrong:
            remark(
                f"To be decided anew: {', '.join(wrong)}. Next: {program_name()} adjudicate "
                f"{project} {wrong[0]}, by somebody who did not code it."
            )
