"""A case that is being decided, as lines: sides beside each other, the question, the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dipsample.decision_views import DecisionRow, RowState
from dipsample.tui.commands import Command
from dipsample.tui.drawing.choice import Chosen, OptionView, choice_lines
from dipsample.tui.drawing.key_bar import key_bar
from dipsample.tui.drawing.lines import (
    EMPTY,
    Line,
    Role,
    Span,
    clip,
    ends,
    fill,
    fit,
    line_width,
    plain,
    rule,
    visible,
    wrap,
)
from dipsample.tui.drawing.record import Mark
from dipsample.tui.drawing.record_pane import RecordPane
from dipsample.tui.drawing.window import first_shown
from dipsample.tui.models.deciding import DecidingView
from review.codebook import QuestionType, Value
from review.decision_events import Source

_LEAST_RECORD: Final = 4
_MOST_ROWS: Final = 6
_LABEL: Final = 10


@dataclass(frozen=True, slots=True)
class Beside:
    """What the screen shows besides the case itself."""

    saved: str
    """Time of the last durable save, such as ``14:03:07``."""
    notice: str
    marks: Sequence[Mark]
    """Key words and words looked for."""
    commands: Sequence[Command]


def adjudication_lines(
    view: DecidingView, pane: RecordPane, beside: Beside, width: int, height: int
) -> list[Line]:
    """Return the whole screen as ``height`` lines.

    Args:
        view: The case.
        pane: The record; it takes the rows that the rest leaves.
        beside: What else is shown.
        width: Columns of the terminal.
        height: Rows of the terminal.
    """
    table = _table(view, width)
    room = height - 5 - len(table) - _LEAST_RECORD
    detail = _detail(view, width, room)
    pane.shape(beside.marks, width - 1, height - 5 - len(table) - len(detail))
    answers = () if view.file.is_closed else _answer_keys(view)
    return [
        _header(view, beside, width),
        *table,
        rule(width),
        *detail,
        _record_rule(pane, width),
        *pane.lines(),
        (Span(f" {clip(visible(beside.notice), width - 2)}", Role.NOTICE),),
        *key_bar(beside.commands, width, answers=answers),
    ][:height]


def _header(view: DecidingView, beside: Beside, width: int) -> Line:
    file = view.file
    folded = "" if len(view.shown) == len(file.rows) else " (folded)"
    saved = f"saved {beside.saved} " if beside.saved else ""
    left: Line = (Span(f" DECIDE {file.case_id}", Role.HEADER_STRONG),)
    for part in (
        f"{file.conflicts} differ",
        f"{file.agreed} agreed{folded}",
        ", ".join(_side_words(side.label, side.revision, side.code) for side in file.sides),
    ):
        if line_width(left) + len(part) + len(saved) + 4 <= width:
            left = (*left, Span(f"  {part}", Role.HEADER))
    return ends(left, (Span(saved, Role.HEADER),), width, role=Role.HEADER)


def _side_words(label: str, revision: int, code: str | None) -> str:
    return f"{label} rev {revision}" if code is None else f"{label} was {code}"


def _table(view: DecidingView, width: int) -> list[Line]:
    """Return the questions with one column a side and one for the final answer."""
    columns = len(view.file.sides) + 1
    room = max(10, (width - _LABEL - 3) // columns)
    heads = [*(side.label for side in view.file.sides), "FINAL"]
    lines: list[Line] = [(Span(f"   {fit('question', _LABEL)}{_cells(heads, room)}", Role.MUTED),)]
    here = next(
        number for number, row in enumerate(view.shown) if row.question == view.row.question
    )
    first = first_shown(cursor=here, first=0, height=_MOST_ROWS, count=len(view.shown))
    for number, row in enumerate(view.shown[first : first + _MOST_ROWS], start=first):
        lines.append(_row_line(view, row, room, is_here=number == here))
    return lines


def _row_line(view: DecidingView, row: DecisionRow, room: int, *, is_here: bool) -> Line:
    cells = []
    for side, value in zip(view.file.sides, row.values, strict=True):
        quotes = len(side.quotes.get(row.question.id, ()))
        words = _words(row, value) or "-- not answered"
        cells.append(f"{words}  {quotes} quote{'s' * (quotes > 1)}" if quotes else words)
    final = _final_words(row)
    if is_here and view.is_asking_why:
        final = f"why? {_words(row, view.pending) or 'not agreed'}"
    role = Role.STRONG if is_here else Role.TEXT
    return (
        Span(" > " if is_here else "   ", Role.KEY),
        Span(fit(row.question.id, _LABEL), role),
        Span(_cells(cells, room), role),
        Span(clip(final, room), Role.NOTICE if row.state is RowState.OPEN else Role.CHOSEN),
    )


def why_title(view: DecidingView) -> str:
    """Return what is asked before an answer that overrules somebody is saved."""
    words = _words(view.row, view.pending) or "not agreed"
    return f"Why this final answer? {view.row.question.id}: {words}"


def _final_words(row: DecisionRow) -> str:
    words = _words(row, row.final)
    match row.state:
        case RowState.OPEN:
            return "needs a quote" if row.final and row.needs_quote else "decide"
        case RowState.WAITS | RowState.NOT_ASKED:
            return row.state.value
        case RowState.AGREED:
            return f"{words} (agreed)"
        case RowState.DECIDED:
            is_unresolved = row.decision is not None and row.decision.source is Source.UNRESOLVED
            return "not agreed" if is_unresolved else words


def _cells(cells: Sequence[str], room: int) -> str:
    return "".join(fit(visible(clip(cell, room - 1)), room) for cell in cells)


def _detail(view: DecidingView, width: int, height: int) -> list[Line]:
    """Return the question with its answers, what bears each side out, and its definition."""
    question = view.row.question
    ask = wrap(f"{question.id}  {question.ask}", width - 2, indent=len(question.id) + 2)
    lines = [plain(f" {piece}", Role.STRONG) for piece in ask]
    lines += _options(view, width)
    for label, words in (
        ("found wrong", view.file.found_wrong),
        ("opened because", view.file.reason),
    ):
        if words:
            lines.append(_labelled(label, words, width))
    for side in view.file.sides:
        for text in side.quotes.get(question.id, ()):
            lines.append(_labelled(f"{side.label} quote", f'"{text}"', width))
        if side.note:
            lines.append(_labelled(f"{side.label} note", side.note, width))
    if view.row.decision is not None and view.row.decision.comment:
        lines.append(_labelled("comment", view.row.decision.comment, width))
    if question.define and len(lines) < height:
        define = f"{question.define.splitlines()[0]}  (= all of it)"
        lines.append(_labelled("define", define, width))
    return lines[: max(1, height)]


def _options(view: DecidingView, width: int) -> list[Line]:
    row = view.row
    if row.state in (RowState.WAITS, RowState.NOT_ASKED):
        words = (
            "Waits for a question above."
            if row.state is RowState.WAITS
            else "Not asked of this case, by what is decided so far."
        )
        return [plain(f" {words}", Role.MUTED)]
    chosen = view.pending or view.draft or row.final
    if not row.question.options:
        return [(Span("   number: "), Span(" ".join(chosen) or "_", Role.CHOSEN))]
    options = [
        OptionView(one.key, one.label, Chosen.YES if one.value in chosen else Chosen.NO)
        for one in row.question.options
    ]
    several = row.question.type is QuestionType.MULTI
    return choice_lines(options, width - 1, several=several)


def _answer_keys(view: DecidingView) -> tuple[str, ...]:
    return tuple(option.key for option in view.row.question.options)


def _labelled(label: str, text: str, width: int) -> Line:
    head = f" {label}  "
    return (Span(head, Role.MUTED), Span(clip(visible(text), width - len(head) - 1)))


def _record_rule(pane: RecordPane, width: int) -> Line:
    words = f"\N{BOX DRAWINGS LIGHT HORIZONTAL} record {pane.status()} "
    return (Span(words, Role.MUTED), *rule(max(0, width - len(words))))


def _words(row: DecisionRow, value: Value) -> str:
    return ", ".join(row.question.label_of(one) for one in value)


def overruled_lines(
    rows: Sequence[tuple[str, str, str, str, str]], nothing: str, width: int
) -> list[Line]:
    """Return where a coder was overruled, one entry a line of its own, for a page to read.

    Args:
        rows: Case, question, own answer, final answer and reason.
        nothing: What to say where there are none.
        width: Columns.
    """
    if not rows:
        return [EMPTY, *(plain(f" {piece}") for piece in wrap(nothing, width - 2))]
    lines: list[Line] = [EMPTY]
    for case_id, question, own, final, reason in rows:
        lines.append((Span(f" {case_id}  {question}", Role.KEY), Span(f"  {reason}", Role.MUTED)))
        for label, words in (("yours", own), ("final", final)):
            pieces = wrap(words, width - 12)
            lines += [plain(f"    {label:<6} {piece}") for piece in pieces]
    return fill(lines, len(lines))
