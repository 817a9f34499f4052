"""Files that are whole or absent, whatever happens while they are written."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from exports.errors import OutputError


def write_whole(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` in one step: after a power cut it is the old file or the new.

    The bytes go to a private file beside ``path``, are forced to the disk, and take its name by
    renaming. The file can be read by its owner alone: its content is sensitive, and passing it
    on is a decision.

    Raises:
        OutputError: Where the folder is missing or read-only, or the disk is full; what stood at
            ``path`` is untouched and nothing is left beside it.
    """
    try:
        number, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise _failed(path, error) from error
    part = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _keep_folder(path.parent)
    except OSError as error:
        with suppress(FileNotFoundError):
            part.unlink()
        raise _failed(path, error) from error


def _keep_folder(folder: Path) -> None:
    """Force the new name itself to the disk where the system lets a folder be opened."""
    if os.name != "posix":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _failed(path: Path, error: OSError) -> OutputError:
    reason = error.strerror or "the system gave no reason"
    return OutputError(
        f"The file {path.name} could not be written ({reason.lower()}); "
        "nothing was changed, so mend the cause and export again."
    )
