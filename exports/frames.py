"""Findings as a pandas table, for statisticians who go on from here.

Imports pandas only when a table is made. The table is for a session of one's own: it is not
disclosure controlled, and nothing here writes a file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import TYPE_CHECKING, Final

from review.finding import Bounds, Finding, Measure, Total

if TYPE_CHECKING:
    import pandas as pd

_TEXT: Final = "string"
_WHOLE: Final = "Int64"
_REAL: Final = "Float64"
_IS: Final = "boolean"

COLUMNS: Final[dict[str, str]] = {
    "indicator": _TEXT,
    "label": _TEXT,
    "by": _TEXT,
    "group": _TEXT,
    "cases": _WHOLE,
    "numerator": _WHOLE,
    "denominator": _WHOLE,
    "undetermined": _WHOLE,
    "blank": _WHOLE,
    "population": _REAL,
    "population_is_known": _IS,
    "estimate": _REAL,
    "lower": _REAL,
    "upper": _REAL,
    "confidence": _REAL,
    "method": _TEXT,
    "if_undetermined_no_estimate": _REAL,
    "if_undetermined_no_lower": _REAL,
    "if_undetermined_no_upper": _REAL,
    "if_undetermined_yes_estimate": _REAL,
    "if_undetermined_yes_lower": _REAL,
    "if_undetermined_yes_upper": _REAL,
    "bounds_lower": _REAL,
    "bounds_upper": _REAL,
    "total_estimate": _REAL,
    "total_lower": _REAL,
    "total_upper": _REAL,
    "total_if_undetermined_yes_estimate": _REAL,
    "total_if_undetermined_yes_lower": _REAL,
    "total_if_undetermined_yes_upper": _REAL,
    "effective_n": _REAL,
    "design_effect": _REAL,
    "degrees_of_freedom": _WHOLE,
    "flags": _TEXT,
}
"""Column and pandas type, in order; what a finding does not have is ``pandas.NA``."""


def findings_table(findings: Iterable[Finding]) -> pd.DataFrame:
    """Return findings as a table, one row each, in the order given.

    Proportions are 0 to 1 at full precision. ``flags`` are joined by spaces, the empty text for
    none; ``by`` and ``group`` are missing for the whole frame.

    Args:
        findings: Such as :meth:`dipsample.audit.Audit.findings` returns.

    Returns:
        The columns and types of :data:`COLUMNS`, also where there is no finding.
    """
    import pandas as pd

    rows = [_row(one) for one in findings]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _row(one: Finding) -> dict[str, object]:
    row: dict[str, object] = {}
    for field in fields(one):
        match value := getattr(one, field.name):
            case Measure() | Bounds() | Total():
                stem = "" if field.name == "known" else f"{field.name}_"
                row |= {f"{stem}{part.name}": getattr(value, part.name) for part in fields(value)}
            case tuple():
                row[field.name] = " ".join(value)
            case _:
                row[field.name] = value
    return row
