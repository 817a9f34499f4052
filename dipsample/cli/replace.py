"""``dipsample replace``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dipsample.cli.console import say
from dipsample.cli.options import ExtractName, as_option, passphrase_option, project_argument

if TYPE_CHECKING:
    from sampling.extracts.naming import Extract

REASONS = ("not_in_scope", "duplicate_record", "restricted")
REFUSED_REASON = "record_not_found"


@click.command(
    name="replace",
    short_help="Replace a case of the sample by the next of the reserve.",
    epilog="Example: dipsample replace audit.dip C-0042 --reason duplicate_record",
)
@project_argument
@click.argument("case")
@click.option(
    "--reason",
    type=click.Choice([*REASONS, REFUSED_REASON]),
    required=True,
    metavar=f"[{'|'.join(REASONS)}]",
    help="Why the record cannot be in the sample.",
)
@click.option(
    "--extract", type=ExtractName(), help="The committed extract; a draw by size needs it."
)
@as_option
@passphrase_option
def command(
    project: Path,
    case: str,
    reason: str,
    extract: Extract | None,
    name: str | None,
    passphrase_file: Path | None,
) -> None:
    """Replace CASE by the next record of its stratum's reserve, which its reviewer gets instead.

    The replaced case stays in every count. A record that cannot be found is non-response and is
    never replaced: code it as missing. A case that was handed in leaves only for what its coder
    said of it. In a draw by size it is refused where one more rank would leave out a record that
    is certain to be drawn, which the extract shows.
    """
    from dipsample.cli.projects import opened
    from dipsample.system import who

    with opened(project, passphrase_file) as audit:
        following = audit.replace(who(name), case, reason, extract=extract)
        reserve = audit.design().reserve
        say(f"{case} is replaced by {following}; {reserve:,} left in reserve")
