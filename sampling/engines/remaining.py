"""How many records filters and earlier waves leave: one reading of an extract, without a check."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sampling.engines.collapse import collapse
from sampling.engines.relation import Relation, blank
from sampling.engines.selection import Wanted, select


@dataclass(frozen=True, slots=True)
class Remaining:
    """What filters and earlier waves leave of an extract."""

    records: int
    """Records that stay."""
    of: int
    """Records there are: rows with an id, or what those are collapsed to."""


def count_remaining(relation: Relation, wanted: Wanted) -> Remaining:
    """Count the records that stay, as the frame will.

    Args:
        relation: The extract.
        wanted: Names an id column, filters and the ids to leave out; columns that the extract has.

    Raises:
        ExtractError: Where a column is missing.
    """
    if wanted.collapse is not None:
        relation = collapse(relation, wanted).relation
    of = f"NOT ({blank(relation.column(wanted.id_column or ''))})"
    stays = select(relation, replace(wanted, size_column=None, unit_column=None)).where
    counts = (f"count(CASE WHEN {condition} THEN 1 END)" for condition in (stays, of))
    records, every = relation.query(f"SELECT {', '.join(counts)} FROM extract")[0]
    return Remaining(int(records or 0), int(every or 0))
