"""What can go wrong in exports.

ExportError
├── ReleaseError    figures that do not add up, or that no publication may hold
├── FormError       a codebook that another program's form cannot say
├── WorkbookError   a text, name or size that a workbook cannot hold
└── OutputError     the file could not be written; what stood there before is untouched
"""

from __future__ import annotations


class ExportError(Exception):
    """One sentence: what is wrong, where, and what to do. Never the text of a record."""


class ReleaseError(ExportError):
    """Figures that do not add up, or that no publication may hold."""


class FormError(ExportError):
    """A codebook that asks something which the form of another program cannot say."""


class WorkbookError(ExportError):
    """A text, name or size that a workbook cannot hold."""


class OutputError(ExportError):
    """The surroundings failed while the file was written; trying again is safe."""
