"""Opens the project of a command, and closes it however the command ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dipsample.audit import Audit
from dipsample.cli.console import remark
from dipsample.opening import open_audit


@contextmanager
def opened(
    path: Path, passphrase_file: Path | None, *, is_read_only: bool = False
) -> Iterator[Audit]:
    """Open a project; say what is to be said about the place where it lies."""
    audit = open_audit(path, passphrase_file=passphrase_file, is_read_only=is_read_only)
    try:
        for warning in audit.warnings:
            remark(warning)
        yield audit
    finally:
        audit.close()
