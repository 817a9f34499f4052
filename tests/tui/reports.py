"""What a check says of an extract without a fault, for pages that show it."""

from __future__ import annotations

from sampling.checks import ColumnProfile, ExtractReport


def report_of(rows: int, distinct: dict[str, int], *candidates: str) -> ExtractReport:
    """Return the report of an extract with so many different values in each column."""
    return ExtractReport(
        source_name="extract.csv",
        source_sha256="0" * 64,
        read_as="CSV",
        rows=rows,
        unread_rows=0,
        records=rows,
        collapsed=None,
        independent=(),
        columns=tuple(ColumnProfile(name, 0, n, True, ()) for name, n in distinct.items()),
        faults=(),
        identifiability=(),
        mended=(),
        subsets=(),
        strata=(),
        id_candidates=candidates,
        accepted=frozenset(),
    )
