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
from review.decision_events import Source

EACH_ANSWER: Final = "each answer by itself"
YES_AGAINST_REST: Final = "{yes} against the rest"
_TEXT, _COUNT, _NUMBER = ColumnKind.TEXT, ColumnKind.COUNT, ColumnKind.NUMBER
_NONE: Final = Hidden(Mark.NOT_APPLICABLE)
_WHOSE: Final = {
    Source.CODER_1: "the one of the coding on the left",
    Source.CODER_2: "the one of the coding on the right",
    Source.CODER_3: "the one of the third coding",
    Source.OWN: "one that no coder gave",
    Source.AGREED: "the one of all coders",
    Source.UNRESOLVED: "could not be agreed",
}
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
            Column("Adjudicated", _COUNT),
            Column("Figure", _NUMBER),
            Column(f"Lower {level} limit", _NUMBER),
            Column(f"Upper {level} limit", _NUMBER),
            Column("Why there is none", _TEXT),
        ),
        rows=tuple(row for one in double.questions for row in _rows(one, _decided(request, one))),
    )


def settled_table(request: ReleaseRequest) -> Table | None:
    """Return how adjudicators settled what coders differed on; None where nothing was."""
    if not request.settled:
        return None
    asked = request.coding.codebook.by_id
    return Table(
        name="adjudicated",
        sheet="8_Adjudicated",
        title=titled(request, "How disagreements of coders were settled"),
        columns=(
            Column("Question", _TEXT),
            Column("Final answer", _TEXT),
            Column("Why another answer was not taken", _TEXT),
            Column("Cases", _COUNT),
        ),
        rows=tuple(
            (
                Shown(f"{one.question}: {asked[one.question].ask}"),
                Shown(_WHOSE[one.source]),
                _NONE if one.reason is None else Shown(one.reason.value.replace("_", " ")),
                Shown(one.cases),
            )
            for one in request.settled
        ),
    )


def _decided(request: ReleaseRequest, one: QuestionAgreement) -> int:
    """Return in how many final cases an adjudicator settled a question on which coders differed."""
    return sum(found.cases for found in request.settled if found.question == one.question)


def _rows(one: QuestionAgreement, decided: int) -> Iterator[Row]:
    yield from _lines(one, EACH_ANSWER, one.answers, decided=decided)
    if one.yes_against_rest is not None:
        named = YES_AGAINST_REST.format(yes=" or ".join(one.yes))
        yield from _lines(one, named, one.yes_against_rest, decided=decided)


def _lines(
    one: QuestionAgreement, compared: str, found: Agreement, *, decided: int
) -> Iterator[Row]:
    for field, name in STATISTICS.items():
        figure: Figure = getattr(found, field)
        yield (
            Shown(f"{one.question}: {one.ask}"),
            Shown(compared),
            Shown(name),
            Shown(one.pairs),
            Shown(one.left_out),
            Shown(decided),
            *(_cell(number) for number in (figure.estimate, figure.lower, figure.upper)),
            Hidden(Mark.NOT_APPLICABLE) if figure.reason is None else Shown(figure.reason),
        )


def _cell(number: float | None) -> Cell:
    return _NOTHING if number is None else Shown(coefficient(number))
