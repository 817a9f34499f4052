"""What a row of an extract is, so far as the names of its columns tell: an incident or less.

A counter-allegation is often a second crime of one incident, so a sample of crimes is not a
sample of incidents and must not be called one.
"""

from __future__ import annotations

import re
from typing import Final

_TOKEN = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_UNITS: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    ("arrest", frozenset({"arrest", "arrestee", "custody", "detention"})),
    ("person", frozenset({"person", "nominal", "suspect", "victim", "offender"})),
    ("crime", frozenset({"crime", "offence", "offense", "cris"})),
)
_INCIDENT: Final = frozenset({"incident", "event", "occurrence", "cad", "complaint"})


def unit_named(column: str) -> str | None:
    """Return the part of an incident that a column of ids names, or None.

    Args:
        column: The name of the column whose values are the ids of records.

    Returns:
        ``crime``, ``person`` or ``arrest``; None where the name says incident, or nothing.
    """
    tokens = frozenset(token.lower() for token in _TOKEN.findall(column))
    singular = tokens | {token.removesuffix("s") for token in tokens}
    if singular & _INCIDENT:
        return None
    return next((unit for unit, words in _UNITS if singular & words), None)
