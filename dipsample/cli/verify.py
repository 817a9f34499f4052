"""``dipsample verify``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dipsample.cli.console import Format, say, say_json, say_table, say_wrapped
from dipsample.cli.exit_codes import ExitCode
from dipsample.cli.options import ExtractName, format_option, passphrase_option, project_argument

if TYPE_CHECKING:
    from sampling.extracts.naming import Extract

_MARKS = {True: "ok", False: "WRONG", None: "?"}


@click.command(
    name="verify",
    short_help="Check the log, and with the extract draw everything again.",
    epilog="Examples: dipsample verify audit.dip extract.csv; "
    "dipsample verify audit.dip --against findings.xlsx; "
    "dipsample verify draw-record.txt extract.csv; "
    "dipsample verify audit.dip until-july.csv --earlier until-june.csv --earlier until-may.csv",
)
@project_argument
@click.argument("extract", type=ExtractName(), required=False)
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A workbook: are its numbers and its digest this project's?",
)
@click.option(
    "--nonce-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="With a draw record: the file that holds the nonce of its frame, such as frame.tsv.",
)
@click.option(
    "--exclude",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="With a draw record: the lists of earlier waves that its frame leaves out.",
)
@click.option(
    "--earlier",
    multiple=True,
    type=ExtractName(),
    help="Of a rolling draw: an extract that its frame was made of before EXTRACT.",
)
@passphrase_option
@format_option
def command(
    project: Path,
    extract: Extract | None,
    against: Path | None,
    nonce_file: Path | None,
    exclude: tuple[Path, ...],
    earlier: tuple[Extract, ...],
    passphrase_file: Path | None,
    layout: Format,
) -> int:
    """Check that nothing in the log was changed, dropped or reordered.

    With EXTRACT its fingerprint is made again and the whole draw repeated. Exit code 1 at the
    first thing that is not as it was written. PROJECT may be a draw record: then no project and
    no passphrase are needed.

    Of a rolling draw EXTRACT is the last one, which proves who is drawn. With the ones of before,
    each by --earlier and in any order, it is proved too that no record left the frame at any of
    its growths; those that are not proved are named.
    """
    if earlier and extract is None:
        raise click.UsageError("--earlier needs EXTRACT as well: the last one.")
    if _is_record(project):
        from dipsample.recording import verify_record

        verdict = verify_record(
            project,
            extract=extract,
            nonce_file=nonce_file,
            earlier_waves=exclude,
            earlier=earlier,
        )
    else:
        from dipsample.verification import verify_project

        verdict = verify_project(
            project,
            passphrase_file=passphrase_file,
            extract=extract,
            workbook=against,
            earlier=earlier,
        )
    if layout is Format.JSON:
        say_json(
            {
                "ok": verdict.is_good,
                "checks": [
                    {"check": check.name, "ok": check.is_good, "says": check.says}
                    for check in verdict.checks
                ],
                "digest": verdict.digest,
            }
        )
    elif layout is Format.CSV:
        rows = [(check.name, check.is_good, check.says) for check in verdict.checks]
        say_table(("check", "ok", "says"), rows, layout=layout)
    else:
        for check in verdict.checks:
            say(f"{_MARKS[check.is_good]:<5}  {check.name}: {check.says}")
        say()
        say_wrapped("This shows: " + verdict.shows)
        say_wrapped("It does not show: " + verdict.does_not_show)
    return ExitCode.DONE if verdict.is_good else ExitCode.CHECK_SAID_NO


def _is_record(path: Path) -> bool:
    """Say whether a file is a draw record, by how it begins."""
    from exports.draw_record.reading import looks_like_record

    try:
        with path.open("rb") as file:
            return looks_like_record(file.read(64))
    except OSError:
        return False
