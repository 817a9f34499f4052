"""Codings made elsewhere, taken in from a CSV: all of the file, or nothing.

One column ``case`` and one column a question id; a blank cell is unanswered, several answers are
joined by ``|``. What is taken in counts as handed in and is exempt from required answers and
quotes, not from the look for personal data in texts. Every cell that is refused is named at once.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from review.answers import read_answer
from review.applicability import read_sheet
from review.case import Review
from review.codebook import Codebook, Question, QuestionType, Value
from review.coding import RISK_ANSWER, RISK_QUESTION
from review.coding_state import CodingState
from review.errors import CodingsRefusedError, RefusedCell
from review.events import CodingImported, ImportedAnswer, ReviewEvent, RiskReferred
from review.supervision import why_not_code
from sampling.draw import Role
from sampling.personal import scan
from sampling.refusal import Refusal

__all__ = ["CodingsRefusedError", "ImportOutcome", "RefusedCell", "read_codings"]

CASE_COLUMN: Final = "case"
JOINT: Final = "|"
MAX_BYTES: Final = 64 * 1024 * 1024
_BEGUN: Final[Mapping[CodingState, str]] = {
    state: "You coded this case already, with other answers"
    if state.is_handed_in
    else "You began to code this case here; hand it in here"
    for state in CodingState
    if state is not CodingState.NOT_STARTED
}
"""Why a case that its importer may code takes no other coding of theirs."""
_PERSONAL: Final = "the text looks as if it held {kinds}; take it out"
_COLUMN_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.]{0,15}")
"""What may be repeated of a header: a file without one begins with the text of a case."""


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What taking in a file of codings comes to."""

    events: tuple[tuple[str, ReviewEvent], ...]
    """Case and event, in order of the file."""
    new: int
    """Codings taken in."""
    unchanged: int
    """Codings that this person has handed in before, with the same answers."""
    not_applicable: int
    """Answers taken in that stand at questions not asked of their case: kept, not counted."""


@dataclass(frozen=True, slots=True)
class RowsRefused:
    """Rows that are sound, of cases that this person's coding cannot be taken in for."""

    refusal: Refusal
    cells: tuple[RefusedCell, ...]
    """The case of each such row with its own reason, in order of row."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of the file."""

    row: int
    case_id: str
    answers: Mapping[str, Value]
    """In codebook order, blank ones left out."""


def read_codings(
    content: bytes,
    *,
    source: str,
    codebook: Codebook,
    review: Review,
    roles: Mapping[str, Role],
    reviewer: str,
) -> ImportOutcome | RowsRefused:
    """Read a file of codings.

    Args:
        content: The bytes of the CSV, UTF-8 with or without a byte-order mark.
        source: What to call it in messages, such as the file's name.
        codebook: The project's.
        review: Everything that was done so far.
        roles: What each case was drawn for, by case number; the reserve among them.
        reviewer: Whose codings they are.

    Returns:
        The events that take it in, each filling the importer's own slot where the case is
        assigned; or the rows whose cases are assigned to others, coded by somebody else, coded
        differently by this person, or out of the audit.

    Raises:
        CodingsRefusedError: Where the file is no CSV, or cells are refused; it names all of them.
    """
    faults: list[RefusedCell] = []
    rows = _rows(content, source)
    header = _header(next(rows, (1, [])), codebook, faults)
    lines = _lines(rows, header, roles, faults)
    if faults:
        raise _refused_cells(source, faults)
    return _taken_in(
        lines,
        codebook=codebook,
        review=review,
        reviewer=reviewer,
        digest=sha256(content).hexdigest(),
    )


def _refused_cells(source: str, faults: Sequence[RefusedCell]) -> CodingsRefusedError:
    """Name every refused cell, and the first of them in the sentence."""
    cells = tuple(sorted(faults, key=lambda cell: cell.row))
    count = "1 cell is" if len(cells) == 1 else f"{len(cells):,} cells are"
    return CodingsRefusedError(
        f"{source}: {count} refused, and nothing was taken in; "
        f"the first is row {cells[0].row}, column {cells[0].column}: {cells[0].reason}.",
        cells,
    )


def _rows(content: bytes, source: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of the CSV with the line that each ends on."""
    if len(content) > MAX_BYTES:
        raise CodingsRefusedError(f"{source} is over 64 MB; split it.", ())
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CodingsRefusedError(
            f"{source} is not UTF-8 at byte {error.start}; save it as CSV UTF-8.", ()
        ) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    row = 0
    try:
        for row, cells in enumerate(reader, start=1):
            yield row, cells
    except csv.Error as error:
        raise CodingsRefusedError(f"{source} is not a CSV after row {row}: {error}.", ()) from None


def _header(
    first: tuple[int, list[str]], codebook: Codebook, faults: list[RefusedCell]
) -> list[Question | None]:
    """Return the question of each column; None for the column of the case."""
    names = [cell.strip() for cell in first[1]]
    asked = {question.id: question for question in codebook.questions}
    columns: list[Question | None] = []
    for place, name in enumerate(names):
        columns.append(asked.get(name))
        if name in names[:place]:
            faults.append(RefusedCell(1, _named(name, place), "the column stands twice"))
        elif name != CASE_COLUMN and name not in asked:
            faults.append(RefusedCell(1, _named(name, place), "the codebook asks no such question"))
    if CASE_COLUMN not in names:
        faults.append(RefusedCell(1, CASE_COLUMN, "this column is missing"))
    return columns


def _named(name: str, place: int) -> str:
    """Return how a message names a column that the codebook does not know."""
    return name if _COLUMN_NAME.fullmatch(name) else f"number {place + 1}"


def _lines(
    rows: Iterator[tuple[int, list[str]]],
    header: Sequence[Question | None],
    roles: Mapping[str, Role],
    faults: list[RefusedCell],
) -> list[_Line]:
    """Read the rows under the header, passing over those without an answer."""
    lines: list[_Line] = []
    if faults:
        return lines
    place = header.index(None)
    seen: dict[str, int] = {}
    for row, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            wanted = f"the row has {len(cells)} cells, and the header {len(header)}"
            faults.append(RefusedCell(row, CASE_COLUMN, wanted))
            continue
        case_id = cells[place].strip()
        why = _why_not_case(case_id, roles, seen)
        if why is not None:
            faults.append(RefusedCell(row, CASE_COLUMN, why))
        seen.setdefault(case_id, row)
        answers = _answers(row, cells, header, faults)
        if answers:
            lines.append(_Line(row, case_id, answers))
    return lines


def _why_not_case(case_id: str, roles: Mapping[str, Role], seen: Mapping[str, int]) -> str | None:
    """Say why a row's case takes no coding, or None where it does."""
    if not case_id:
        return "the case is blank"
    if case_id in seen:
        return f"the case stands in row {seen[case_id]} already"
    match roles.get(case_id):
        case None | Role.RESERVE:
            # One sentence for both: which numbers the reserve holds is not for coders to list.
            return "the sample has no such case"
        case Role.REPLACED:
            return "the case was replaced"
        case Role.SAMPLE:
            return None


def _answers(
    row: int, cells: Sequence[str], header: Sequence[Question | None], faults: list[RefusedCell]
) -> dict[str, Value]:
    """Read the answers of one row."""
    answers: dict[str, Value] = {}
    for cell, question in zip(cells, header, strict=True):
        if question is None or not cell.strip():
            continue
        is_text = question.type is QuestionType.TEXT
        parts = (cell,) if is_text else tuple(part.strip() for part in cell.split(JOINT))
        value = read_answer(question, parts)
        if is_text and (kinds := sorted({hit.kind for hit in scan(cell)})):
            faults.append(RefusedCell(row, question.id, _PERSONAL.format(kinds=", ".join(kinds))))
        elif isinstance(value, Refusal):
            faults.append(RefusedCell(row, question.id, _why_not_answer(question, value)))
        elif value:
            answers[question.id] = value
    return answers


def _why_not_answer(question: Question, refusal: Refusal) -> str:
    """Say what is wrong with an answer, and what the question takes where it has a list."""
    said = f"{refusal.reason} {refusal.way_out}" if question.options else refusal.reason
    return said.removesuffix(".")


def _taken_in(
    lines: Sequence[_Line], *, codebook: Codebook, review: Review, reviewer: str, digest: str
) -> ImportOutcome | RowsRefused:
    """Decide on rows that are sound in themselves."""
    events: list[tuple[str, ReviewEvent]] = []
    refused: list[RefusedCell] = []
    new = unchanged = not_applicable = 0
    for line in lines:
        own = review.coding_of(line.case_id, reviewer)
        if own.state.is_handed_in and dict(own.answers) == dict(line.answers):
            unchanged += 1
            continue
        why = why_not_code(review, reviewer, role=Role.SAMPLE, case_id=line.case_id)
        reason = _BEGUN.get(own.state) if why is None else why.reason.removesuffix(".")
        if reason is not None:
            refused.append(RefusedCell(line.row, CASE_COLUMN, reason))
            continue
        new += 1
        not_applicable += len(read_sheet(codebook, line.answers, ()).uncounted)
        events.extend((line.case_id, event) for event in _events(line, codebook, digest))
    if refused:
        return _rows_refused(refused)
    return ImportOutcome(tuple(events), new, unchanged, not_applicable)


def _events(line: _Line, codebook: Codebook, digest: str) -> Iterator[ReviewEvent]:
    """Yield the events of one coding."""
    yield CodingImported(
        codebook_sha256=codebook.sha256,
        answers=tuple(
            ImportedAnswer(question=question.id, value=line.answers[question.id])
            for question in codebook.questions
            if question.id in line.answers
        ),
        source_sha256=digest,
    )
    if RISK_ANSWER in line.answers.get(RISK_QUESTION, ()):
        yield RiskReferred()


def _rows_refused(cells: Sequence[RefusedCell]) -> RowsRefused:
    """Refuse a file for the cases that are taken."""
    reasons = {cell.reason for cell in cells}
    rows = "1 row" if len(cells) == 1 else f"{len(cells):,} rows"
    first = cells[0]
    why = f"row {first.row}: {first.reason}" if len(reasons) == 1 else f"{len(reasons)} reasons"
    refusal = Refusal(
        "coded-already",
        f"The cases of {rows} cannot be taken in ({why}), and nothing was.",
        "Leave these rows out of the file, or see to each reason.",
    )
    return RowsRefused(refusal, tuple(cells))
