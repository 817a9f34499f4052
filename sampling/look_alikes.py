"""Ids that differ and are probably the same record, and ids that a spreadsheet has changed.

The key folds what people and programs confuse: capitals, spaces, leading zeros, signs without a
look, and letters of one look (the part of the confusables of Unicode TR39 that keyboards of
European scripts have). Ids are only compared by it; they are never changed.
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
_ZEROS = re.compile("(^|[^0-9])0+([0-9])")

_FOLDED_SQL: Final = reduce(
    lambda sql, pair: f"replace({sql}, '{pair[0]}', '{pair[1]}')",
    zip(*_CONFUSED, strict=True),
    "replace(lower({id}), ' ', '')",
)

# Three times replace takes a fifth of the time of one translate.
KEY_SQL: Final = rf"regexp_replace({_FOLDED_SQL}, '(^|[^0-9])0+([0-9])', '\1\2', 'g')"
"""The key of a plain ASCII id as SQL; equal to :func:`look_alike_key`."""


def look_alike_key(record_id: str) -> str:
    """Return what is left of an id once everything that is easily confused is folded."""
    if record_id.isascii():
        folded = record_id.lower()
    else:
        shown = "".join(sign for sign in record_id if unicodedata.category(sign) != "Cf")
        capitals = unicodedata.normalize("NFKC", shown).translate(_CAPITALS)
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
_MOST_SHORTER: Final = 0.2


def width_before(widths: Mapping[int, int], span: int, *, has_leading_zeros: bool) -> int | None:
    """Say how wide ids of digits alone were before their leading zeros were lost, it seems.

    Of padded numbers without order a tenth begin with 0, so a tenth come out shorter. Numbers
    that count records up are left alone: largest and smallest lie about as far apart as they are
    many.

    Args:
        widths: How many ids have so many digits.
        span: The difference of the largest and the smallest.
        has_leading_zeros: Whether some ids have theirs still.

    Returns:
        The width; None where nothing seems lost.
    """
    records, width = sum(widths.values()), max(widths, default=0)
    shorter = records - widths.get(width, 0)
    if has_leading_zeros or not shorter or width < _LEAST_WIDTH:
        return None
    counts_up = span <= 10 * records
    return None if counts_up or shorter > _MOST_SHORTER * records else width
