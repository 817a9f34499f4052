"""``dipsample init``."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from dipsample.cli.console import remark, say
from dipsample.cli.options import as_option, passphrase_option, project_argument, with_option


@click.command(
    name="init",
    short_help="Start a project.",
    epilog='Examples: dipsample init audit.dip --title "Dip sample, Q3 2026"; '
    'dipsample init audit.dip --title "Dip sample, Q3 2026" --codebook da-full --with C4,C6',
)
@project_argument
@click.option("--title", required=True, help="What the audit is called in every output.")
@click.option(
    "--codebook",
    default="da-short",
    show_default=True,
    metavar="da-short|da-full|FILE.toml",
    help="The questions; dipsample codebook show prints them.",
)
@with_option
@click.option(
    "--settings",
    "settings_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="TOML with population, period, commissioned_by, contact, retention, next_update and "
    "target; the README has an example.",
)
@click.option(
    "--unencrypted", is_flag=True, help="Do not encrypt the file: for synthetic data alone."
)
@as_option
@passphrase_option
def command(
    project: Path,
    title: str,
    codebook: str,
    switched_on: tuple[str, ...],
    settings_file: Path | None,
    unencrypted: bool,
    name: str | None,
    passphrase_file: Path | None,
) -> None:
    """Start a project in the new file PROJECT, with you as its supervisor.

    The file is encrypted with SQLCipher; a lost passphrase is a lost project. Whoever can open
    the file can read all of it: names given by --as are labels.
    """
    from dipsample.opening import create_audit

    audit = create_audit(
        project,
        title=title,
        codebook=codebook,
        switched_on=switched_on,
        settings_file=settings_file,
        is_unencrypted=unencrypted,
        name=name,
        passphrase_file=passphrase_file,
    )
    with closing(audit):
        supervisor = audit.supervisor
        say(
            f"{project}: project {audit.project_id[:8]} started, codebook {audit.codebook.id} "
            f"{audit.codebook.version}, supervisor {audit.supervisor}"
        )
        for warning in audit.warnings:
            remark(warning)
    if unencrypted:
        remark("The file is not encrypted. Use it for synthetic data alone.")
    remark(f"Next: dipsample frame check EXTRACT, then dipsample frame commit {project} EXTRACT")
    remark(f"Or on the screens: dipsample open {project} --as {supervisor}")
