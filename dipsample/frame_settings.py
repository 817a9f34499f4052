"""The settings of a frame in a file: everything the options can say, and what they cannot."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, ValidationError

from dipsample.errors import InputError, UsageError
from sampling.collapsing import ROWS_IN_EXTRACT, ColumnRule, Rule
from sampling.frame import (
    Accepted,
    Answer,
    FrameSpec,
    Neighbour,
    Only,
    Period,
    Renamed,
    StratumSize,
)
from sampling.identifiability import Coarser
from sampling.questions import Question
from sampling.recorded import Coded, Recorded, Row

if TYPE_CHECKING:
    from collections.abc import Mapping

_Text = Annotated[str, Field(min_length=1, max_length=500)]
_Count = Annotated[int, Field(ge=0)]


class FrameSettings(Recorded):
    """The settings of ``frame check`` and ``frame commit``; every one may be left out."""

    id: _Text | None = None
    """The column of record ids."""
    strata: Row[_Text] = ()
    keep: Row[_Text] = ()
    record: Row[_Text] = ()
    quasi: Row[_Text] = ()
    blank_stratum: _Text | None = None
    encoding: _Text | None = None
    id_width: Annotated[int, Field(ge=1, le=200)] | None = None
    """Width to which numeric ids of a spreadsheet are padded with zeros."""
    size: _Text | None = None
    """The column of sizes, for size-weighted draws."""
    unit: _Text | None = None
    """The column of units, for draws in two stages."""
    collapse: _Text | None = None
    """The key that makes one record of several rows."""
    only: dict[_Text, Row[str]] = Field(default_factory=dict)
    """By column, the values that records must have to be in the frame."""
    accept: dict[_Text, _Text] = Field(default_factory=dict)
    """By code of a fault, why it is accepted."""
    exclude: Row[_Text] = ()
    """Lists of what earlier waves drew, as files beside this one."""
    rename: dict[_Text, _Text] = Field(default_factory=dict)
    """By name in the extract, the name that everything else here uses."""
    rules: dict[_Text, Coded[Rule]] = Field(default_factory=dict)
    """By column, what a record holds where its rows differ."""
    neighbours: dict[_Text, _Text] = Field(default_factory=dict)
    """By stratum, the one it is joined to where too few of its records were read."""
    independent_counts: dict[_Text, _Count] = Field(default_factory=dict)
    """By stratum, its records as somebody else counted them."""
    period: Period | None = None
    """The days that records should be of: ``column``, ``first`` and ``last``."""
    answers: dict[Coded[Question], _Text] = Field(default_factory=dict)
    """By question that no check can answer, what the owner of the extract says."""
    coarser: dict[_Text, _Text | dict[_Text, _Text]] = Field(default_factory=dict)
    """By column, another column or wider values, to see what they would do."""

    def spec(self) -> FrameSpec:
        """Return the settings as the specification of a frame; no id column is the empty name.

        Raises:
            UsageError: Where they contradict each other.
        """
        id_column = self.id or self.collapse or ""
        if self.collapse is None and self.rules:
            raise UsageError(
                "The settings have rules and nothing to collapse; name the key as well."
            )
        if self.collapse is not None and id_column != self.collapse:
            raise UsageError(
                "After --collapse the id of a record is its key; leave --id out, or name the key."
            )
        return FrameSpec(
            id_column=id_column,
            strata_columns=self.strata,
            keep=self.keep if self.collapse is None else self._keep_with_count(),
            record=self.record,
            quasi=self.quasi,
            only=self.recorded_filters(),
            accept=self.recorded_acceptances(),
            blank_stratum=self.blank_stratum,
            encoding=self.encoding,
            id_width=self.id_width,
            size_column=self.size,
            unit_column=self.unit,
            collapse=self.collapse,
            rules=self.recorded_rules(),
            renamed=self.recorded_names(),
            neighbours=self.recorded_neighbours(),
            independent=self.recorded_counts(),
            period=self.period,
            answers=self.recorded_answers(),
        )

    def _keep_with_count(self) -> tuple[str, ...]:
        """Return the kept columns, the number of rows of a record among them."""
        is_named = ROWS_IN_EXTRACT in (*self.keep, *self.record)
        return self.keep if is_named else (*self.keep, ROWS_IN_EXTRACT)

    def recorded_rules(self) -> tuple[ColumnRule, ...]:
        """Return the rules as the frame records them."""
        return tuple(ColumnRule(column=name, rule=rule) for name, rule in self.rules.items())

    def recorded_names(self) -> tuple[Renamed, ...]:
        """Return the new names as the frame records them."""
        return tuple(Renamed(column=old, name=new) for old, new in self.rename.items())

    def recorded_neighbours(self) -> tuple[Neighbour, ...]:
        """Return the neighbours as the frame records them."""
        return tuple(
            Neighbour(stratum=name, neighbour=other) for name, other in self.neighbours.items()
        )

    def recorded_counts(self) -> tuple[StratumSize, ...]:
        """Return the independent counts, in order of the names' bytes."""
        ordered = sorted(self.independent_counts.items(), key=lambda item: item[0].encode())
        return tuple(StratumSize(name=name, records=records) for name, records in ordered)

    def recorded_filters(self) -> tuple[Only, ...]:
        """Return the filters as the frame records them."""
        return tuple(Only(column=column, values=values) for column, values in self.only.items())

    def recorded_acceptances(self) -> tuple[Accepted, ...]:
        """Return the accepted kinds of fault as the frame records them."""
        return tuple(Accepted(code=code, reason=reason) for code, reason in self.accept.items())

    def recorded_answers(self) -> tuple[Answer, ...]:
        """Return what was said of the extract as the frame records it."""
        return tuple(Answer(question=key, answer=text) for key, text in self.answers.items())

    def earlier_waves(self, path: Path) -> tuple[Path, ...]:
        """Return the lists of what earlier waves drew.

        Args:
            path: The settings file, in whose folder they are looked for.

        Raises:
            InputError: Where one of them is not there.
        """
        lists = tuple(path.parent / name for name in self.exclude)
        for file in lists:
            if not file.is_file():
                raise InputError(
                    f"{path.name}, exclude: there is no file {file.name} beside the settings."
                )
        return lists

    def coarser_columns(self) -> Mapping[str, Coarser]:
        """Return what could be given in place of columns."""
        return {
            name: Coarser(column=given) if isinstance(given, str) else Coarser(values=given)
            for name, given in self.coarser.items()
        }


def read_frame_settings(path: Path) -> FrameSettings:
    """Read a settings file.

    Raises:
        InputError: Where it is not TOML, or holds a key or value that is no setting; with the
            line and the key.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise InputError(f"{path.name} is not a TOML file: {problem}.") from problem
    try:
        return FrameSettings.model_validate(content)
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        keys = [str(part) for part in first["loc"] if isinstance(part, str)]
        keys = [key for key in keys if key in text]
        line = _line_of(text, keys)
        raise InputError(
            f"{path.name}, line {line}, {'.'.join(keys)}: {_words(first['type'], first['msg'])}."
        ) from problem


def _words(kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return f"there is no such setting; there are {', '.join(FrameSettings.model_fields)}"
    return message[:1].lower() + message[1:]


def _line_of(text: str, keys: list[str]) -> int:
    """Return the line, from 1, where the last of some nested keys stands, as well as can be told.

    Args:
        text: A sound TOML text.
        keys: A key, or a table and its key.
    """
    table: list[str] = []
    best = 1
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*\[\s*(.+?)\s*\]\s*(?:#.*)?$", line)
        name = re.match(r"\s*(.+?)\s*=", line)
        if header:
            table = [_bare(part) for part in header[1].split(".")]
            found = table
        elif name:
            found = [*table, _bare(name[1])]
        else:
            continue
        if found == keys:
            return number
        if found == keys[: len(found)]:
            best = number
    return best


def _bare(key: str) -> str:
    return key.strip().strip("\"'")
