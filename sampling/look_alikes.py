"""Ids that differ and are probably the same record, and ids that a spreadsheet has changed.

The key folds what people and programs confuse: capitals, spaces, leading zeros, signs without a
look, and letters of one look (the part of the confusables of Unicode TR39 that keyboards of
European scripts have). Ids are only compared by it; they are never changed.

Two small letters that look like one (``rn`` and ``m``) are compared by a key of their own, for
only small letters do: RN-1 and M-1 are two references, and RN-1 and rn-1 are one. A pipe is not
taken for an l, because it stands between parts of ids.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import reduce
from typing import Final

_CONFUSED: Final = ("oil", "011")
# Cyrillic, Greek, Armenian and phonetic letters, and hyphens and dashes.
_CAPITALS: Final = str.maketrans(
    "АВЕЅІЈКМНОРСТХУҮԚԜԌΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹՕՍ", "abesijkmhopctxyyqwgabezhikmnoptyxcou"
)
_HOMOGLYPHS: Final = str.maketrans(
    "авеорсухікмтнјѕԁԛԝһԍүαορνικτυχγηɑɡıոսօց‐‑‒–—−",
    "abeopcyxikmthjsdqwhgyaopviktuxynagınuog------".replace("ı", "i"),
)
# The letters of Unicode TR39 of the same scripts that look like another letter, or like a digit.
_ODD_LETTERS: Final = str.maketrans(
    "ƄƖƦƧƷƼƽǀȜȢȣɣɩɪɯʋʏᴄᴏᴜᴠᴡᴢꜱͿσϜϳϺᴦЗЬбгѡѴѵҽӀӏӠՏագզհռք˗⁃",
    "blr235sl388yiiwuycouvwzsjofjmr3b6rwvveli3swqqhnf--",
)
_ZEROS = re.compile("(^|[^0-9])0+([0-9])")

_FOLDED_SQL: Final = reduce(
    lambda sql, pair: f"replace({sql}, '{pair[0]}', '{pair[1]}')",
    zip(*_CONFUSED, strict=True),
    "replace(lower({id}), ' ', '')",
)

# Three times replace takes a fifth of the time of one translate.
KEY_SQL: Final = rf"regexp_replace({_FOLDED_SQL}, '(^|[^0-9])0+([0-9])', '\1\2', 'g')"
"""The key of a plain ASCII id as SQL; equal to :func:`look_alike_key`."""


LETTER_PAIRS: Final = (("rn", "m"), ("vv", "w"), ("cl", "d"))
"""Small letters that look like one, and the one."""

HAS_PAIR: Final = "|".join(pair for pair, _ in LETTER_PAIRS)
"""Pattern of ids in which two letters may be read as one."""

PAIRED_SQL: Final = reduce(
    lambda sql, pair: f"replace({sql}, '{pair[0]}', '{pair[1]}')", LETTER_PAIRS, "{id}"
)
"""An id in which two letters that look like one are that one, as SQL."""


def look_alike_key(record_id: str) -> str:
    """Return what is left of an id once everything that is easily confused is folded."""
    if record_id.isascii():
        folded = record_id.lower()
    else:
        shown = "".join(sign for sign in record_id if unicodedata.category(sign) != "Cf")
        capitals = unicodedata.normalize("NFKC", shown).translate(_ODD_LETTERS).translate(_CAPITALS)
        folded = capitals.casefold().translate(_HOMOGLYPHS)
    bare = "".join(folded.split()).translate(str.maketrans(*_CONFUSED))
    return _ZEROS.sub(r"\1\2", bare)


MANGLED: Final = {
    "written as a power of ten": r"\d(\.\d+)?[Ee]\+?\d{1,3}",
    "turned into a date": (
        r"(?i:(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-\d{2}"
        r"|\d{1,2}-(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(-\d{2,4})?)"
        r"|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d\d-\d\d( 00:00:00)?"
    ),
    "ending in .0": r"\d+\.0",
}
"""Ways a spreadsheet changes an id, and the pattern of the whole id; read alike by RE2."""

DATE_SERIAL: Final = r"[2-5]\d{4}"
"""A date as a spreadsheet counts days; suspicious only among ids that are not numbers."""

LEADING_ZERO: Final = r"0\d+"
_LEAST_WIDTH: Final = 5
_MOST_DIGITS: Final = 15
"""Digits that a spreadsheet keeps; of longer numbers it loses the last ones, not the first."""

_TENTH: Final = 0.1
_DEVIATIONS: Final = 3
_LEAST_RECORDS: Final = 100
"""Under so many ids their lengths say nothing."""


def width_before(widths: Mapping[int, int], span: int, *, has_leading_zeros: bool) -> int | None:
    """Say how wide ids of digits alone were before their leading zeros were lost, if they were.

    Of padded numbers without order a tenth begin with 0, a tenth of these with 00, and so on; so
    many come out shorter by one digit, by two, and so on. Lengths that vary by nature are rarely
    in these shares. Numbers drawn at random below a power of ten are, and nothing tells the two
    apart. Numbers that count records up are left alone: largest and smallest lie about as far
    apart as they are many.

    Args:
        widths: How many ids have so many digits.
        span: The difference of the largest and the smallest.
        has_leading_zeros: Whether some ids have theirs still.

    Returns:
        The width; None where the lengths say that nothing was lost.
    """
    records, width = sum(widths.values()), max(widths, default=0)
    if has_leading_zeros or not _LEAST_WIDTH <= width <= _MOST_DIGITS:
        return None
    if records < _LEAST_RECORDS:
        return None
    counts_up = span <= 10 * records
    is_ladder = widths[width] < records and _is_ladder(widths, width)
    return width if is_ladder and not counts_up else None


def _is_ladder(widths: Mapping[int, int], width: int) -> bool:
    """Whether of the ids of each width and below about a tenth are shorter still."""
    left = sum(widths.values())
    while left:
        shorter = left - widths.get(width, 0)
        spread = (_TENTH * (1 - _TENTH) * left) ** 0.5
        if abs(shorter - _TENTH * left) > _DEVIATIONS * spread + 1:
            return False
        left, width = shorter, width - 1
    return True
