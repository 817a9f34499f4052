"""What a project says of itself: printed where it belongs, "not stated" where missing."""

from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal
from pathlib import Path

from pydantic import Field, ValidationError

from dipsample.errors import InputError
from sampling.recorded import Recorded

NOT_STATED = "not stated"


class Settings(Recorded):
    """The settings of ``init --settings FILE.toml``; every one may be left out."""

    population: str | None = Field(default=None, max_length=500)
    """Which incidents the audit speaks of."""
    period: str | None = Field(default=None, max_length=200)
    commissioned_by: str | None = Field(default=None, max_length=200)
    contact: str | None = Field(default=None, max_length=200)
    retention: str | None = Field(default=None, max_length=500)
    next_update: str | None = Field(default=None, max_length=200)
    target: str | None = Field(default=None, max_length=500)


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
