"""The table of agreement: how far two coders of the same case said the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from exports.release.notes import NoteKey, Notes
from exports.release.request import ReleaseRequest
from exports.release.tables import Cell, Column, ColumnKind, Hidden, Mark, Row, Shown, Table
from exports.release.titles import titled
from exports.rounding import coefficient, percentage
from review.agreement import STATISTICS, Agreement, Figure, QuestionAgreement

EACH_ANSWER: Final = "each answer by itself"
YES_AGAINST_REST: Final = "{yes} against the rest"
_TEXT, _COUNT, _NUMBER = ColumnKind.TEXT, ColumnKind.COUNT, ColumnKind.NUMBER
_NOTHING: Final = Hidden(Mark.NOT_AVAILABLE)


def agreement_table(request: ReleaseRequest, notes: Notes) -> Table | None:
    """Return the agreement, one row a statistic; None where no case was coded twice.

    In long form, because every statistic stands with its interval and kappa never by itself.
    """
    double = request.agreement
    if double is None or not double.coded:
        return None
    level = f"{percentage(request.confidence).normalize():f}%"
    return Table(
        name="agreement",
        sheet="8_Agreement",
        title=titled(request, "Agreement of coders") + notes.markers(NoteKey.AGREEMENT),
        columns=(
            Column("Question", _TEXT),
            Column("Answers compared", _TEXT),
            Column("Statistic", _TEXT),
            Column("Cases compared", _COUNT),
            Column("Cases left out", _COUNT),
            Column("Figure", _NUMBER),
            Column(f"Lower {level} limit", _NUMBER),
            Column(f"Upper {level} limit", _NUMBER),
            Column("Why there is none", _TEXT),
        ),
        rows=tuple(row for one in double.questions for row in _rows(one)),
    )


def _rows(one: QuestionAgreement) -> Iterator[Row]:
    yield from _lines(one, EACH_ANSWER, one.answers)
    if one.yes_against_rest is not None:
        named = YES_AGAINST_REST.format(yes=" or ".join(one.yes))
        yield from _lines(one, named, one.yes_against_rest)


def _lines(one: QuestionAgreement, compared: str, found: Agreement) -> Iterator[Row]:
    for field, name in STATISTICS.items():
        figure: Figure = getattr(found, field)
        yield (
            Shown(f"{one.question}: {one.ask}"),
            Shown(compared),
            Shown(name),
            Shown(one.pairs),
            Shown(one.left_out),
            *(_cell(number) for number in (figure.estimate, figure.lower, figure.upper)),
            Hidden(Mark.NOT_APPLICABLE) if figure.reason is None else Shown(figure.reason),
        )


def _cell(number: float | None) -> Cell:
    return _NOTHING if number is None else Shown(coefficient(number))
