"""What a user sets for every project: a file beside the user, never in a project."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from dipsample.errors import InputError
from sampling.recorded import Recorded

_Short = Annotated[str, Field(min_length=1, max_length=40)]


class UserSettings(Recorded):
    """The settings of a user; every one may be left out."""

    keys: dict[_Short, _Short] = Field(default_factory=dict)
    """By id of a command of the screens, the sign that stands for it."""


def read_user_settings(path: Path) -> UserSettings:
    """Read the settings of a user; where there is no file, nothing is set.

    Raises:
        InputError: Where the file cannot be read, is not TOML, or holds what is no setting.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        return UserSettings.model_validate(content)
    except FileNotFoundError:
        return UserSettings()
    except OSError as problem:
        raise InputError(f"{path} cannot be read ({problem.strerror}).") from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise InputError(f"{path} is not a TOML file: {problem}.") from problem
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InputError(
            f"{path}: {where}: {first['msg'][:1].lower()}{first['msg'][1:]}; a user sets [keys], "
            "each a command and its sign in quotation marks."
        ) from problem
