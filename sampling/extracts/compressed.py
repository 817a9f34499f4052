"""Files as they are, and files packed by gzip, opened alike."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, Final, cast

from sampling.errors import ExtractError

GZIP: Final = b"\x1f\x8b"


def is_gzip(path: Path) -> bool:
    """Whether a file begins as gzip archives do."""
    with path.open("rb") as file:
        return file.read(len(GZIP)) == GZIP


@contextmanager
def unpacked(path: Path) -> Iterator[BinaryIO]:
    """Open a file for its bytes, unpacked where it is a gzip archive.

    Raises:
        ExtractError: Where the archive is cut short or damaged.
    """
    if not is_gzip(path):
        with path.open("rb") as file:
            yield file
        return
    try:
        with gzip.open(path, "rb") as packed:
            yield cast("BinaryIO", packed)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise ExtractError(
            f"The gzip archive {path.name} is damaged or cut short; fetch it again."
        ) from None


@contextmanager
def unpacked_text(path: Path, encoding: str, errors: str) -> Iterator[TextIOWrapper]:
    """Open a file for its text, unpacked where it is a gzip archive, line ends as they are."""
    with unpacked(path) as file:
        yield TextIOWrapper(file, encoding=encoding, errors=errors, newline="\n")
