"""What a project says of itself: printed where it belongs, "not stated" where missing."""

from __future__ import annotations

import tomllib
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

    Raises:
        InputError: Where it is not TOML, or holds a key or value that is not a setting.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise InputError(f"{path.name} is not a TOML file: {problem}.") from problem
    try:
        return Settings.model_validate(content)
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        known = ", ".join(Settings.model_fields)
        raise InputError(
            f"{path.name}: {where}: {first['msg']}; the settings are {known}, each a text."
        ) from problem
