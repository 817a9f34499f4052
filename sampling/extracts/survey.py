"""One pass over the bytes of a UTF-8 text file: its rows, and whether it is sound.

Engines let much pass in silence (a NUL, an inner quotation mark, a space before a quoted cell,
blank lines), and read no row at all where the line ends are not the expected ones. What an
engine read is believed only if this pass finds the file sound and counts as many rows. The pass
says that something is wrong, not what: the exact reader of ``sampling.extracts.csv_rows`` then
lists every place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from sampling.extracts.byte_bits import (
    WORD_BITS,
    after,
    bits_of,
    inside,
    just_beyond,
    none_of,
    number_of,
)
from sampling.extracts.compressed import unpacked
from sampling.extracts.source import MAX_CELL_CHARACTERS

if TYPE_CHECKING:
    from sampling.extracts.byte_bits import Bits

BLOCK_BYTES = 256 << 10
"""So much that the steps for a block cost little beside its bytes, and that it stays in a cache."""

BOM = b"\xef\xbb\xbf"
_MARK = b'"'
_QUOTE, _LF = b'"\n'
_FIRST_PRINTABLE, _DELETE = 0x20, b"\x7f"
_MOST_BYTES = MAX_CELL_CHARACTERS
"""Of a line, and of what follows a line end inside of quotes until the next separator: with fewer
no cell has too many characters. With more one may have, and the exact reader counts them."""


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
    has_broken_cells: bool = False
    """Whether a cell holds a line end: then a line end does not show where a record begins."""
    lf_ends: int = 0
    crlf_ends: int = 0
    open_bytes: int = 0
    """At most so many bytes of the cell that is open where the last block ended."""

    @property
    def newline(self) -> str:
        """How lines end: LF or CR LF, as text."""
        return "\r\n" if self.crlf_ends else "\n"

    def agrees(self, rows: int, columns: int) -> bool:
        """Whether the file is sound and has so many rows after the header, of so many cells."""
        return (
            self.is_sound
            and rows == self.records - 1
            and self.separators == self.records * (columns - 1)
        )

    def take(self, block: bytes) -> None:
        """Look at one block of whole lines; the last one of the file may lack its end."""
        import numpy as np

        if not self.is_sound:
            return
        codes = np.frombuffer(block, np.uint8)
        lf, cr = bits_of(codes == _LF), _bits_of_rare(b"\r", block)
        allowed = number_of(lf) + number_of(cr) + number_of(_bits_of_rare(b"\t", block))
        low = int(np.count_nonzero(codes < _FIRST_PRINTABLE))
        if low != allowed or _DELETE in block or not _is_utf8(block):
            self.is_sound = False
            return
        separators = bits_of(codes == ord(self.delimiter))
        if self.in_quotes or _MARK in block:
            marks = bits_of(codes == _QUOTE)
            quoted = inside(marks, is_inside=self.in_quotes)
            self._check_marks(marks, quoted, separators | lf | just_beyond(len(block)), cr)
            self.has_broken_cells |= bool(np.any(lf & quoted))
            self.in_quotes = bool(quoted[-1] >> np.uint64(WORD_BITS - 1))
            lf, cr, separators = (signs & ~quoted for signs in (lf, cr, separators))
            self._measure(len(block), lf | separators)
        self._count_ends(lf, cr)
        self.separators += number_of(separators)

    def finish(self, tail: bytes) -> None:
        """Say that the file has ended, with the line ends after its last record."""
        if tail.startswith(b"\n"):
            self.lf_ends += 1
        elif tail:
            self.crlf_ends += 1
        self.is_sound &= not self.in_quotes and not (self.lf_ends and self.crlf_ends)
        self.is_sound &= not tail.replace(self.newline.encode(), b"")

    def _measure(self, size: int, ends: Bits) -> None:
        """Bound the cell that the block found open or leaves open.

        Args:
            size: Bytes of the block.
            ends: Separators and LFs outside quotes.
        """
        import numpy as np

        self.is_sound &= self.open_bytes + size <= _MOST_BYTES
        if not self.in_quotes:
            self.open_bytes = 0
        elif np.any(ends):
            self.open_bytes = size
        else:
            self.open_bytes += size

    def _check_marks(self, marks: Bits, quoted: Bits, ends: Bits, cr: Bits) -> None:
        """Check every quotation mark by its neighbours.

        Marks alternate: one opens, the next closes, and a doubled mark closes and opens again.
        A mark that opens follows a separator, a line end or the mark just closed; one that
        closes comes before a separator, a line end or the mark that opens again. A block begins
        after a line end, and what comes after it is one or the end of the file.

        Args:
            marks: Quotation marks.
            quoted: Bytes inside of quotes, marks that open among them.
            ends: Separators and LFs, and the byte after the block.
            cr: CRs.
        """
        import numpy as np

        opening, closing = marks & quoted, marks & ~quoted
        neighbours = ends | marks
        is_bad = opening & ~after(neighbours, is_first=True)
        is_bad |= after(closing, is_first=False) & ~(neighbours | cr)
        self.is_sound &= not np.any(is_bad)

    def _count_ends(self, lf: Bits, cr: Bits) -> None:
        """Count line ends outside quotes and find blank lines.

        Args:
            lf: LFs outside quotes.
            cr: CRs outside quotes.
        """
        import numpy as np

        after_lf = after(lf, is_first=True)
        blank, ends, crlf = after_lf & lf, number_of(lf), 0
        if np.any(cr):
            blank |= after_lf & cr
            crlf = number_of(after(cr, is_first=False) & lf)
            self.is_sound &= number_of(cr) == crlf
        self.lf_ends += ends - crlf
        self.crlf_ends += crlf
        self.records += ends
        self.is_sound &= not np.any(blank)


def _bits_of_rare(sign: bytes, block: bytes) -> Bits:
    """Return where a byte is that most blocks do not hold."""
    import numpy as np

    if sign not in block:
        return none_of(len(block))
    return bits_of(np.frombuffer(block, np.uint8) == ord(sign))


def survey(path: Path, delimiter: str, is_over: Callable[[], bool] = lambda: False) -> Survey:
    """Read a file once.

    Args:
        path: A text file, presumed UTF-8, with or without a byte-order mark.
        delimiter: The separator that its header shows.
        is_over: Asked between blocks; the pass ends early, unsound, where it says so.

    Returns:
        What was seen.
    """
    seen = Survey(delimiter)
    with unpacked(path) as file:
        for block in _whole_lines(file, _end_of_content(file)):
            if block is None or is_over():
                seen.is_sound = False
            if block is None or not seen.is_sound:
                return seen
            seen.take(block)
            seen.records += not block.endswith(b"\n")
        tail = file.read(BLOCK_BYTES)
        if file.read(1):
            seen.is_sound = False
    seen.finish(tail)
    return seen


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


def _whole_lines(file: BinaryIO, end: int) -> Iterator[bytes | None]:
    """Yield blocks that end with a line, without byte-order mark; None for too long a line."""
    held = file.read(min(len(BOM), end)).removeprefix(BOM)
    while block := file.read(min(BLOCK_BYTES, end - file.tell())):
        cut = block.rfind(b"\n") + 1
        if len(held) + (cut or len(block)) > _MOST_BYTES:
            yield None
            held = b""
        elif cut:
            yield held + block[:cut]
            held = block[cut:]
        else:
            held += block
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
