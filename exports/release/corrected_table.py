"""The table of second figures: the headlines corrected for measured reading errors."""

from __future__ import annotations

from typing import Final

from exports.release.figures import limit_cells, limit_columns
from exports.release.notes import NoteKey, Notes
from exports.release.request import ReleaseRequest
from exports.release.tables import Cell, Column, ColumnKind, Hidden, Mark, Row, Shown, Table
from exports.release.titles import titled
from exports.rounding import percentage
from review.second_figure import SecondFigure

_TEXT, _COUNT, _PERCENTAGE = ColumnKind.TEXT, ColumnKind.COUNT, ColumnKind.PERCENTAGE
_NOT_AVAILABLE: Final = Hidden(Mark.NOT_AVAILABLE)
_REMARK: Final = (
    "Second figures, approximate: the headline findings stand on 1_Headline, and no target is held "
    "against these."
)


def corrected_table(request: ReleaseRequest, notes: Notes) -> Table | None:
    """Return the second figures; None where no case was coded twice."""
    double = request.agreement
    if double is None or not double.coded or not request.second_figures:
        return None
    return Table(
        name="corrected",
        sheet="8_Corrected",
        title=titled(request, "Headlines corrected for reading errors (approximate)")
        + notes.markers(NoteKey.CORRECTED),
        columns=(
            Column("Indicator", _TEXT),
            Column("Cases read as yes by their first coder", _COUNT),
            Column("Cases read as yes or no", _COUNT),
            Column("Percentage as first read", _PERCENTAGE),
            Column("Known yes", _COUNT),
            Column("Known yes read as yes", _COUNT),
            Column("Known no", _COUNT),
            Column("Known no read as no", _COUNT),
            Column("Sensitivity, weighted", _PERCENTAGE),
            Column("Specificity, weighted", _PERCENTAGE),
            Column("Cases left out", _COUNT),
            Column("Corrected percentage (approximate)", _PERCENTAGE),
            *limit_columns(request.confidence),
            Column("Why there is none, or what to mind", _TEXT),
        ),
        rows=tuple(_row(one) for one in request.second_figures),
        remark=_REMARK,
    )


def _row(one: SecondFigure) -> Row:
    errors = one.errors
    return (
        Shown(f"{one.indicator} {one.label}"),
        Shown(one.yes),
        Shown(one.base),
        _percentage(one.read.estimate),
        Shown(errors.yes.of),
        Shown(errors.yes.right),
        Shown(errors.no.of),
        Shown(errors.no.right),
        _percentage(errors.yes.share if errors.yes.of else None),
        _percentage(errors.no.share if errors.no.of else None),
        Shown(errors.left_out),
        _percentage(one.corrected.estimate),
        *limit_cells(one.corrected.lower, one.corrected.upper),
        _said(one),
    )


def _percentage(proportion: float | None) -> Cell:
    return _NOT_AVAILABLE if proportion is None else Shown(percentage(proportion))


def _said(one: SecondFigure) -> Cell:
    words = one.why_not or one.reservation
    return Hidden(Mark.NOT_APPLICABLE) if words is None else Shown(words)
