"""What can go wrong in exports.

ExportError
├── ReleaseError    figures that do not add up, or that no publication may hold
├── FormError       a codebook that another program's form cannot say, or a form that is none
│   └── FormRefusedError  a form that no codebook can hold (carries every cell)
├── WorkbookError   a text, name or size that a workbook cannot hold
└── OutputError     the file could not be written; what stood there before is untouched
"""

from __future__ import annotations

from dataclasses import dataclass


class ExportError(Exception):
    """One sentence: what is wrong, where, and what to do. Never the text of a record."""


class ReleaseError(ExportError):
    """Figures that do not add up, or that no publication may hold."""


class FormError(ExportError):
    """A codebook that a form cannot say, or a file that cannot be read as a form."""


@dataclass(frozen=True, slots=True)
class RefusedFormCell:
    """One cell of a form that a codebook cannot hold."""

    sheet: str
    """Of a workbook; empty for a CSV."""
    row: int
    """Row of the sheet, the header being 1."""
    column: str
    reason: str
    """Plain words: what cannot be held, and what to write instead."""

    def __str__(self) -> str:
        place = f"{self.sheet}, row" if self.sheet else "row"
        return f"{place} {self.row}, {self.column}: {self.reason}"


class FormRefusedError(FormError):
    """A form that is taken in whole or not at all.

    Attributes:
        cells: Every cell that is refused, in the order of the form.
    """

    def __init__(self, message: str, cells: tuple[RefusedFormCell, ...]) -> None:
        super().__init__(message)
        self.cells = cells


class WorkbookError(ExportError):
    """A text, name or size that a workbook cannot hold."""


class OutputError(ExportError):
    """The surroundings failed while the file was written; trying again is safe."""
