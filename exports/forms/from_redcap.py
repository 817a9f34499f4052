"""A REDCap data dictionary as a codebook in the making."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Final

from exports.errors import FormError, RefusedFormCell
from exports.forms.draft import DraftCodebook, DraftOption, DraftQuestion
from exports.forms.logic import read_logic
from exports.forms.questions import CASE
from exports.forms.sheets import FormRow, read_csv
from review.conditions import Condition

NAME: Final = "Variable / Field Name"
TYPE: Final = "Field Type"
LABEL: Final = "Field Label"
CHOICES: Final = "Choices, Calculations, OR Slider Labels"
NOTE: Final = "Field Note"
VALIDATION: Final = "Text Validation Type OR Show Slider Number"
LEAST: Final = "Text Validation Min"
GREATEST: Final = "Text Validation Max"
PERSON: Final = "Identifier?"
LOGIC: Final = "Branching Logic (Show field only if...)"
NUMBER: Final = "Question Number (surveys only)"
ANNOTATION: Final = "Field Annotation"

_KINDS: Final = {
    "radio": "single",
    "dropdown": "single",
    "yesno": "single",
    "truefalse": "single",
    "checkbox": "multi",
    "text": "integer",
    "notes": "text",
}
_FIXED: Final = {
    "yesno": (DraftOption("1", "Yes", "y"), DraftOption("0", "No", "n")),
    "truefalse": (DraftOption("1", "True"), DraftOption("0", "False")),
}
_LIMIT: Final = re.compile(r"@CHARLIMIT='(\d{1,5})'")
_ALONE: Final = re.compile(r"@NONEOFTHEABOVE='([^']+)'")
_OR_WORDS: Final = re.compile(r"(?:^|\n)A whole number from (-?\d{1,9}) to (-?\d{1,9}), or (.+)\.$")
_WHOLE: Final = re.compile(r"-?\d{1,9}")


def read_redcap(path: Path) -> tuple[DraftCodebook, list[FormRow], list[RefusedFormCell]]:
    """Return what a data dictionary asks, the row of each question, and every refused cell.

    Raises:
        FormError: Where the file cannot be read, or is no data dictionary.
    """
    rows = read_csv(path)
    if not rows or not all(rows[0][column] for column in (NAME, TYPE)):
        raise FormError(
            f"{path.name} is no data dictionary of REDCap: its first row after the header has no "
            f"'{NAME}' or no '{TYPE}'."
        )
    reader = _Fields()
    for row in rows:
        reader.read(row)
    name = re.sub(r"[^a-z0-9]+", "-", rows[0]["Form Name"].lower()).strip("-")[:32]
    draft = DraftCodebook(name or "imported", "1.0.0", tuple(reader.questions))
    return draft, reader.rows, reader.refused


class _Fields:
    """Reads the fields, row by row."""

    def __init__(self) -> None:
        self.questions: list[DraftQuestion] = []
        self.rows: list[FormRow] = []
        self.refused: list[RefusedFormCell] = []
        self._offers: dict[str, tuple[str, ...]] = {}
        self._section = ""

    def read(self, row: FormRow) -> None:
        """Read one field."""
        self._section = html.unescape(row["Section Header"]) or self._section
        if row[NAME] == CASE and row[TYPE] == "text" and not self.questions:
            return
        if row[PERSON].lower() == "y":
            self._refuse(row, PERSON, "no codebook asks for what identifies a person.")
        kind = _KINDS.get(row[TYPE])
        if kind is None:
            reason = f"a codebook has no field of type {row[TYPE] or '(none)'}; it has " + (
                ", ".join(_KINDS) + " (a whole number)."
            )
            self._refuse(row, TYPE, reason)
            return
        self._question(row, kind)

    def _refuse(self, row: FormRow, column: str, reason: str) -> None:
        self.refused.append(row.refused(column, reason))

    def _question(self, row: FormRow, kind: str) -> None:
        note = html.unescape(row[NOTE])
        options, span, limit = self._options(row), None, None
        if kind == "integer":
            span, options, note = self._number(row, note)
        elif kind == "text":
            found = _LIMIT.search(row[ANNOTATION])
            limit = int(found[1]) if found else 500
        number, name = row[NUMBER], row[NAME]
        question = DraftQuestion(
            id=number if number.lower() == name.lower() else name,
            section=self._section,
            ask=html.unescape(row[LABEL]),
            type=kind,
            define=note,
            options=options,
            ask_if=self._logic(row),
            span=span,
            max_length=limit,
        )
        self.questions.append(question)
        self.rows.append(row)
        self._offers[question.id] = tuple(one.value for one in options)

    def _options(self, row: FormRow) -> tuple[DraftOption, ...]:
        if row[TYPE] in _FIXED:
            return _FIXED[row[TYPE]]
        if row[TYPE] not in ("radio", "dropdown", "checkbox"):
            return ()
        alone = {
            value.strip() for found in _ALONE.findall(row[ANNOTATION]) for value in found.split(",")
        }
        options: list[DraftOption] = []
        for choice in row[CHOICES].split("|"):
            value, comma, label = (part.strip() for part in choice.partition(","))
            if not (value and comma and label):
                self._refuse(row, CHOICES, "an answer is a value, a comma and its words.")
                continue
            if any(one.value == value for one in options):
                self._refuse(row, CHOICES, "an answer stands in it twice.")
                continue
            options.append(DraftOption(value, html.unescape(label), "", value in alone))
        return tuple(options)

    def _number(
        self, row: FormRow, note: str
    ) -> tuple[tuple[int, int], tuple[DraftOption, ...], str]:
        """Return the span of a whole number, its answers in words, and what the note says else."""
        words = _OR_WORDS.search(note)
        if words is not None and not row[VALIDATION]:
            values = words[3].split(", ")
            options = tuple(DraftOption(value, value.replace("_", " ")) for value in values)
            return (int(words[1]), int(words[2])), options, note[: words.start()]
        if row[VALIDATION] != "integer":
            reason = "of a text field only a whole number can be held; use 'integer', or 'notes'."
            self._refuse(row, VALIDATION, reason)
        elif not (_WHOLE.fullmatch(row[LEAST]) and _WHOLE.fullmatch(row[GREATEST])):
            self._refuse(row, LEAST, "a whole number needs its least and its greatest.")
        else:
            return (int(row[LEAST]), int(row[GREATEST])), (), note
        return (0, 0), (), note

    def _logic(self, row: FormRow) -> Condition | None:
        if not row[LOGIC]:
            return None
        try:
            return read_logic(row[LOGIC], self._offers)
        except FormError as error:
            self._refuse(row, LOGIC, str(error))
            return None
