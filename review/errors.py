"""What can go wrong in review.

ReviewError
├── CodebookError       a codebook that cannot be used, or has faults (carries all of them)
├── ConditionError      a condition of a codebook that is not one
├── CodingsRefusedError a file of codings with cells that are refused (carries all of them)
├── EventError          a stored event that this version cannot read
├── CalibrationError    a training set that cannot be used
├── AgreementError      ratings or categories that do not fit each other
└── IndicatorError      an indicator or a breakdown that this audit does not have

A command that a rule forbids is no error: it is a :class:`sampling.refusal.Refusal`.
"""

from __future__ import annotations

from dataclasses import dataclass


class ReviewError(Exception):
    """One sentence: what is wrong, where, and what to do. Never the text of a record."""


@dataclass(frozen=True, slots=True)
class CodebookFault:
    """One thing wrong with a codebook."""

    line: int
    """Line of the source, from 1."""
    rule: str
    """The rule it breaks, such as ``forward-reference``."""
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


class CodebookError(ReviewError, ValueError):
    """A codebook that cannot be used, or a question it does not have.

    Attributes:
        faults: Every fault found, in order of line; empty where the text is not TOML at all.
    """

    def __init__(self, message: str, faults: tuple[CodebookFault, ...] = ()) -> None:
        super().__init__(message)
        self.faults = faults


class ConditionError(ReviewError, ValueError):
    """A condition that is not built from all, any, not and leaves."""


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """One cell of a file of codings that cannot be taken in."""

    row: int
    """Row of the file, the header being 1."""
    column: str
    reason: str
    """Plain words, without what the cell holds."""


class CodingsRefusedError(ReviewError, ValueError):
    """A file of codings that is taken in whole or not at all.

    Attributes:
        cells: Every refused cell, in order of row; empty where the file is no CSV at all.
    """

    def __init__(self, message: str, cells: tuple[RefusedCell, ...]) -> None:
        super().__init__(message)
        self.cells = cells


class EventError(ReviewError, ValueError):
    """A stored event of unknown kind or version, or whose data do not fit its kind."""


class CalibrationError(ReviewError, ValueError):
    """A training set that is none, or does not fit the codebook."""


class AgreementError(ReviewError, ValueError):
    """Ratings that are none of their categories, or categories that cannot be used."""


class IndicatorError(ReviewError, ValueError):
    """An indicator or a breakdown that this audit does not have; the message names those it has."""
