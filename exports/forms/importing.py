"""A form of another program as a codebook: everything that cannot be held is named at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from exports.errors import FormError, FormRefusedError, RefusedFormCell
from exports.forms.draft import DraftCodebook, written
from exports.forms.from_redcap import read_redcap
from exports.forms.from_xlsform import read_xlsform
from exports.forms.sheets import FormRow
from review.codebook import Codebook, parse_codebook
from review.errors import CodebookError

WINDOW_DAYS: Final = 7
"""Written where no form has a place for it: the window of the codebooks that ship."""


@dataclass(frozen=True, slots=True)
class ImportedForm:
    """A form as a codebook."""

    text: str
    """The TOML of the codebook."""
    codebook: Codebook
    closed: tuple[str, ...]
    """Questions without an answer for a record that does not tell."""
    keys_given: bool
    """Whether the form gave every key; else some were dealt by the house rule."""


def import_form(path: Path) -> ImportedForm:
    """Return the codebook of an XLSForm (``.xlsx``) or of a REDCap data dictionary (``.csv``).

    Raises:
        FormError: Where the file is neither, or cannot be read.
        FormRefusedError: Where it asks what a codebook cannot hold; carries every cell.
    """
    match path.suffix.lower():
        case ".xlsx":
            draft, rows, refused = read_xlsform(path)
        case ".csv":
            draft, rows, refused = read_redcap(path)
        case _:
            raise FormError(
                f"{path.name} is neither an XLSForm (.xlsx) nor a data dictionary (.csv)."
            )
    text = written(draft, window_days=WINDOW_DAYS)
    codebook = None
    if not refused:
        try:
            codebook = parse_codebook(text, source=path.name)
        except CodebookError as error:
            refused = _as_cells(error, draft, rows)
            if not refused:
                raise FormError(f"{path.name} makes no codebook: {error}") from error
    if codebook is None:
        count = "1 cell" if len(refused) == 1 else f"{len(refused)} cells"
        raise FormRefusedError(
            f"{path.name} has {count} that a codebook cannot hold; nothing was written.",
            tuple(refused),
        )
    return ImportedForm(
        text=text,
        codebook=codebook,
        closed=tuple(one.id for one in codebook.questions if one.closed),
        keys_given=all(option.key for one in draft.questions for option in one.options),
    )


def _as_cells(
    error: CodebookError, draft: DraftCodebook, rows: list[FormRow]
) -> list[RefusedFormCell]:
    """Return the faults of a codebook at the rows that the questions came from."""
    cells = []
    for fault in error.faults:
        shape = re.match(r"question\.(\d+)\.?(\S*): (.*)", fault.message, re.DOTALL)
        if shape is not None:
            row = rows[int(shape[1])]
            reason = ": ".join(part for part in shape.groups()[1:] if part)
        else:
            name, _, reason = fault.message.partition(": ")
            places = [place for place, one in enumerate(draft.questions) if one.id == name]
            if not places:
                continue  # said of the codebook as a whole, because one of its questions is none
            # A repeated id stands at its second place.
            row = rows[places[-1]]
            if fault.rule == "repeated-id":
                reason = "another question has this id."
        cells.append(row.refused(row_name(row), reason))
    return cells


def row_name(row: FormRow) -> str:
    """Return the name of the question in a row, whichever program wrote it."""
    return row["name"] or row["Variable / Field Name"] or "the row"
