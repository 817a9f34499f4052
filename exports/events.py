"""What was released: the facts that the log keeps of an export."""

from __future__ import annotations

from typing import ClassVar, Literal

from sampling.recorded import Row, Widened


class ReleaseMade(Widened):
    """A file of findings was written.

    It holds digests only, so that the log tells which file is ours without repeating a figure.
    """

    SPARE: ClassVar[frozenset[str]] = frozenset({"codebook"})

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
    """The digest of the log that the figures rest on: everything before this event,
    or of figures of an earlier codebook everything until that ended."""
    codebook: str = ""
    """The last version of the earlier codebook that the figures rest on, such as ``1.0.0``;
    empty: they rest on the versions in force."""
