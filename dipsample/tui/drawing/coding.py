"""The coding screen: the record, the question, the checklist; stacked, or beside each other.

Nothing moves between questions: every block keeps its rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dipsample.tui.commands import Command, Need
from dipsample.tui.drawing.choice import choice_lines
from dipsample.tui.drawing.key_bar import key_bar
from dipsample.tui.drawing.lines import (
    EMPTY,
    Line,
    Role,
    Span,
    beside,
    clip,
    ends,
    fill,
    line_width,
    plain,
    rule,
    visible,
    wrap,
)
from dipsample.tui.drawing.record_pane import RecordPane
from dipsample.tui.models.coding import CheckItem, CodingView, Glyph, QuestionView
from dipsample.tui.models.times import duration
from review.applicability import Applicability
from review.codebook import QuestionType
from review.coding_state import CodingState

WIDE = 100
"""Columns from which record and question stand beside each other."""
_QUESTION_ROWS = 10
_ZOOMED_ROWS = 5
"""Rows of the question that stay while the record is zoomed: no key answers what is unseen."""
_MOST_QUOTES = 2
_GAPS = 3
"""Empty rows around the parts of a question that has room."""
_MORE_ANSWERS: Line = (Span("  ... more answers: ", Role.NOTICE), Span("=", Role.KEY, "="))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the screen shows besides the case itself."""

    saved: str
    """Time of the last durable save, such as ``14:03:07``."""
    notice: str
    is_quoting: bool
    is_zoomed: bool
    reading: str
    """Where the reader of the record is, such as ``term 3 of 7``."""
    commands: Sequence[Command]


def is_stacked(width: int) -> bool:
    """Whether record and question share one column at this width."""
    return width < WIDE


def record_shape(width: int, height: int, *, is_zoomed: bool) -> tuple[int, int]:
    """Return the columns and rows of the record."""
    if not is_stacked(width):
        return width - _right_width(width) - 3, height - 5
    if is_zoomed:
        return width - 1, height - 4 - _ZOOMED_ROWS
    return width - 1, max(4, height - _QUESTION_ROWS - 4 + (1 if height < 24 else 0))


def _right_width(width: int) -> int:
    return max(46, width * 2 // 5)


def coding_lines(
    view: CodingView, pane: RecordPane, around: Surroundings, width: int, height: int
) -> list[Line]:
    """Return the whole screen as ``height`` lines.

    Args:
        view: The case.
        pane: The record, already shaped to :func:`record_shape`.
        around: What else is shown.
        width: Columns of the terminal.
        height: Rows of the terminal.
    """
    can_answer = Need.OPEN_CODING in view.has and not around.is_quoting
    answers = view.question.answer_keys if can_answer else ()
    if not is_stacked(width):
        body = _wide_body(view, pane, around, width, height - 3)
    elif around.is_zoomed:
        question = question_lines(view.question, "", width, _ZOOMED_ROWS)
        body = [*pane.lines(), _status_rule(pane, around, width), *question]
    else:
        body = _stacked_body(view, pane, around, width, height - 3)
    return [
        _header(view, around, width),
        *fill(body, height - 3),
        _notice(view, around, width),
        *key_bar(around.commands, width, answers=answers),
    ]


def _header(view: CodingView, around: Surroundings, width: int) -> Line:
    """Return the case, how far it is, and when it was saved; the least needed is left out first."""
    saved = f"saved {around.saved} " if around.saved else ""
    left: Line = (Span(f" {view.case_id}", Role.HEADER_STRONG),)
    for part in (
        _why_not_required(view),
        view.progress,
        _state_words(view),
        f"{view.counts.done} of {view.counts.total} cases",
        f"{duration(view.active_seconds)} active",
    ):
        if part and line_width(left) + len(part) + len(saved) + 4 <= width:
            left = (*left, Span(f"  {part}", Role.HEADER))
    return ends(left, (Span(saved, Role.HEADER),), width, role=Role.HEADER)


def _why_not_required(view: CodingView) -> str:
    """Say why the question on the screen need not be answered; empty where it has to be."""
    match view.question.applicability:
        case Applicability.APPLICABLE:
            return "" if view.question.is_required else "optional question"
        case Applicability.PENDING:
            return "not asked yet"
        case Applicability.NOT_APPLICABLE:
            return "not asked"


def _state_words(view: CodingView) -> str:
    if view.state is CodingState.LOCKED:
        return "handed in, locked"
    if view.state is CodingState.SUBMITTED:
        return "handed in"
    if view.state is CodingState.DEFERRED:
        return "deferred"
    return "sent back" if view.returned else ""


def _notice(view: CodingView, around: Surroundings, width: int) -> Line:
    text = around.notice
    if not text and view.returned:
        text = f"The supervisor asks: {view.returned}"
    elif not text and view.is_referred:
        text = "Referred to the supervisor as a live risk."
    return (Span(" " + clip(visible(text), width - 2), Role.NOTICE),) if text else EMPTY


# Stacked ----------------------------------------------------------------------------------------


def _stacked_body(
    view: CodingView, pane: RecordPane, around: Surroundings, width: int, height: int
) -> list[Line]:
    record = pane.lines()
    rows = height - len(record) - 1
    has_checklist = rows >= _QUESTION_ROWS
    question_rows = rows - (1 if has_checklist else 0)
    body = [*record, _status_rule(pane, around, width)]
    body += fill(question_lines(view.question, view.note, width, question_rows), question_rows)
    if has_checklist:
        body.append(checklist_line(view.checklist, width))
    return body


def _status_rule(pane: RecordPane, around: Surroundings, width: int) -> Line:
    left = "\N{BOX DRAWINGS LIGHT HORIZONTAL}\N{BOX DRAWINGS LIGHT HORIZONTAL} "
    words = "  ".join(part for part in (pane.status(), around.reading) if part)
    line: Line = (Span(left, Role.RULE), Span(words, Role.MUTED), Span(" ", Role.RULE))
    return (*line, *rule(max(0, width - line_width(line))))


def checklist_line(items: Sequence[CheckItem], width: int) -> Line:
    """Return the questions that are or may be asked in one row, the present one in sight."""
    spans = [_check_span(item) for item in items if item.glyph is not Glyph.NOT_ASKED]
    here = next((n for n, span in enumerate(spans) if span.text.startswith(Glyph.HERE)), 0)
    first = 0
    while first < here and _row_width(spans[first : here + 2]) > width - 8:
        first += 1
    line: Line = (Span(" ..." if first else " ", Role.MUTED),)
    for span in spans[first:]:
        if line_width(line) + len(span.text) + 6 > width and span is not spans[-1]:
            return (*line, Span("...", Role.MUTED))
        line = (*line, span, Span("  "))
    return line


def _row_width(spans: Sequence[Span]) -> int:
    return sum(len(span.text) + 2 for span in spans)


def _check_span(item: CheckItem) -> Span:
    role = {
        Glyph.HERE: Role.KEY,
        Glyph.OPEN: Role.TEXT,
        Glyph.QUOTE_NEEDED: Role.NOTICE,
        Glyph.UNCONFIRMED: Role.NOTICE,
    }.get(item.glyph, Role.MUTED)
    return Span(f"{item.glyph} {item.question_id}", role)


# Beside each other ------------------------------------------------------------------------------


def _wide_body(
    view: CodingView, pane: RecordPane, around: Surroundings, width: int, height: int
) -> list[Line]:
    right_width = _right_width(width)
    left_width = width - right_width - 2
    words = "  ".join(part for part in (pane.status(), around.reading) if part)
    title = ends((Span(" RECORD", Role.STRONG),), (Span(f"{words} ", Role.MUTED),), left_width)
    left = [title, rule(left_width), *pane.lines()]
    checklist = _checklist_block(view.checklist, right_width)
    rows = height - len(checklist) - 1
    if _least_rows(view.question, right_width) > rows:
        checklist = [checklist_line(view.checklist, right_width)]
        rows = height - len(checklist) - 1
    right = fill(question_lines(view.question, view.note, right_width, rows, roomy=True), rows)
    right += [rule(right_width), *checklist]
    return beside(fill(left, height), fill(right, height), left_width=left_width)


def _checklist_block(items: Sequence[CheckItem], width: int) -> list[Line]:
    columns = max(1, (width - 1) // 8)
    spans = [_check_span(item) for item in items]
    lines: list[Line] = []
    for start in range(0, len(spans), columns):
        line: Line = (Span(" "),)
        for span in spans[start : start + columns]:
            line = (*line, span, Span(" " * max(1, 8 - len(span.text))))
        lines.append(line)
    return lines


# The question -----------------------------------------------------------------------------------


def question_lines(
    question: QuestionView, note: str, width: int, height: int, *, roomy: bool = False
) -> list[Line]:
    """Return the question, its definition, its answers and its quotes in at most ``height`` lines.

    The definition gives way where room is short: all of it is under ``=``. So do the last answers
    where even they do not fit, and that is said.
    """
    roomy = roomy and _least_rows(question, width, columns=False) + _GAPS <= height
    ask = _ask_lines(question, width)
    answers = _answer_lines(question, width, columns=not roomy)
    if len(ask) + len(answers) > height:
        kept = max(0, height - len(ask) - 1)
        answers = [*answers[:kept], _MORE_ANSWERS]
    quotes = _quote_lines(question, note, width, rows=3 if roomy else 1)
    gaps = _GAPS if roomy else 0
    room = height - len(ask) - len(answers) - len(quotes) - gaps
    define = _define_lines(question, width, room)
    if roomy:
        return [*ask, EMPTY, *define, EMPTY, *answers, EMPTY, *quotes]
    used = len(ask) + len(define) + len(answers) + len(quotes)
    gap = [EMPTY] if used < height else []
    return [*ask, *define, *gap, *answers, *quotes]


def _least_rows(question: QuestionView, width: int, *, columns: bool = True) -> int:
    """Return the rows without which a question or one of its answers is not seen."""
    return len(_ask_lines(question, width)) + len(_answer_lines(question, width, columns=columns))


def _ask_lines(question: QuestionView, width: int) -> list[Line]:
    label = f" {question.id}  "
    pieces = wrap(question.ask, width - len(label) - 1)
    lines: list[Line] = [(Span(label, Role.KEY), Span(pieces[0], Role.STRONG))]
    margin = " " * len(label)
    lines += [plain(margin + piece, Role.STRONG) for piece in pieces[1:]]
    if question.is_outcome and line_width(lines[-1]) + 12 <= width:
        lines[-1] = (*lines[-1], Span("  (outcome)", Role.MUTED))
    return lines


def _define_lines(question: QuestionView, width: int, room: int) -> list[Line]:
    if room < 1 or not question.define:
        return []
    pieces = wrap(question.define, width - 2)
    if len(pieces) <= room:
        return [plain(f" {piece}", Role.MUTED) for piece in pieces]
    more = "  = all of it"
    last = clip(pieces[room - 1] + " ...", width - 2 - len(more))
    return [
        *(plain(f" {piece}", Role.MUTED) for piece in pieces[: room - 1]),
        (Span(f" {last}", Role.MUTED), Span("  = ", Role.KEY, "="), Span("all of it", Role.MUTED)),
    ]


def _answer_lines(question: QuestionView, width: int, *, columns: bool) -> list[Line]:
    if question.applicability is Applicability.NOT_APPLICABLE:
        kept = f" Its answer is kept, not counted: {question.answer_words}."
        text = "Not asked of this case as it is answered now."
        return [
            plain(f" {piece}", Role.MUTED)
            for piece in wrap(text + (kept if question.answer_words else ""), width - 2)
        ]
    if question.applicability is Applicability.PENDING:
        return [plain(" Waits for an answer above.", Role.MUTED)]
    if question.options:
        several = question.type is QuestionType.MULTI
        return choice_lines(question.options, width - 1, several=several, columns=columns)
    if question.type is QuestionType.INTEGER:
        return [(Span("   number: "), Span(question.text or "_", Role.CHOSEN))]
    return _text_lines(question, width)


def _text_lines(question: QuestionView, width: int) -> list[Line]:
    if not question.text:
        wish = "needed" if question.is_required else "may be left empty"
        return [(Span("   ("), Span("Enter", Role.KEY, "enter"), Span(f" writes; {wish})"))]
    pieces = wrap(question.text, width - 4)
    return [plain(f"   {piece}", Role.CHOSEN) for piece in pieces[:3]]


def _quote_lines(question: QuestionView, note: str, width: int, *, rows: int) -> list[Line]:
    lines: list[Line] = []
    for quote in question.quotes[:_MOST_QUOTES]:
        lines += _labelled("quote", f'"{visible(quote.text)}"', width, rows=rows)
    more = len(question.quotes) - _MOST_QUOTES
    if more > 0:
        lines.append(plain(f" and {more} more", Role.MUTED))
    if question.quote_needed:
        lines.append(
            (
                Span(" This answer needs a quote: ", Role.NOTICE),
                Span("'", Role.KEY, "'"),
                Span(" chooses the sentence.", Role.NOTICE),
            )
        )
    if note:
        lines += _labelled("note", visible(note), width, rows=rows)
    return lines


def _labelled(label: str, text: str, width: int, *, rows: int) -> list[Line]:
    """Return a text of at most ``rows`` lines, its label before the first one."""
    pieces = wrap(text, width - 8)
    if len(pieces) > rows:
        pieces = [*pieces[: rows - 1], clip(f"{pieces[rows - 1]} ...", width - 8)]
    return [
        (Span(f" {label if number == 0 else '':<6}", Role.MUTED), Span(piece))
        for number, piece in enumerate(pieces)
    ]
