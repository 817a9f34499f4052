"""What is written into the log: strict, frozen, and free of floats.

Every model here and in the events of the product becomes canonical JSON that is hashed. Numbers
with a fraction are therefore exact decimals and travel as text.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, PlainSerializer, Strict

_T = TypeVar("_T")


class Recorded(BaseModel):
    """The base of everything that is kept in the log."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


Row = Annotated[tuple[_T, ...], Strict(False)]
"""An ordered list; JSON has no tuples, so a list is taken as well."""

Coded = Annotated[_T, Strict(False)]
"""A value of an enumeration; JSON has no enumerations, so its text is taken as well."""

Exact = Annotated[Decimal, Strict(False), PlainSerializer(str, return_type=str)]
"""An exact decimal, written as text."""
