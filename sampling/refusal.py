"""A refusal: what a rule answers where it does not allow what was asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Nothing was decided, and this is why; a value, not an exception."""

    rule: str
    """Short code of the rule, such as ``plan-before-seed``; the same words in every version."""
    reason: str
    """One sentence: what stands in the way. Never the text of a record or the id of one."""
    way_out: str
    """One sentence: what to do instead."""
