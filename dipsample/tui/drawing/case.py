"""A case to read, as lines: what waits, the record, and the coders' answers side by side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from dipsample.tui.drawing.lines import EMPTY, Line, Role, Span, fit, plain, rule, visible, wrap
from dipsample.tui.drawing.record import Mark, MarkKind, lay_out
from dipsample.tui.models.case import AnswerRow, CaseView

_QUESTION = 6
"""Cells of a question's id."""
_GAP = 2
_LEAST_ANSWER = 14


def case_lines(view: CaseView, width: int) -> list[Line]:
    """Return the whole case: what was asked of the supervisor, the record, the answers."""
    return [
        EMPTY,
        *remark_lines(view, width),
        *record_lines(view, width),
        EMPTY,
        rule(width),
        *answer_lines(view, width),
    ]


def record_lines(view: CaseView, width: int) -> list[Line]:
    """Return the record with every coder's quotes marked."""
    marks = [Mark(place, MarkKind.QUOTE) for place in view.quotes]
    return list(lay_out(view.passages, marks, width - 1).lines)


def remark_lines(view: CaseView, width: int) -> list[Line]:
    """Return flags and referrals with what was answered."""
    lines: list[Line] = []
    for remark in view.remarks:
        role = Role.TEXT if remark.answer else Role.NOTICE
        words = f"{remark.head}: {remark.text}" if remark.text else remark.head
        lines += [plain(f" {piece}", role) for piece in wrap(words, width - 2, indent=2)]
        answered = f"answered: {remark.answer}" if remark.answer else "waits for an answer"
        lines += [plain(f"   {piece}", Role.MUTED) for piece in wrap(answered, width - 4)]
    return [*lines, EMPTY] if lines else []


def answer_lines(view: CaseView, width: int) -> list[Line]:
    """Return a column of answers a coder, and under them quotes and notes."""
    if not view.coders:
        return [plain(" Nobody has begun this case.", Role.MUTED)]
    columns = len(view.coders)
    room = max(_LEAST_ANSWER, (width - 1 - _QUESTION) // columns - _GAP)
    heads = [f"{coder.code}: {coder.state}" for coder in view.coders]
    lines = _side_by_side("", heads, room, role=Role.STRONG)
    for row in view.rows:
        lines += _row_lines(row, room, width)
    for coder in view.coders:
        for word, text in (("sent back", coder.returned), ("note", coder.note)):
            if text:
                words = f"{coder.code} {word}: {text}"
                lines += [EMPTY, *(plain(f" {piece}") for piece in wrap(words, width - 2))]
    return lines


def _row_lines(row: AnswerRow, room: int, width: int) -> list[Line]:
    lines = _side_by_side(row.question_id, row.answers, room, role=Role.TEXT)
    for code, words in row.quotes:
        pieces = wrap(f'{code} quotes "{words}"', width - _QUESTION - 3, indent=2)
        lines += [plain(" " * (_QUESTION + 1) + piece, Role.MUTED) for piece in pieces]
    return lines


def _side_by_side(label: str, cells: Sequence[str], room: int, *, role: Role) -> list[Line]:
    """Put one cell a coder beside each other, each wrapped within its own column."""
    wrapped = [wrap(visible(cell), room) for cell in cells]
    lines: list[Line] = []
    for number, pieces in enumerate(zip_longest(*wrapped, fillvalue="")):
        head = Span(f" {fit(label if number == 0 else '', _QUESTION)}", Role.KEY)
        text = (" " * _GAP).join(fit(piece, room) for piece in pieces)
        lines.append((head, Span(text.rstrip(), role)))
    return lines
