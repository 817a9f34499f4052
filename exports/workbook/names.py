"""Names that every spreadsheet program accepts; openpyxl only warns, or stays silent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from exports.errors import WorkbookError

MAX_SHEET_NAME = 31
MAX_TABLE_NAME = 255

_FORBIDDEN_IN_SHEET = frozenset("[]:*?/\\")
_TABLE_NAME = re.compile(r"[a-z_][a-z0-9_]*")
_CELL_REFERENCE = re.compile(r"[a-z]{1,3}[0-9]{1,7}|r[0-9]*c[0-9]*|r[0-9]*|c[0-9]*")
_GENERIC_NAME = re.compile(r"(table|list|data)_?[0-9]*")


def check_sheet_names(names: Sequence[str]) -> None:
    """Refuse a set of sheet names that a spreadsheet program would change or reject.

    Raises:
        WorkbookError: Names the first that is empty, too long, repeated without regard to case,
            reserved, or holds a character that is not allowed.
    """
    for name in names:
        if not 1 <= len(name) <= MAX_SHEET_NAME:
            raise _refused("sheet", name, f"it needs 1 to {MAX_SHEET_NAME} characters")
        if _FORBIDDEN_IN_SHEET & set(name) or not name.isprintable():
            raise _refused("sheet", name, r"it holds one of [ ] : * ? / \ or a control character")
        if name.startswith("'") or name.endswith("'"):
            raise _refused("sheet", name, "it begins or ends with an apostrophe")
        if name.casefold() == "history":
            raise _refused("sheet", name, "spreadsheet programs keep it for themselves")
    _refuse_repeats("sheet", names)


def check_table_names(names: Sequence[str]) -> None:
    """Refuse a set of table names that a spreadsheet program would change or reject.

    Raises:
        WorkbookError: Names the first that is not lower case with underscores, reads as a cell,
            says nothing of its content, or is repeated.
    """
    for name in names:
        if len(name) > MAX_TABLE_NAME or not _TABLE_NAME.fullmatch(name):
            raise _refused("table", name, "it must be lower-case letters, digits and underscores")
        if _CELL_REFERENCE.fullmatch(name):
            raise _refused("table", name, "it reads as a cell")
        if _GENERIC_NAME.fullmatch(name):
            raise _refused("table", name, "it does not say what the table holds")
    _refuse_repeats("table", names)


def check_headers(titles: Sequence[str]) -> None:
    """Refuse column headers that a native table cannot have.

    Raises:
        WorkbookError: Where one is empty, holds a line end, or is repeated without regard to case.
    """
    for title in titles:
        if not title.strip() or "\n" in title:
            raise _refused("column", title, "a header is one line of text")
    _refuse_repeats("column", titles)


def _refuse_repeats(kind: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            raise _refused(kind, name, "it occurs twice, and case does not count")
        seen.add(name.casefold())


def _refused(kind: str, name: str, reason: str) -> WorkbookError:
    return WorkbookError(f"The {kind} name {name!r} is not allowed: {reason}.")
