"""An XLSForm, as ODK and Kobo read them, as a codebook in the making."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from exports.errors import FormError, RefusedFormCell
from exports.forms.draft import DraftCodebook, DraftOption, DraftQuestion
from exports.forms.logic import read_logic
from exports.forms.questions import CASE
from exports.forms.sheets import FormRow, read_workbook
from review.conditions import All, Condition

SHEETS: Final = ("survey", "choices", "settings")

_PASSED_OVER: Final = frozenset(("start", "end", "today", "deviceid", "username", "email", "audit"))
_IS_TRUE: Final = ("yes", "true", "true()")
_SPAN: Final = re.compile(r"\. >= (-?\d{1,9}) and \. <= (-?\d{1,9})")
_NUMBER_OR_WORDS: Final = re.compile(
    r"\(regex\(\., '\^-\?\[0-9\]\+\$'\) and \. >= (-?\d{1,9}) and \. <= (-?\d{1,9})\)"
    r"((?: or \. = '[^']+')+)"
)
_LENGTH: Final = re.compile(r"string-length\(\.\) <= (\d{1,5})")
_ALONE: Final = re.compile(r"not\(selected\(\., '([^']+)'\) and \(")
_VERSION: Final = re.compile(r"\d+\.\d+\.\d+")
_ID: Final = re.compile(r"[^a-z0-9]+")


def read_xlsform(path: Path) -> tuple[DraftCodebook, list[FormRow], list[RefusedFormCell]]:
    """Return what an XLSForm asks, the row of each question, and every cell that is refused.

    Raises:
        FormError: Where the file cannot be read, or has no sheet ``survey``.
    """
    sheets = read_workbook(path, SHEETS)
    if not sheets.get("survey"):
        raise FormError(f"{path.name} has no sheet 'survey' with questions; it is no XLSForm.")
    choices = sheets.get("choices", ())
    reader = _Survey(_choices(choices))
    reader.refused += _named_twice(choices)
    for row in sheets["survey"]:
        reader.read(row)
    settings = next(iter(sheets.get("settings", ())), FormRow("settings", 2, {}))
    version = _VERSION.match(settings["version"])
    name = settings["form_id"] or settings["form_title"] or path.stem
    draft = DraftCodebook(
        id=_ID.sub("-", name.lower()).strip("-")[:32] or "imported",
        version=version[0] if version else "1.0.0",
        questions=tuple(reader.questions),
    )
    return draft, reader.rows, reader.refused


def _choices(rows: Iterable[FormRow]) -> dict[str, list[DraftOption]]:
    lists: dict[str, list[DraftOption]] = {}
    for row in rows:
        option = DraftOption(row["name"], row["label"], row["key"])
        lists.setdefault(_list_of(row), []).append(option)
    return lists


def _list_of(row: FormRow) -> str:
    return row["list_name"] or row["list name"]


def _named_twice(rows: Iterable[FormRow]) -> list[RefusedFormCell]:
    """Return the answers that stand twice in their list."""
    seen = set[tuple[str, str]]()
    found = []
    for row in rows:
        place = (_list_of(row), row["name"])
        if place in seen:
            found.append(row.refused("name", "an answer of this name stands in the list already."))
        seen.add(place)
    return found


class _Survey:
    """Reads the sheet of questions, row by row."""

    def __init__(self, lists: dict[str, list[DraftOption]]) -> None:
        self.questions: list[DraftQuestion] = []
        self.rows: list[FormRow] = []
        self.refused: list[RefusedFormCell] = []
        self._lists = lists
        self._offers: dict[str, tuple[str, ...]] = {}
        self._section = ""
        self._gate: Condition | None = None
        self._is_open = False

    def read(self, row: FormRow) -> None:
        """Read one row of the survey."""
        kind, _, rest = row["type"].partition(" ")
        if f"{kind} {rest}" in ("begin group", "end group"):
            kind, rest = f"{kind}_group", ""
        if kind in _PASSED_OVER:
            return
        self._check_columns(row)
        match kind:
            case "begin_group":
                self._begin(row)
            case "end_group":
                self._section, self._gate, self._is_open = "", None, False
            case "text" if row["name"] == CASE and not self.questions:
                return
            case "select_one" | "select_multiple" | "integer" | "text":
                self._question(row, kind, rest.strip())
            case _:
                self._refuse(row, "type", _no_type(row["type"]))

    def _refuse(self, row: FormRow, column: str, reason: str) -> None:
        self.refused.append(row.refused(column, reason))

    def _check_columns(self, row: FormRow) -> None:
        for column in row.cells:
            if column.split("::")[0] in ("label", "hint") and "::" in column:
                reason = "a codebook has one language; keep it and name its column without '::'."
                self._refuse(row, column, reason)
            elif column in ("calculation", "default", "choice_filter", "repeat_count", "trigger"):
                self._refuse(row, column, "a codebook cannot hold it; take it out.")

    def _begin(self, row: FormRow) -> None:
        if self._is_open:
            self._refuse(row, "type", "sections do not stand in one another; end the first.")
        self._is_open, self._section = True, row["label"]
        self._gate = self._logic(row, "relevant")

    def _question(self, row: FormRow, kind: str, offered: str) -> None:
        options = tuple(self._lists.get(offered, ()))
        if kind.startswith("select") and not options:
            reason = f"there is no list {offered or '(none named)'} on the sheet choices."
            self._refuse(row, "type", reason)
        name = {"select_one": "single", "select_multiple": "multi"}.get(kind, kind)
        asked = [one for one in (self._gate, self._logic(row, "relevant")) if one is not None]
        span, limit = None, None
        if name == "multi":
            alone = set(_ALONE.findall(row["constraint"]))
            options = tuple(
                DraftOption(one.value, one.label, one.key, one.value in alone) for one in options
            )
        elif name != "single":
            name, span, limit, options = self._written(row, name)
        question = DraftQuestion(
            id=row["name"],
            section=self._section,
            ask=row["label"],
            type=name,
            define=row["hint"],
            options=options,
            ask_if=None if not asked else asked[0] if len(asked) == 1 else All(tuple(asked)),
            required_if=self._required(row, is_text=name == "text"),
            span=span,
            max_length=limit,
        )
        self._add(row, question)

    def _add(self, row: FormRow, question: DraftQuestion) -> None:
        from exports.forms.examples import with_examples

        self.questions.append(with_examples(question, row["guidance_hint"]))
        self.rows.append(row)
        self._offers[question.id] = tuple(one.value for one in question.options)

    def _written(
        self, row: FormRow, kind: str
    ) -> tuple[str, tuple[int, int] | None, int | None, tuple[DraftOption, ...]]:
        """Return type, span, length and answers in words of a number or a text."""
        constraint = row["constraint"]
        if kind == "integer":
            span = _SPAN.fullmatch(constraint)
            if span is None:
                reason = "a whole number needs its least and greatest, as '. >= 0 and . <= 20'."
                self._refuse(row, "constraint", reason)
                return "integer", (0, 0), None, ()
            return "integer", (int(span[1]), int(span[2])), None, ()
        number = _NUMBER_OR_WORDS.fullmatch(constraint)
        if number is not None:
            values = re.findall(r"'([^']+)'", number[3])
            options = tuple(DraftOption(value, value.replace("_", " ")) for value in values)
            return "integer", (int(number[1]), int(number[2])), None, options
        length = _LENGTH.fullmatch(constraint)
        if constraint and length is None:
            reason = "of a text only the length can be held, as 'string-length(.) <= 500'."
            self._refuse(row, "constraint", reason)
        return "text", None, int(length[1]) if length else 500, ()

    def _required(self, row: FormRow, *, is_text: bool) -> Condition | None:
        required = row["required"]
        if not is_text:
            if required.lower() not in ("", "no", "false", "false()", *_IS_TRUE):
                reason = "only a text is required by a rule; other questions always are."
                self._refuse(row, "required", reason)
            return None
        if required.lower() in _IS_TRUE:
            reason = "a text is required by a rule about other answers alone; write one, or none."
            self._refuse(row, "required", reason)
            return None
        return (
            None if required.lower() in ("no", "false", "false()") else self._logic(row, "required")
        )

    def _logic(self, row: FormRow, column: str) -> Condition | None:
        if not row[column]:
            return None
        try:
            return read_logic(row[column], self._offers)
        except FormError as error:
            self._refuse(row, column, str(error))
            return None


def _no_type(kind: str) -> str:
    return (
        f"a codebook has no question of type {kind or '(none)'}; it has select_one, "
        "select_multiple, integer and text."
    )
