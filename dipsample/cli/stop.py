"""``dipsample stop``."""

from __future__ import annotations

from pathlib import Path

import click

from dipsample.cli.console import Format, remark, say, say_json
from dipsample.cli.options import as_option, format_option, passphrase_option, project_argument


@click.command(
    name="stop",
    short_help="End coding where the rule of the plan stops.",
    epilog="Example: dipsample stop audit.dip",
)
@project_argument
@as_option
@passphrase_option
@format_option
def command(
    project: Path,
    name: str | None,
    passphrase_file: Path | None,
    layout: Format,
) -> None:
    """End coding where the rule of the plan stops (plan --stop-at-margin).

    `findings` says at each look whether to stop. The cases after the stop leave the sample
    unread. Refused where the rule goes on, so that nobody chooses when to stop.
    """
    from dipsample.cli.projects import opened
    from dipsample.system import who

    with opened(project, passphrase_file) as audit:
        stopped = audit.stop_coding(who(name))
        if layout is Format.JSON:
            say_json({"stopped": None if stopped is None else stopped.model_dump(mode="json")})
            return
        if stopped is None:
            remark("Coding has ended already; nothing was written.")
            return
        say(f"Coding stopped at {stopped.coded} of {stopped.planned} cases.")
        if stopped.coded_beyond:
            remark(
                f"{stopped.coded_beyond} later cases had been handed in: coding departed from the "
                "rule, and the limits are those that hold at any look."
            )
