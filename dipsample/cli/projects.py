"""Opens the project of a command, and closes it however the command ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dipsample.audit import Audit
from dipsample.cli.console import remark
from dipsample.opening import open_audit, open_to_work_out


@contextmanager
def opened(
    path: Path, passphrase_file: Path | None, *, is_read_only: bool = False
) -> Iterator[Audit]:
    """Open a project; say what is to be said about the place where it lies."""
    with _closed_after(
        open_audit(path, passphrase_file=passphrase_file, is_read_only=is_read_only)
    ) as audit:
        yield audit


@contextmanager
def opened_for_figures(path: Path, passphrase_file: Path | None) -> Iterator[Audit]:
    """Open a project whose figures are wanted: to write down how far they are worked out.

    One that cannot be written to is opened for reading.
    """
    with _closed_after(open_to_work_out(path, passphrase_file=passphrase_file)) as audit:
        yield audit


@contextmanager
def _closed_after(audit: Audit) -> Iterator[Audit]:
    try:
        for warning in audit.warnings:
            remark(warning)
        yield audit
    finally:
        audit.close()
