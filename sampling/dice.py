"""Seeds thrown with dice, in front of witnesses."""

from __future__ import annotations

import re
from typing import Final

from sampling.errors import TicketError

TEN_SIDED: Final = 10
SIX_SIDED: Final = 6

THROWS_NEEDED: Final = {TEN_SIDED: 20, SIX_SIDED: 25}
"""Throws that carry at least 64 bits: 20 log2(10) is 66.4, 25 log2(6) is 64.6."""

_FACES: Final = {TEN_SIDED: "0123456789", SIX_SIDED: "123456"}
_LONGEST: Final = 128
_BETWEEN: Final = re.compile(r"[\s,;]+")


def seed_from_dice(throws: str, *, sides: int = TEN_SIDED) -> str:
    """Return the seed that throws of a die make: their digits in order.

    Args:
        throws: The faces, with or without spaces and commas between them; the tenth face of a
            ten-sided die is 0.
        sides: 10 or 6.

    Raises:
        TicketError: Where a face is not on the die, or there are too few or too many throws.
        ValueError: Where no die of so many sides is used.
    """
    if sides not in _FACES:
        raise ValueError("Dice have 10 or 6 sides.")
    digits = _BETWEEN.sub("", throws)
    strange = next((one for one in digits if one not in _FACES[sides]), None)
    if strange is not None:
        position = digits.index(strange) + 1
        raise TicketError(
            f"Throw {position} is no face of a die with {sides} sides; the faces are "
            f"{_FACES[sides][0]} to {_FACES[sides][-1]}."
        )
    if not THROWS_NEEDED[sides] <= len(digits) <= _LONGEST:
        raise TicketError(
            f"A die with {sides} sides has to be thrown {THROWS_NEEDED[sides]} to {_LONGEST} "
            f"times, and {len(digits)} throws were given."
        )
    return digits
