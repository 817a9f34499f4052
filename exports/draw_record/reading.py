"""A draw record that somebody hands in: hostile input until it is read."""

from __future__ import annotations

from html import unescape
from typing import Final

from exports.draw_record.html import DATA_CLOSES, DATA_OPENS, as_html
from exports.draw_record.text import BEGIN, END, as_text
from sampling.draw_record import DrawRecord, parse_record
from sampling.errors import SamplingError

MAX_BYTES: Final = 16 * 1024 * 1024

_HTML_STARTS: Final = b"<!DOCTYPE html>"
_TEXT_STARTS: Final = b"DRAW RECORD\n"


def looks_like_record(start: bytes) -> bool:
    """Say whether a file that begins so is meant as a draw record."""
    return start.startswith((_HTML_STARTS, _TEXT_STARTS))


def read_record(content: bytes) -> tuple[DrawRecord, bool]:
    """Read a draw record from the bytes of its file.

    Args:
        content: Text or HTML, as :func:`as_text` and :func:`as_html` make it.

    Returns:
        The record, and whether the page in front of its data is word for word the one that the
        data make.

    Raises:
        SamplingError: Where it is no draw record.
    """
    if len(content) > MAX_BYTES:
        raise SamplingError("This file is too large for a draw record.")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SamplingError("This file is not a draw record: it is not UTF-8 text.") from error
    is_html = content.startswith(_HTML_STARTS)
    opens, closes = (DATA_OPENS, DATA_CLOSES) if is_html else (f"{BEGIN}\n", f"\n{END}")
    _, found, rest = text.rpartition(opens)
    data, ended, _ = rest.partition(closes)
    if not found or not ended:
        raise SamplingError("This file is not a draw record: it holds no data of one.")
    record = parse_record(unescape(data) if is_html else data)
    again = as_html(record) if is_html else as_text(record)
    return record, again == content
