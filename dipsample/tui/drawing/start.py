"""The start page as lines: what is done, and the command that comes next."""

from __future__ import annotations

from collections.abc import Sequence

from dipsample.tui.commands import Command
from dipsample.tui.drawing.key_bar import key_bar
from dipsample.tui.drawing.lines import (
    EMPTY,
    Line,
    Role,
    Span,
    ends,
    fill,
    plain,
    rule,
    visible,
    wrap,
)
from dipsample.views import Stage

_STEPS = (
    (Stage.NO_FRAME, "Frame", "Check the extract, and commit its fingerprint and counts.",
     "dipsample frame commit PROJECT EXTRACT --id COLUMN --strata COLUMN"),
    (Stage.NO_PLAN, "Plan", "Say how many records to read, or how narrow the interval must be.",
     "dipsample plan PROJECT --size 400"),
    (Stage.NO_DRAW, "Draw", "Throw dice for the seed, before witnesses, and draw.",
     "dipsample draw PROJECT EXTRACT --seed SEED --seed-source TEXT"),
    (Stage.CODING, "Code", "Share the cases out, and read them here.",
     "dipsample assign PROJECT --reviewers NAME,NAME"),
)  # fmt: skip

_BEGINNINGS = (
    ("See it work", "Makes an example and codes it; nothing in it is real.", "dipsample demo"),
    ("Start an audit", "Makes a project file, encrypted with your passphrase.",
     "dipsample init audit.dip --title TITLE"),
    ("Go on with one", "Opens the queue, or the supervisor's overview.",
     "dipsample open audit.dip --as NAME"),
)  # fmt: skip


def start_lines(
    title: str,
    stage: Stage | None,
    commands: Sequence[Command],
    size: tuple[int, int],
    *,
    who: str = "",
) -> list[Line]:
    """Return the whole page.

    Args:
        title: Of the project, or of the program.
        stage: How far the project is; None where there is none.
        commands: What keys do here.
        size: Columns and rows.
        who: Why nothing can be done here by whoever looks; empty where there is no project.
    """
    width, height = size
    head = ends((Span(f" {visible(title)}", Role.HEADER_STRONG),), EMPTY, width, role=Role.HEADER)
    body = _beginnings(width) if stage is None else _steps(stage, who, width)
    return [*fill([head, EMPTY, *body], height - 2), rule(width), *key_bar(commands, width)]


def _beginnings(width: int) -> list[Line]:
    lines: list[Line] = [plain(" No project is open.", Role.STRONG), EMPTY]
    for name, text, command in _BEGINNINGS:
        lines += [*_entry(" ", name, text, command, width), EMPTY]
    return lines


def _steps(stage: Stage, who: str, width: int) -> list[Line]:
    """Return the path to the first case: done steps, the next one with its command, the rest."""
    lines: list[Line] = [plain(" There are no cases to read yet.", Role.STRONG)]
    lines += [plain(f" {piece}", Role.NOTICE) for piece in wrap(visible(who), width - 2) if piece]
    lines.append(EMPTY)
    order = [step[0] for step in _STEPS]
    here = order.index(stage)
    for number, (_, name, text, command) in enumerate(_STEPS):
        glyph = "x" if number < here else ">" if number == here else "."
        lines += [*_entry(glyph, name, text, command if number == here else "", width), EMPTY]
    return lines


def _entry(glyph: str, name: str, text: str, command: str, width: int) -> list[Line]:
    pieces = wrap(text, width - 22)
    role = Role.STRONG if glyph in {">", " "} else Role.MUTED
    lines: list[Line] = [(Span(f" {glyph} {name:<16} ", role), Span(pieces[0], role))]
    lines += [plain(" " * 20 + piece, role) for piece in pieces[1:]]
    lines += [plain(" " * 20 + piece, Role.KEY) for piece in wrap(command, width - 22) if piece]
    return lines
