"""What a project says of itself: printed where it belongs, "not stated" where missing."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from pydantic import Field, ValidationError

from dipsample.errors import InputError
from sampling.recorded import Widened

if TYPE_CHECKING:
    from review.codebook import Codebook
    from review.targets import Target

NOT_STATED = "not stated"


_AT_MOST: Final = re.compile(r"(?:at most )?(\d+(?:\.\d+)?) ?%\.?", re.IGNORECASE)
"""A target that can be held against a figure."""


class Settings(Widened):
    """The settings of ``init --settings FILE.toml``; every one may be left out."""

    SPARE: ClassVar[frozenset[str]] = frozenset({"target_of"})

    population: str | None = Field(default=None, max_length=500)
    """Which incidents the audit speaks of."""
    period: str | None = Field(default=None, max_length=200)
    commissioned_by: str | None = Field(default=None, max_length=200)
    contact: str | None = Field(default=None, max_length=200)
    retention: str | None = Field(default=None, max_length=500)
    next_update: str | None = Field(default=None, max_length=200)
    target: str | None = Field(default=None, max_length=500)
    target_of: str | None = Field(default=None, max_length=20)
    """Id of the indicator that the target is for; None: the headline reading, where it is a
    percentage."""

    @property
    def target_set(self) -> Target | None:
        """The target, read: at most a percentage, or words; None where none was set."""
        from review.reference_figures import HEADLINES
        from review.targets import Target

        if self.target is None:
            return None
        found = _AT_MOST.fullmatch(self.target.strip())
        proportion = None if found is None else Decimal(found[1]) / 100
        if proportion is None or not 0 < proportion < 1:
            return Target(self.target, None, self.target_of)
        return Target(self.target, float(proportion), self.target_of or HEADLINES[0])

    def check_against(self, codebook: Codebook) -> None:
        """Refuse a target of an indicator that the codebook does not have.

        Raises:
            InputError: Names those there are.
        """
        from review.indicators import IndicatorKind, indicators_of

        known = [one.id for one in indicators_of(codebook) if one.kind is not IndicatorKind.ASKED]
        if self.target_of is not None and self.target_of not in known:
            raise InputError(
                f"The settings have target_of = {self.target_of}, which is no indicator of "
                f"{codebook.id}; there are {', '.join(known)}."
            )
        if self.target_of is not None and self.target is None:
            raise InputError("The settings have target_of and no target; add one, or leave it out.")


def read_settings(path: Path) -> Settings:
    """Read a settings file.

    A target may be a proportion, such as ``0.05``; it is kept as the percentage in words. Days may
    be dates of TOML, which are kept as ``2027-01-31``.

    Raises:
        InputError: Where it is not TOML, or holds a key or value that is not a setting.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise InputError(f"{path.name} is not a TOML file: {problem}.") from problem
    try:
        return Settings.model_validate({name: _text(name, one) for name, one in content.items()})
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        key = str(first["loc"][0])
        raise InputError(f"{path.name}: {key}: {_words(key, first['type'], first['msg'])}.") from (
            problem
        )


def _text(name: str, value: object) -> object:
    """Return what a setting says as text, where it is a kind of value that stands for one."""
    if isinstance(value, dt.date):
        return value.isoformat()
    is_number = name == "target" and isinstance(value, Decimal) and value.is_finite()
    if isinstance(value, Decimal) and is_number and 0 < value < 1:
        return f"{(value * 100).normalize():f} %"
    return value


def _words(key: str, kind: str, message: str) -> str:
    """Say what a setting may be, in place of what it is not."""
    if kind == "extra_forbidden":
        return f"there is no such setting; there are {', '.join(Settings.model_fields)}"
    if kind != "string_type":
        return message[:1].lower() + message[1:]
    if key == "target":
        return 'a number between 0 and 1, such as 0.05, or a text in quotes, such as "under 5 %"'
    return f'a text in quotes, such as {key} = "..."'
