"""The draw record as plain text of 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final

from exports.draw_record.page import Page, Section, Table, page_of
from exports.text import clean
from sampling.draw_record import DrawRecord, canonical

BEGIN: Final = "----- BEGIN DATA -----"
END: Final = "----- END DATA -----"

_WIDTH: Final = 80
_LINE: Final = "_" * 34


def as_text(record: DrawRecord) -> bytes:
    """Return the record as text in UTF-8: the page to sign, then its data for programs."""
    page = page_of(record)
    lines = [*_page(page), "", BEGIN, canonical(record), END, ""]
    return "\n".join(lines).encode("utf-8")


def _page(page: Page) -> Iterator[str]:
    yield page.title.upper()
    yield _tidy(page.audit)
    for section in page.sections:
        yield ""
        yield from _section(section)
    yield ""
    yield "SIGNED over this record, whose digest is"
    half = len(page.digest) // 2
    yield f"  {page.digest[:half].strip()}"
    yield f"  {page.digest[half:].strip()}"
    for one in page.signatures:
        yield ""
        yield f"  {one:<12}{_LINE}  date {_LINE[:16]}"
    for section in page.annex:
        yield ""
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield section.title.upper()
    for name, value in section.facts:
        yield from _fact(_tidy(name), _tidy(value))
    for word in section.words:
        yield from textwrap.wrap(
            _tidy(word), _WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
        )
    if section.table is not None:
        yield from _table(section.table)
    if section.lines is not None:
        yield from ("    " + line for line in section.lines.splitlines())


def _fact(name: str, value: str) -> Iterator[str]:
    """A fact on one line where it fits; a value is never broken, so that it can be copied."""
    line = f"  {name:<26} {value}"
    if len(line) <= _WIDTH:
        yield line
    else:
        yield f"  {name}"
        yield f"    {value}"


def _table(table: Table) -> Iterator[str]:
    rows = [table.head, *table.rows]
    first = max(len(_tidy(row[0])) for row in rows)
    widths = [max(len(row[at]) for row in rows) for at in range(1, len(table.head))]
    for row in rows:
        numbers = "".join(f"  {cell:>{width}}" for cell, width in zip(row[1:], widths, strict=True))
        yield f"  {_tidy(row[0]):<{first}}{numbers}"


def _tidy(text: str) -> str:
    """Return a text on one line, with nothing in it that a terminal would obey."""
    cleaned = clean(text).text.replace("\n", " ")
    return "".join(char if char.isprintable() else "�" for char in cleaned)
