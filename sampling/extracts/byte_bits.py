"""Sets of the bytes of a block, one bit for each, in words of 64.

Bit i of word w stands for byte 64 w + i. There is always at least one bit more than there are
bytes. Counting, and telling inside from outside of quotation marks, then costs a few steps for 64
bytes and not for one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bits = NDArray[np.uint64]

WORD_BITS: Final = 64
_LITTLE_ENDIAN: Final = "<u8"


def none_of(size: int) -> Bits:
    """Return the empty set of the bytes of a block of so many."""
    import numpy as np

    return np.zeros(size // WORD_BITS + 1, _LITTLE_ENDIAN)


def bits_of(is_member: NDArray[np.bool_]) -> Bits:
    """Return the set of the bytes for which a statement holds."""
    import numpy as np

    packed = np.packbits(is_member, bitorder="little")
    bits = none_of(len(is_member))
    bits.view(np.uint8)[: len(packed)] = packed
    return bits


def just_beyond(size: int) -> Bits:
    """Return the set of the byte after the last one of a block of so many."""
    import numpy as np

    bits = none_of(size)
    bits[-1] = np.uint64(1 << size % WORD_BITS)
    return bits


def number_of(bits: Bits) -> int:
    """Return how many bytes are in a set."""
    import numpy as np

    return int(np.bitwise_count(bits).sum())


def after(bits: Bits, *, is_first: bool) -> Bits:
    """Return the bytes that come right after one of a set.

    Args:
        bits: The set.
        is_first: Whether the first byte of the block is such a byte too.
    """
    import numpy as np

    one, to_bottom = np.uint64(1), np.uint64(WORD_BITS - 1)
    moved = bits << one
    moved[1:] |= bits[:-1] >> to_bottom
    moved[0] |= np.uint64(is_first)
    return moved


def inside(marks: Bits, *, is_inside: bool) -> Bits:
    """Return the bytes up to which an odd number of marks stands, the byte itself counted.

    Args:
        marks: The marks.
        is_inside: Whether an odd number stands before the block.
    """
    import numpy as np

    bits = marks.copy()
    for places in (1, 2, 4, 8, 16, 32):
        bits ^= bits << np.uint64(places)
    is_odd_before = np.empty_like(bits)
    is_odd_before[0] = is_inside
    np.bitwise_xor.accumulate(bits[:-1] >> np.uint64(WORD_BITS - 1), out=is_odd_before[1:])
    is_odd_before[1:] ^= is_odd_before[0]
    bits ^= np.uint64(0) - is_odd_before
    return bits
