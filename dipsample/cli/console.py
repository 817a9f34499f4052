"""What commands print: results on stdout, remarks on stderr, tables in three formats."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

import click

ELLIPSIS = "…"
WIDTH = 80
"""Characters of a line of text meant to be read."""
EXACT_INTERVALS = "Working out exact intervals"
_UNCUT: Mapping[str, int] = MappingProxyType({})


class Format(StrEnum):
    """How a list is printed."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


def say(text: str = "") -> None:
    """Print a line of the result."""
    click.echo(text)


def remark(text: str) -> None:
    """Print a line for the person at the terminal; nothing under ``--quiet``."""
    context = click.get_current_context(silent=True)
    if context is None or not context.find_root().params.get("quiet", False):
        click.echo(text, err=True)


def waiting_for(what: str) -> Callable[[int, int], None]:
    """Return what tells how far a wait is, on one line of the terminal that is written over.

    Nothing is told under ``--quiet``, nor where stderr is no terminal.

    Args:
        what: What is waited for, such as ``exact intervals``.
    """
    context = click.get_current_context(silent=True)
    is_quiet = context is not None and context.find_root().params.get("quiet", False)

    def tell(done: int, of: int) -> None:
        if not is_quiet and sys.stderr.isatty():
            words = f"{what}: {done:,} of {of:,}"
            click.echo(
                "\r" + (" " * len(words) + "\r" if done == of else words), nl=False, err=True
            )

    return tell


def say_json(value: object) -> None:
    """Print one JSON value in UTF-8."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def program_name() -> str:
    """Return how this program was started, for commands that are to be typed after it."""
    started = Path(sys.argv[0])
    is_found = shutil.which("dipsample") is not None
    return "dipsample" if is_found or started.stem != "dipsample" else str(started)


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun, such as ``1 error`` or ``2,000 errors``.

    Args:
        number: How many.
        noun: What one is called.
        plural: What several are called; None: the noun and an s.
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def wrapped(text: str, *, indent: int = 0, hang: int | None = None) -> list[str]:
    """Break a text into lines of at most 80 characters; a longer word stays whole.

    Args:
        text: One paragraph.
        indent: Blanks before the first line.
        hang: Blanks before the others; None: as many as before the first.
    """
    later = " " * (indent if hang is None else hang)
    return textwrap.wrap(
        text, WIDTH, initial_indent=" " * indent, subsequent_indent=later,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def say_wrapped(text: str, *, indent: int = 0, hang: int | None = None) -> None:
    """Print a text in lines of at most 80 characters; see :func:`wrapped`."""
    for line in wrapped(text, indent=indent, hang=hang):
        say(line)


def remark_wrapped(text: str) -> None:
    """Make a remark in lines of at most 80 characters."""
    for line in wrapped(text, hang=2):
        remark(line)


def say_table(
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    layout: Format = Format.TEXT,
    right: frozenset[str] = frozenset(),
    widest: Mapping[str, int] = _UNCUT,
) -> None:
    """Print rows as aligned text, CSV, or a JSON list of objects.

    Args:
        columns: Headers; the keys of the JSON objects and of the CSV.
        rows: One value a column; None is printed as nothing.
        layout: How.
        right: Columns of numbers, aligned to the right in text.
        widest: In text, the characters after which a column is cut; JSON and CSV hold all.
    """
    match layout:
        case Format.JSON:
            say_json([dict(zip(columns, row, strict=True)) for row in rows])
        case Format.CSV:
            text = io.StringIO()
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(["" if value is None else value for value in row] for row in rows)
            click.echo(text.getvalue(), nl=False)
        case Format.TEXT:
            for line in aligned(columns, rows, right=right, widest=widest):
                click.echo(line)


def aligned(
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    right: frozenset[str],
    widest: Mapping[str, int] = _UNCUT,
) -> list[str]:
    """Return rows under their headers, in columns two spaces apart."""
    shown = [
        [_cut(value, widest.get(column)) for column, value in zip(columns, row, strict=True)]
        for row in rows
    ]
    widths = [
        max([len(header), *(len(row[index]) for row in shown)])
        for index, header in enumerate(columns)
    ]
    lines = []
    for row in [list(columns), *shown]:
        cells = [
            cell.rjust(width) if header in right else cell.ljust(width)
            for header, cell, width in zip(columns, row, widths, strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
    return lines


def _cut(value: object, width: int | None) -> str:
    """Return a value as text, cut where it is wider than its column may be."""
    text = "" if value is None else str(value)
    return text if width is None or len(text) <= width else text[: width - 1] + ELLIPSIS
