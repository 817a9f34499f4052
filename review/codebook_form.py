"""The shape of a written codebook: which fields there are, and what each may hold.

Both written forms are checked by these models once each list of answers stands in its place.
What the fields say together is the business of ``review.codebook_lint``.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sampling.recorded import Coded, Row

Text = Annotated[str, Field(min_length=1, max_length=4000)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]

RESERVED = ("all", "any", "not")
"""Words of conditions, which no question can have as its id."""


class WrittenType(StrEnum):
    """The types of question that a codebook can name."""

    SINGLE = "single"
    MULTI = "multi"
    MULTI_BY_PARTY = "multi_by_party"
    """Several answers, for Party A and for Party B apart."""
    INTEGER = "integer"
    TEXT = "text"


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class WrittenOption(_Strict):
    """One answer of a list."""

    value: Code
    key: str
    key_b: str | None = None
    """The key for Party B, where the question is asked of both parties apart."""
    label: Text
    missing: bool = False
    alone: bool = False


class WrittenExamples(_Strict):
    """Examples of one answer."""

    value: str
    clear: Row[Text] = ()
    near_misses: Row[Text] = ()


class WrittenQuoteIf(_Strict):
    """Which answers need a quote."""

    any_of: Row[str] = Field(alias="in", min_length=1)


class WrittenQuestion(_Strict):
    """One question; its conditions are read apart."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,31}$")]
    section: str = ""
    ask: str = ""
    type: Coded[WrittenType] = WrittenType.SINGLE
    options: Row[WrittenOption] = ()
    define: str = ""
    examples: Row[WrittenExamples] = ()
    outcome: bool = False
    closed: bool = False
    optional: bool = False
    ask_if: object = None
    required_if: object = None
    quote_if: WrittenQuoteIf | None = None
    derive: object = None
    minimum: int | None = Field(default=None, alias="min")
    maximum: int | None = Field(default=None, alias="max")
    max_length: Annotated[int, Field(ge=1, le=10_000)] | None = None
    verify_source: bool = False

    @model_validator(mode="after")
    def _is_asked_or_derived(self) -> Self:
        if bool(self.ask) == (self.derive is not None):
            raise ValueError("a question needs either 'ask' or 'derive'")
        if self.id in RESERVED:
            raise ValueError("all, any and not are words of conditions and cannot be an id")
        return self


class WrittenCodebook(_Strict):
    """A codebook, its lists of answers in place."""

    format: Literal[1]
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,31}$")]
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    window_days: Annotated[int, Field(ge=0, le=3650)]
    key_terms: Row[Text] = ()
    question: Annotated[Row[WrittenQuestion], Field(min_length=1)]
