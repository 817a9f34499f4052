"""Reads several projects as the waves of one comparison."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dipsample.cli.console import EXACT_INTERVALS, remark, waiting_for

if TYPE_CHECKING:
    from dipsample.audit import Audit
    from exports.release.comparing import ComparedAudit
    from review.waves import Wave


@dataclass(frozen=True, slots=True)
class Compared:
    """One project of the comparison."""

    path: Path
    project_id: str
    wave: Wave
    facts: dict[str, object]
    """What the machine-readable output says of it."""
    audit: ComparedAudit
    """What a workbook says of it."""


def read_all(
    projects: Sequence[Path],
    passphrase_files: Sequence[Path],
    *,
    name: str | None,
    indicators: Sequence[str] | None,
    confidence: float,
) -> list[Compared]:
    """Open each project, work its figures out, and close it.

    Args:
        projects: Oldest first.
        passphrase_files: None, one for all, or one for each.
        name: Who asks, as given.
        indicators: Those wanted; None for all about incidents and persons.
        confidence: Of the intervals.

    Raises:
        UsageError: Where files and projects do not go together, or a project is given twice.
        RefusedError: Where the figures of one are not for whoever asks.
    """
    files = _for_each(projects, passphrase_files)
    compared = [
        _read(path, file, name=name, indicators=indicators, confidence=confidence)
        for path, file in zip(projects, files, strict=True)
    ]
    _check_different(compared)
    return compared


def _for_each(projects: Sequence[Path], files: Sequence[Path]) -> list[Path | None]:
    """Return the passphrase file of each project: one for all, or one for each."""
    if not files:
        return [None] * len(projects)
    if len(files) == 1:
        return [files[0]] * len(projects)
    if len(files) != len(projects):
        raise click.UsageError(
            f"There are {len(files)} passphrase files for {len(projects)} projects; give one for "
            "all, or one for each in their order."
        )
    return list(files)


def _read(
    path: Path,
    passphrase_file: Path | None,
    *,
    name: str | None,
    indicators: Sequence[str] | None,
    confidence: float,
) -> Compared:
    from dipsample.cli.projects import opened_for_figures
    from dipsample.passphrase import VARIABLE
    from dipsample.store import is_encrypted
    from dipsample.system import who

    if passphrase_file is None and VARIABLE not in os.environ and is_encrypted(path):
        remark(f"Reading {path}")  # the prompt for the passphrase does not say whose
    with opened_for_figures(path, passphrase_file) as audit:
        wave = audit.wave(
            who(name),
            indicators=indicators,
            confidence=confidence,
            progress=waiting_for(EXACT_INTERVALS),
        )
        return Compared(path, audit.project_id, wave, _facts(audit, wave), audit.as_compared(wave))


def _facts(audit: Audit, wave: Wave) -> dict[str, object]:
    codebook = audit.codebook
    return {
        "project": audit.title,
        "codebook": {
            "id": codebook.id,
            "version": codebook.version,
            "sha256": codebook.sha256,
        },
        "draw": audit.draw_facts(),
        "digest": audit.digest(),
        "open_cases": wave.open_cases,
    }


def _check_different(compared: Sequence[Compared]) -> None:
    """Refuse a project that is given twice, or a copy of it.

    Raises:
        UsageError: Names the two.
    """
    from dipsample.errors import UsageError

    seen: dict[str, Path] = {}
    for one in compared:
        if one.project_id in seen:
            raise UsageError(
                f"{one.path} is the same project as {seen[one.project_id]}; give each wave once."
            )
        seen[one.project_id] = one.path
