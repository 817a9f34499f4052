"""``dipsample frame commit``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dipsample.cli.console import Format, counted, remark, say, say_json, say_table
from dipsample.cli.frame_numbers import print_collapse, print_strata
from dipsample.cli.frame_spec import FrameOptions, frame_options, twice
from dipsample.cli.options import (
    as_option,
    extract_argument,
    format_option,
    passphrase_option,
    project_argument,
)

if TYPE_CHECKING:
    from sampling.extracts.naming import Extract
    from sampling.frame import Frame


@click.command(
    name="commit",
    short_help="Fix which records can be drawn, with a fingerprint.",
    epilog="Example: dipsample frame commit audit.dip extract.csv --id incident_id "
    "--strata bcu --keep party_a_sex --record narrative --write-frame frame.tsv",
)
@project_argument
@extract_argument
@frame_options()
@click.option(
    "--write-frame",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the lines that the fingerprint is made of, for outsiders to make it.",
)
@click.option(
    "--nonce",
    is_flag=True,
    help="Hide the ids behind the fingerprint by a random line; for ids that can be guessed.",
)
@click.option(
    "--exclude",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Leave out what earlier waves drew: a list of ids, or what cases --format csv printed.",
)
@as_option
@passphrase_option
@format_option
def command(
    project: Path,
    extract: Extract,
    given: FrameOptions,
    write_frame: Path | None,
    nonce: bool,
    exclude: tuple[Path, ...],
    name: str | None,
    passphrase_file: Path | None,
    layout: Format,
) -> None:
    """Fix which records of EXTRACT can be drawn, before any plan and any seed.

    The extract stays where it is; the project keeps the fingerprint, the counts by stratum and
    how it was read. Publish the fingerprint before the seed is known.

    A further wave is a project of its own. With --exclude it draws none of the records that the
    lists name, under the same seed or a new one, and speaks of the records that are left.
    """
    from dipsample.cli.frame_changes import changes_of
    from dipsample.cli.projects import opened
    from dipsample.system import who
    from sampling.errors import ExtractError

    settings = given.read_settings()
    spec = given.spec(settings)
    if not spec.id_column:
        raise click.UsageError("Missing option '--id', or '--collapse' with a key.")
    if exclude and settings.exclude:
        raise twice("exclude")
    if given.settings is not None:
        exclude = exclude or settings.earlier_waves(given.settings)
    with opened(project, passphrase_file) as audit:
        before, earlier = audit.digest(), audit.frame
        try:
            frame = audit.commit_frame(
                who(name),
                extract,
                spec,
                with_nonce=nonce,
                lines_to=write_frame,
                earlier_waves=exclude,
            )
        except ExtractError as problem:
            from dipsample.cli.frame_check import print_faults

            print_faults(problem.faults)
            raise
        if layout is Format.JSON:
            say_json(frame.model_dump(mode="json"))
            return
        if layout is Format.CSV:
            rows = [(stratum.name, stratum.records) for stratum in frame.strata]
            say_table(("stratum", "records"), rows, layout=layout)
            return
        _print(frame)
        for change in () if earlier is None else changes_of(earlier, frame):
            say(f"instead of the earlier frame: {change}")
        if write_frame is not None:
            remark(
                f"The frame's lines are in {write_frame}: LC_ALL=C sort {write_frame} | "
                "sha256sum gives the fingerprint."
            )
        if not frame.spec.record:
            seen = "see the kept columns alone" if frame.spec.keep else "have nothing to read"
            remark(f"LOOK: no column is the record (--record): coders would {seen}.")
        if audit.digest() == before:
            remark("This very frame was committed already; nothing was written.")
        else:
            remark(f"Publish the fingerprint, then: dipsample plan {project} --size N")


def _print(frame: Frame) -> None:
    strata = counted(len(frame.strata), "stratum", "strata")
    say(f"frame of {counted(frame.records, 'record')} in {strata} committed")
    say(f"fingerprint {frame.fingerprint}")
    if frame.collapsed is not None:
        print_collapse(frame.collapsed)
    if frame.spec.independent:
        print_strata(frame.strata, frame.spec.independent)
    for exclusion in frame.exclusions:
        say(f"left out: {exclusion.records:,} ({exclusion.reason})")
    for accepted in frame.accepted:
        say(f"accepted: {accepted.code} ({accepted.reason})")
