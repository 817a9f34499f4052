"""What is written into the log: strict, frozen, and free of floats.

Every model here and in the events of the product becomes canonical JSON that is hashed. Numbers
with a fraction are therefore exact decimals and travel as text.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    PlainSerializer,
    SerializerFunctionWrapHandler,
    Strict,
    model_serializer,
)

_T = TypeVar("_T")


class Recorded(BaseModel):
    """The base of everything that is kept in the log."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Widened(Recorded):
    """A record with fields that only some projects fill in.

    Such a field is left out of the bytes while it says nothing, so that the bytes of every other
    project are what they were without it.
    """

    SPARE: ClassVar[frozenset[str]] = frozenset()
    """Names of those fields; each has a default that says nothing."""

    @model_serializer(mode="wrap")
    def _without_spare(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        fields = type(self).model_fields
        written: dict[str, object] = handler(self)
        return {
            name: value
            for name, value in written.items()
            if name not in self.SPARE or getattr(self, name) != fields[name].default
        }


Row = Annotated[tuple[_T, ...], Strict(False)]
"""An ordered list; JSON has no tuples, so a list is taken as well."""

Coded = Annotated[_T, Strict(False)]
"""A value of an enumeration; JSON has no enumerations, so its text is taken as well."""

Exact = Annotated[Decimal, Strict(False), PlainSerializer(str, return_type=str)]
"""An exact decimal, written as text."""
