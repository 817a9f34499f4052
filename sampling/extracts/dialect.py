"""The header of a text extract, and the separator it shows.

Nothing is sniffed from the records: the first row alone decides, by a rule that can be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sampling.checks import Fault, Place
from sampling.extracts.source import MAX_COLUMNS
from sampling.faults import Code, fault

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
"""The separators that are read, and their names."""

_QUOTED = re.compile(r'"[^"]*"')
_DATA = re.compile(r"-?\d+(\.\d+)?|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}")
_LINE_BREAK = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_MAX_NAME_BYTES = 200


def delimiter_of(header: str) -> str:
    """Return the separator that occurs most often outside quotes; the comma where none does.

    Args:
        header: The first record of the file as text.
    """
    bare = _QUOTED.sub("", header)
    return max(DELIMITERS, key=bare.count)


def header_faults(names: Sequence[str]) -> Iterator[Fault]:
    """Yield what is wrong with the names of the columns, with the places in row 1."""
    if len(names) > MAX_COLUMNS:
        yield fault(Code.TOO_MANY_COLUMNS, len(names), detail=str(MAX_COLUMNS))
    empty = [f"column {number}" for number, name in enumerate(names, 1) if not name.strip()]
    if empty:
        yield fault(Code.EMPTY_HEADER, len(empty), (Place(1, name) for name in empty))
    folded = [name.strip().casefold() for name in names]
    repeated = [
        name for name, key in zip(names, folded, strict=True) if key and folded.count(key) > 1
    ]
    if repeated:
        yield fault(Code.REPEATED_HEADER, len(repeated), (Place(1, name) for name in repeated))
    bad = [name for name in names if name.strip() and not _is_plain(name)]
    if bad:
        yield fault(Code.BAD_HEADER, len(bad), (Place(1, name) for name in bad))
    like_data = [name for name in names if _DATA.fullmatch(name.strip())]
    if like_data:
        yield fault(Code.HEADER_LIKE_DATA, len(like_data), (Place(1, name) for name in like_data))


def _is_plain(name: str) -> bool:
    return (
        name == name.strip()
        and not _LINE_BREAK.search(name)
        and len(name.encode("utf-8", "surrogatepass")) <= _MAX_NAME_BYTES
    )
