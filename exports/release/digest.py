"""The digest of what a release shows: the same for a file saved again by another program."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256

from exports.release.tables import Cell, Chart, Line, Shown, Table


def values_sha256(cover: Iterable[Line], tables: Iterable[Table], chart: Chart | None) -> str:
    """Return the SHA-256 of the canonical JSON of everything shown; numbers travel as text."""
    body = {
        "cover": [line.text for line in cover],
        "tables": [
            {
                "name": table.name,
                "title": table.title,
                "remark": table.remark,
                "columns": [column.title for column in table.columns],
                "rows": [[_cell(cell) for cell in row] for row in table.rows],
            }
            for table in tables
        ],
        "chart": None if chart is None else [chart.title, chart.alternative_text],
    }
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return sha256(text.encode("ascii")).hexdigest()


def _cell(cell: Cell) -> str:
    return str(cell.value) if isinstance(cell, Shown) else cell.mark.value
