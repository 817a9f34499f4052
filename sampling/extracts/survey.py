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
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from sampling.extracts.compressed import unpacked
from sampling.extracts.source import MAX_CELL_CHARACTERS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLOCK_BYTES = 96 << 10
"""Small enough that an array of one byte for each is not fetched anew from the system."""

BOM = b"\xef\xbb\xbf"
_QUOTE, _LF, _CR = b'"\n\r'
_FIRST_PRINTABLE, _DELETE = 0x20, b"\x7f"
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
    has_broken_cells: bool = False
    """Whether a cell holds a line end: then a line end does not show where a record begins."""
    lf_ends: int = 0
    crlf_ends: int = 0

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
        is_lf, is_cr = codes == _LF, _where(block, b"\r", codes)
        tabs = _where(block, b"\t", codes)
        allowed = sum(int(np.count_nonzero(some)) for some in (is_lf, is_cr, tabs))
        low = int(np.count_nonzero(codes < _FIRST_PRINTABLE))
        if low != allowed or _DELETE in block or not _is_utf8(block):
            self.is_sound = False
            return
        is_separator = codes == ord(self.delimiter)
        if self.in_quotes or b'"' in block:
            is_mark = codes == _QUOTE
            self._check_marks(block, np.flatnonzero(is_mark))
            outside = _outside(is_mark, self.in_quotes)
            self.has_broken_cells |= bool(np.any(is_lf & ~outside))
            is_lf &= outside
            is_cr = is_cr & outside[: len(is_cr)]
            is_separator &= outside
            self.in_quotes = not outside[-1]
        self._count_ends(is_lf, is_cr)
        self.separators += int(np.count_nonzero(is_separator))

    def finish(self, tail: bytes) -> None:
        """Say that the file has ended, with the line ends after its last record."""
        if tail.startswith(b"\n"):
            self.lf_ends += 1
        elif tail:
            self.crlf_ends += 1
        self.is_sound &= not self.in_quotes and not (self.lf_ends and self.crlf_ends)
        self.is_sound &= not tail.replace(self.newline.encode(), b"")

    def _check_marks(self, block: bytes, marks: NDArray[np.intp]) -> None:
        """Check every quotation mark by its neighbours.

        Marks alternate: one opens, the next closes, and a doubled mark closes and opens again.
        A mark that opens follows a separator, a line end or the mark just closed; one that
        closes comes before a separator, a line end or the mark that opens again.
        """
        import numpy as np

        # A line end on both sides stands for the neighbours of the first and last byte.
        padded = np.frombuffer(b"\n" + block + b"\n", np.uint8)
        first_opens = 1 if self.in_quotes else 0
        opening, closing = marks[first_opens::2], marks[1 - first_opens :: 2]
        neighbours = np.zeros(256, bool)
        neighbours[[ord(self.delimiter), _LF, _QUOTE]] = True
        opens_well = bool(neighbours[padded[opening]].all())
        neighbours[_CR] = True
        self.is_sound &= opens_well and bool(neighbours[padded[closing + 2]].all())

    def _count_ends(self, is_lf: NDArray[np.bool_], is_cr: NDArray[np.bool_]) -> None:
        """Count line ends outside quotes and find blank lines.

        Args:
            is_lf: For every byte of a block whether it is an LF outside quotes.
            is_cr: The same for CR; of no length where the block has none.
        """
        import numpy as np

        lf, crlf = int(np.count_nonzero(is_lf)), 0
        is_blank = is_lf[0] or np.any(is_lf[:-1] & is_lf[1:])
        if len(is_cr):
            is_crlf = is_cr[:-1] & is_lf[1:]
            crlf = int(np.count_nonzero(is_crlf))
            is_blank = is_blank or is_cr[0] or np.any(is_lf[:-2] & is_crlf[1:])
            self.is_sound &= int(np.count_nonzero(is_cr)) == crlf
        self.lf_ends += lf - crlf
        self.crlf_ends += crlf
        self.records += lf
        self.is_sound &= not is_blank


def _where(block: bytes, sign: bytes, codes: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return for every byte whether it is this one; an array of no length where none is."""
    is_sign: NDArray[np.bool_] = codes[: len(block) if sign in block else 0] == ord(sign)
    return is_sign


@cache
def _tables() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return, for eight marks or none as bits, the parity up to each bit, and that of all.

    The parity of all is 0 or 255, so that it turns every bit of the next byte.
    """
    import numpy as np

    bits = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1)
    up_to = np.bitwise_xor.accumulate(bits, axis=1)
    return np.packbits(up_to, axis=1)[:, 0], up_to[:, -1] * np.uint8(255)


def _outside(is_mark: NDArray[np.bool_], in_quotes: bool) -> NDArray[np.bool_]:
    """Return for every byte whether an even number of marks stands up to it, counted in bits."""
    import numpy as np

    up_to, of_all = _tables()
    marks = np.packbits(is_mark)
    carried = np.empty_like(marks)
    carried[0] = 255 if in_quotes else 0
    np.bitwise_xor.accumulate(of_all[marks[:-1]], out=carried[1:])
    carried[1:] ^= carried[0]
    inside = up_to[marks] ^ carried
    return np.unpackbits(~inside, count=len(is_mark)).view(np.bool_)


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
    """Yield blocks that end with a line, without byte-order mark; None for an endless line."""
    held = file.read(min(len(BOM), end)).removeprefix(BOM)
    while block := file.read(min(BLOCK_BYTES, end - file.tell())):
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
