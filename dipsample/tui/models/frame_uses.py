"""What a frame would be made of, column by column, for a supervisor to look over before it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final

from dipsample.tui.models.framing import FrameDraft, Use, stay_words
from sampling.checks import ColumnProfile

_NAMES: Final = {
    Use.ID: "id",
    Use.STRATUM: "strata",
    Use.KEEP: "kept",
    Use.RECORD: "record",
    Use.QUASI: "identify",
    Use.SIZE: "size",
    Use.UNIT: "unit",
}
_DROPPED_SHOWN: Final = 20
_VALUES_SHOWN: Final = 6
_LIKE_A_TEXT: Final = 2
"""A text is told again in fewer records than one in so many."""


def uses_words(draft: FrameDraft) -> str:
    """Return every column with its uses, a line a use, and what is left out: for a panel."""
    return "\n".join(_lines(draft))


def _lines(draft: FrameDraft) -> Iterator[str]:
    spec = draft.spec()
    for use, name in _NAMES.items():
        columns = [one.name for one in draft.first.columns if use in draft.uses_of(one.name)]
        if columns or use in (Use.ID, Use.STRATUM, Use.KEEP, Use.RECORD):
            yield f"{name}: {', '.join(columns) or 'none'}"
    dropped = [one.name for one in draft.first.columns if not draft.uses_of(one.name)]
    named = ", ".join(dropped[:_DROPPED_SHOWN]) or "none"
    more = len(dropped) - _DROPPED_SHOWN
    yield f"dropped: {named}{f' and {more} more' if more > 0 else ''}"
    if spec.blank_stratum is not None:
        yield f"blank strata: as {spec.blank_stratum}"
    for one in spec.only:
        yield f"only where {one.column} is {written(one.values[:_VALUES_SHOWN])}" + (
            f" or one of {len(one.values) - _VALUES_SHOWN} more"
            if len(one.values) > _VALUES_SHOWN
            else ""
        )
    if draft.earlier_waves:
        yield f"left out: {draft.excluded:,} ids of earlier waves"
    if stay := stay_words(draft):
        yield f"with these: {stay}"
    warning = nothing_to_read(draft)
    if warning:
        yield warning


def nothing_to_read(draft: FrameDraft) -> str:
    """Say that coders would have no narrative to read; empty where they would.

    A narrative is a column of the record in which most records say something that few others do.
    """
    shown = [one for one in draft.first.columns if Use.RECORD in draft.uses_of(one.name)]
    if any(_is_like_a_text(one, draft.first.rows) for one in shown):
        return ""
    if shown:
        return (
            "LOOK: no column of the record reads like a narrative; coders see "
            f"{', '.join(one.name for one in shown)} alone."
        )
    kept = [one.name for one in draft.first.columns if Use.KEEP in draft.uses_of(one.name)]
    if kept:
        return f"LOOK: no column is the record; coders see the kept columns, {', '.join(kept)}."
    return "LOOK: no column is the record or kept; coders would have nothing to read."


def _is_like_a_text(column: ColumnProfile, rows: int) -> bool:
    filled = rows - column.blank
    return filled > 0 and _LIKE_A_TEXT * column.distinct >= filled


def written(values: Sequence[str]) -> str:
    """Return values with commas between, quoted where they hold one: as :func:`read_values`."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(values)
    return line.getvalue()


def read_values(typed: str) -> tuple[str, ...]:
    """Return the values of a line that :func:`written` or a person wrote; each once."""
    row = next(csv.reader([typed], skipinitialspace=True), [])
    return tuple(dict.fromkeys(value.strip() for value in row if value.strip()))
