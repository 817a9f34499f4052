"""What a record id, a stratum name or a unit code may be (rule 1 of ``dipsample-ticket-v1``).

One Python function decides for every engine. An id that passes is used exactly as stored:
nothing is trimmed, folded or normalised, because whoever re-draws the sample must hash the
same bytes.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NewType

RecordId = NewType("RecordId", str)

MAX_BYTES = 200
NONCE_WORD = "#nonce"

_PLAIN = re.compile(r"[!-~](?:[ -~]{0,198}[!-~])?")
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def why_not_an_id(text: str) -> str | None:
    """Say why ``text`` may not be a record id, or None where it may.

    Args:
        text: The id as stored in the extract.

    Returns:
        A few words such as ``"leading or trailing space"``; None for a valid id.
    """
    if _PLAIN.fullmatch(text):
        return "reserved word" if text == NONCE_WORD else None
    if not text:
        return "empty"
    return _why_not_unusual(text)


def _why_not_unusual(text: str) -> str | None:
    """Say why a text that is not plain printable ASCII may not be an id."""
    try:
        length = len(text.encode("utf-8"))
    except UnicodeEncodeError:
        return "lone surrogate"
    if length > MAX_BYTES:
        return f"over {MAX_BYTES} bytes"
    if _FORBIDDEN.search(text):
        return "control character, line separator or byte-order mark"
    if text[0].isspace() or text[-1].isspace():
        return "leading or trailing space"
    return None if unicodedata.is_normalized("NFC", text) else "not NFC"
