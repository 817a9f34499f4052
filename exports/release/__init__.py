"""A release: the one thing that writers of files are given."""

from exports.release.making import make_release
from exports.release.request import (
    CodingFacts,
    DrawFacts,
    Extension,
    Head,
    ProjectFacts,
    ReleaseRequest,
    ReviewerLoad,
    Revision,
    SignatureFacts,
    Trail,
)
from exports.release.tables import (
    Cell,
    Chart,
    Column,
    ColumnKind,
    Hidden,
    Line,
    LineStyle,
    Mark,
    Release,
    Shown,
    Table,
)

__all__ = [
    "Cell",
    "Chart",
    "CodingFacts",
    "Column",
    "ColumnKind",
    "DrawFacts",
    "Extension",
    "Head",
    "Hidden",
    "Line",
    "LineStyle",
    "Mark",
    "ProjectFacts",
    "Release",
    "ReleaseRequest",
    "ReviewerLoad",
    "Revision",
    "Shown",
    "SignatureFacts",
    "Table",
    "Trail",
    "make_release",
]
