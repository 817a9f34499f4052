"""What commands print: results on stdout, remarks on stderr, tables in three formats."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from enum import StrEnum

import click


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


def say_json(value: object) -> None:
    """Print one JSON value in UTF-8."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def say_table(
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    layout: Format = Format.TEXT,
    right: frozenset[str] = frozenset(),
) -> None:
    """Print rows as aligned text, CSV, or a JSON list of objects.

    Args:
        columns: Headers; the keys of the JSON objects and of the CSV.
        rows: One value a column; None is printed as nothing.
        layout: How.
        right: Columns of numbers, aligned to the right in text.
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
            for line in aligned(columns, rows, right=right):
                click.echo(line)


def aligned(
    columns: Sequence[str], rows: Sequence[Sequence[object]], *, right: frozenset[str]
) -> list[str]:
    """Return rows under their headers, in columns two spaces apart."""
    shown = [["" if value is None else str(value) for value in row] for row in rows]
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
