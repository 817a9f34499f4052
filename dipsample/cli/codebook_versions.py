"""``dipsample codebook versions``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dipsample.cli.console import Format, say_json, say_table
from dipsample.cli.options import format_option, passphrase_option, project_argument

if TYPE_CHECKING:
    from dipsample.publishing import VersionStanding

COLUMNS = ("version", "published", "codings", "to_confirm", "counts", "cosmetic", "reason")


@click.command(
    name="versions",
    short_help="List the versions of a project and the codings on each.",
    epilog="Example: dipsample codebook versions audit.dip",
)
@project_argument
@passphrase_option
@format_option
def command(project: Path, passphrase_file: Path | None, layout: Format) -> None:
    """Print every version that the project took, oldest first.

    With each stand the handed-in codings that are bound to it, how many of them wait for their
    coder to confirm answers before they count, and the reason that was given.
    """
    from dipsample.cli.projects import opened

    with opened(project, passphrase_file, is_read_only=True) as audit:
        found = audit.codebook_versions()
    if layout is Format.JSON:
        say_json([_as_json(one) for one in found])
        return
    say_table(
        COLUMNS,
        [_cells(one) for one in found],
        layout=layout,
        right=frozenset({"codings", "to_confirm"}),
        widest={"reason": 60},
    )


def _cells(one: VersionStanding) -> tuple[object, ...]:
    return (
        one.version.codebook.version,
        one.version.time,
        one.codings,
        one.waiting,
        _counts(one),
        " ".join(one.version.cosmetic),
        one.version.reason,
    )


def _counts(one: VersionStanding) -> str:
    """Say how codings made on a version stand to the current one."""
    if one.is_current:
        return "current"
    return "as they are" if one.is_comparable else "once confirmed"


def _as_json(one: VersionStanding) -> dict[str, object]:
    codebook = one.version.codebook
    return {
        "id": codebook.id,
        "version": codebook.version,
        "sha256": codebook.sha256,
        "parent": one.version.parent,
        "published": one.version.time,
        "current": one.is_current,
        "comparable": one.is_comparable,
        "changes_meaning": one.changes_meaning,
        "cosmetic": list(one.version.cosmetic),
        "reason": one.version.reason,
        "codings": one.codings,
        "to_confirm": one.waiting,
    }
