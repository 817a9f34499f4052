"""Pages of text: help, definitions, the readings of "multiple arrests", reference figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dipsample.tui.commands import COMMANDS, Command, Where, commands_of
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
    plain,
    rule,
    visible,
    wrap,
)
from dipsample.tui.drawing.window import Window
from dipsample.tui.models.coding import GLYPH_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dipsample.tui.models.queue import Pause
    from review.codebook import Codebook, Question

_KEYS_WIDTH = 22


def page_lines(
    title: str,
    lines: Sequence[Line],
    window: Window,
) -> list[Line]:
    """Return a whole page: title, lines, where in them they are, and the keys.

    A sentence about the last thing done takes the place of the rule.
    """
    width, height = window.size
    top, room = window.first, height - 3
    last = min(len(lines), top + room)
    where = f"lines {top + 1}-{last} of {len(lines)} " if len(lines) > room else ""
    head = ends(
        (Span(f" {visible(title)}", Role.HEADER_STRONG),),
        (Span(where, Role.HEADER),),
        width,
        role=Role.HEADER,
    )
    body = fill(list(lines[top : top + room]), room)
    end: Line = (
        (Span(f" {clip(visible(window.notice), width - 2)}", Role.NOTICE),)
        if window.notice
        else rule(width)
    )
    return [head, *body, end, *key_bar(window.commands, width)]


def pause_lines(pause: Pause, window: Window) -> list[Line]:
    """Return the page between a case that was put off and the next."""
    width, height = window.size
    title = f" {pause.last} is put off: {pause.why[0].lower()}{pause.why[1:]}"
    head = ends((Span(title, Role.HEADER_STRONG),), EMPTY, width, role=Role.HEADER)
    what = (
        f"Every other case that is open was put off too, {pause.following} first:"
        if pause.is_put_off_too
        else f"{pause.following} is next:"
    )
    body = [
        EMPTY,
        *paragraph("Its answers are saved, and it comes back at the end of your queue.", width),
        EMPTY,
        (Span(f" {what} ", Role.STRONG), Span("Enter", Role.KEY, "enter"),
         Span(" opens it.", Role.STRONG)),
    ]  # fmt: skip
    said: Line = (Span(f" {window.notice}", Role.NOTICE),) if window.notice else EMPTY
    return [head, *fill(body, height - 4), said, rule(width), *key_bar(window.commands, width)]


def paragraph(text: str, width: int, *, role: Role = Role.TEXT, indent: int = 1) -> list[Line]:
    """Return wrapped text with a margin."""
    margin = " " * indent
    return [plain(margin + piece, role) for piece in wrap(text, max(10, width - indent - 2))]


def help_lines(where: Where, width: int, commands: Sequence[Command] = COMMANDS) -> list[Line]:
    """Return what every key does on a screen.

    Args:
        where: The screen.
        width: Cells of a line.
        commands: All of them, with the keys of this user.
    """
    lines: list[Line] = [EMPTY]
    if where is Where.CODING:
        lines += _help_row(
            "letter, digit", "Answer, save, and go to the next open question.", width
        )
    for command in commands_of(where, among=commands):
        lines += _help_row(command.shown_keys, command.help, width)
    lines += _help_row("ctrl+p", "Find a command by its name; change the theme.", width)
    lines += _help_row("ctrl+q", "Leave the program; everything is saved.", width)
    if where is Where.QUEUE:
        lines.append(EMPTY)
        lines += paragraph(
            "The column stratum holds a number in place of the stratum's name: the name could "
            "prejudge the case. One number is one stratum, and says nothing else.",
            width,
        )
    if where is Where.CODING:
        lines += [EMPTY, plain(" In the list of questions", Role.STRONG)]
        for glyph, words in GLYPH_WORDS.items():
            lines.append((Span(fit(f"   {glyph}", 6), Role.KEY), Span(words)))
        lines += [EMPTY, plain(" In the record", Role.STRONG)]
        for sign, words in (
            ("|word|", "a key word"),
            ("*word*", "the key word stood on"),
            ("{word}", "what was looked for"),
            (">> words <<", "a quote"),
        ):
            lines.append((Span(fit(f"   {sign}", 16), Role.KEY), Span(words)))
    return lines


def _help_row(keys: str, text: str, width: int) -> list[Line]:
    pieces = wrap(text, width - _KEYS_WIDTH - 2)
    first: Line = (Span(" " + fit(keys, _KEYS_WIDTH - 1), Role.KEY), Span(pieces[0]))
    return [first, *(plain(" " * _KEYS_WIDTH + piece) for piece in pieces[1:])]


def definition_lines(question: Question, derived: Mapping[str, str], width: int) -> list[Line]:
    """Return the whole definition of a question, with clear cases and near misses."""
    lines: list[Line] = [EMPTY]
    lines += paragraph(f"{question.id}  {question.ask}", width, role=Role.STRONG)
    if question.verify_source:
        lines += paragraph(
            "Its wording rests on a source that is to be confirmed before live use.",
            width,
            role=Role.NOTICE,
        )
    if question.define:
        lines += [EMPTY, *paragraph(question.define, width)]
    if question.options:
        lines.append(EMPTY)
        for option in question.options:
            lines.append((Span(f"   {option.key} ", Role.KEY), Span(option.label)))
    for example in question.examples:
        lines += [EMPTY, plain(f" {question.label_of(example.value)}", Role.STRONG)]
        for text in example.clear:
            lines += _bullet("clear", text, width)
        for text in example.near_misses:
            lines += _bullet("not this", text, width)
    if question.quote_if:
        labels = ", ".join(question.label_of(value) for value in question.quote_if)
        lines += [EMPTY, *paragraph(f"Needs a quote of the record: {labels}.", width)]
    if derived:
        lines += [EMPTY, plain(" What follows from the answers so far", Role.STRONG)]
        for name, value in derived.items():
            words = f"{name.replace('_', ' ')}: {value.replace('_', ' ')}"
            lines += paragraph(words, width, indent=3)
    return lines


def _bullet(word: str, text: str, width: int) -> list[Line]:
    pieces = wrap(text, width - 15)
    first: Line = (Span(f"   {word:<9} ", Role.MUTED), Span(pieces[0]))
    return [first, *(plain(" " * 13 + piece) for piece in pieces[1:])]


def codebook_lines(codebook: Codebook, width: int) -> list[Line]:
    """Return all questions with their definitions."""
    lines: list[Line] = [EMPTY]
    lines += paragraph(
        f"{codebook.id} {codebook.version}. Two incidents between the same two people are linked "
        f"when they lie at most {codebook.window_days} days apart; the window is to be confirmed "
        "before live use.",
        width,
    )
    for question in codebook.questions:
        lines += definition_lines(question, {}, width)
        lines.append(EMPTY)
        lines.append(rule(width))
    return lines
