"""What was released: the facts that the log keeps of an export."""

from __future__ import annotations

from typing import Literal

from sampling.recorded import Recorded, Row


class ReleaseMade(Recorded):
    """A file of findings was written.

    It holds digests only, so that the log tells which file is ours without repeating a figure.
    """

    v: Literal[1] = 1
    format: Literal["xlsx"]
    file_name: str
    """Without its folder."""
    file_sha256: str
    """Of the bytes of the file."""
    values_sha256: str
    """Of the values that the file shows; survives a re-save by a spreadsheet program."""
    by: Row[str]
    """Columns that the findings are broken down by."""
    date: str
    """The date printed on it, ISO."""
    status: Row[str]
    """The status words printed on it, such as ``PROVISIONAL``."""
    log_digest: str
    """The digest of the log that the figures rest on: everything before this event."""
