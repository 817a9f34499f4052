"""One pass over the bytes of a UTF-8 text file: its hash, its rows, and whether it is sound.

Engines let much pass in silence (a NUL, an inner quotation mark, a space before a quoted cell,
blank lines), and read no row at all where the line ends are not the expected ones. Only a file
that this pass finds sound is handed to one. The pass says that something is wrong, not what:
the exact reader of ``sampling.extracts.csv_rows`` then lists every place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from sampling.extracts.source import BLOCK_BYTES, MAX_CELL_CHARACTERS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BOM = b"\xef\xbb\xbf"
_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\r") + b"\x7f"
_QUOTE, _LF, _CR = b'"\n\r'
_ENDLESS_BYTES = 2 * MAX_CELL_CHARACTERS


@dataclass(slots=True)
class Survey:
    """What the pass has seen so far."""

    delimiter: str
    is_sound: bool = True
    in_quotes: bool = False
    records: int = 0
    """Records, the header among them."""
    separators: int = 0
    """Separators outside quotes: an engine lets one too many pass at the end of a row."""
    lf_ends: int = 0
    crlf_ends: int = 0

    @property
    def newline(self) -> str:
        """How lines end: LF or CR LF, as text."""
        return "\r\n" if self.crlf_ends else "\n"

    def take(self, block: bytes) -> None:
        """Look at one block of whole lines; the last one of the file may lack its end."""
        if not self.is_sound:
            return
        if len(block.translate(None, _CONTROL)) != len(block) or not _is_utf8(block):
            self.is_sound = False
        elif self.in_quotes or b'"' in block:
            self._take_quoted(block)
        else:
            crlf = block.count(b"\r\n")
            self._take_ends(block.count(b"\n") - crlf, crlf)
            self.separators += block.count(self.delimiter.encode())
            blank = block.startswith((b"\n", b"\r\n")) or b"\n\n" in block or b"\n\r\n" in block
            self.is_sound &= not blank and block.count(b"\r") == crlf

    def finish(self, tail: bytes) -> None:
        """Say that the file has ended, with the line ends after its last record."""
        if tail.startswith(b"\n"):
            self.lf_ends += 1
        elif tail:
            self.crlf_ends += 1
        self.is_sound &= not self.in_quotes and not (self.lf_ends and self.crlf_ends)
        self.is_sound &= not tail.replace(self.newline.encode(), b"")

    def _take_ends(self, lf: int, crlf: int) -> None:
        self.lf_ends += lf
        self.crlf_ends += crlf
        self.records += lf + crlf

    def _take_quoted(self, block: bytes) -> None:
        """Check every quotation mark by its neighbours, and count line ends outside quotes.

        Marks alternate: one opens, the next closes, and a doubled mark closes and opens again.
        A mark that opens follows a separator, a line end or the mark just closed; one that
        closes comes before a separator, a line end or the mark that opens again.
        """
        import numpy as np

        # A line end on both sides stands for the neighbours of the first and last byte.
        padded = np.frombuffer(b"\n" + block + b"\n", np.uint8)
        marks = np.flatnonzero(padded == _QUOTE)
        first_opens = 1 if self.in_quotes else 0
        opening, closing = marks[first_opens::2], marks[1 - first_opens :: 2]
        neighbours = np.zeros(256, bool)
        neighbours[[ord(self.delimiter), _LF, _QUOTE]] = True
        opens_well = bool(neighbours[padded[opening - 1]].all())
        neighbours[_CR] = True
        self.is_sound = opens_well and bool(neighbours[padded[closing + 1]].all())
        self._count_ends(padded, marks)
        if len(marks) % 2:
            self.in_quotes = not self.in_quotes

    def _count_ends(self, padded: NDArray[np.uint8], marks: NDArray[np.intp]) -> None:
        import numpy as np

        # From one mark to the next all bytes are alike: outside quotes, then inside, and so on.
        stretches = np.diff(marks, prepend=0, append=len(padded))
        is_outside = (np.arange(len(stretches)) % 2) == int(self.in_quotes)
        outside = np.repeat(is_outside, stretches)
        outside[[0, -1]] = False
        ends = np.flatnonzero((padded == _LF) & outside)
        returns = int(np.count_nonzero((padded == _CR) & outside))
        self.separators += int(np.count_nonzero((padded == ord(self.delimiter)) & outside))
        after_return = padded[ends - 1] == _CR
        crlf = int(after_return.sum())
        self._take_ends(len(ends) - crlf, crlf)
        before = ends - 1 - after_return
        after_line_end = before[padded[before] == _LF]
        blank = after_line_end.size and (
            after_line_end[0] == 0 or np.isin(after_line_end, ends).any()
        )
        self.is_sound &= not blank and returns == crlf


def survey(path: Path, delimiter: str) -> tuple[Survey, str]:
    """Read a file once.

    Args:
        path: A text file, presumed UTF-8, with or without a byte-order mark.
        delimiter: The separator that its header shows.

    Returns:
        What was seen, and the SHA-256 of all bytes.
    """
    seen, hashing = Survey(delimiter), sha256()
    with path.open("rb") as file:
        end = _end_of_content(file)
        for block in _whole_lines(file, end, hashing.update):
            if block is None:
                seen.is_sound = False
            else:
                seen.take(block)
                seen.records += not block.endswith(b"\n")
        tail = file.read(BLOCK_BYTES)
        while rest := file.read(BLOCK_BYTES):
            hashing.update(tail)
            seen.is_sound, tail = False, rest
        hashing.update(tail)
    seen.finish(tail)
    return seen, hashing.hexdigest()


def _end_of_content(file: BinaryIO) -> int:
    """Return where the last line that is not blank ends, its line end not included."""
    end = file.seek(0, 2)
    while end:
        start = max(0, end - BLOCK_BYTES)
        file.seek(start)
        kept = file.read(end - start).rstrip(b"\r\n")
        if kept:
            end = start + len(kept)
            break
        end = start
    file.seek(0)
    return end


def _whole_lines(
    file: BinaryIO, end: int, update: Callable[[bytes], object]
) -> Iterator[bytes | None]:
    """Yield blocks that end with a line, without byte-order mark; None for an endless line."""
    held = file.read(min(len(BOM), end))
    update(held)
    held = held.removeprefix(BOM)
    while block := file.read(min(BLOCK_BYTES, end - file.tell())):
        update(block)
        cut = block.rfind(b"\n") + 1
        if cut:
            yield held + block[:cut]
            held = block[cut:]
        else:
            held += block
        if len(held) > _ENDLESS_BYTES:
            yield None
            held = b""
    if held:
        yield held


def _is_utf8(block: bytes) -> bool:
    if block.isascii():
        return True
    try:
        block.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
