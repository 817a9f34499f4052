"""What a user sets for every project, read from a file beside the user."""

from __future__ import annotations

from pathlib import Path

import pytest

from dipsample.errors import InputError
from dipsample.user_settings import read_user_settings


def written(folder: Path, text: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_keys_are_read_by_the_command_that_they_stand_for(tmp_path: Path) -> None:
    path = written(tmp_path, '[keys]\nnote = "~"\nquote = "+"\n')
    assert read_user_settings(path).keys == {"note": "~", "quote": "+"}


def test_without_a_file_nothing_is_set(tmp_path: Path) -> None:
    assert read_user_settings(tmp_path / "none.toml").keys == {}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[keys", "is not a TOML file"),
        ("[key]\nnote = '~'", "key: "),
        ("[keys]\nnote = 5", "keys.note: "),
    ],
)
def test_what_is_no_setting_is_refused_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(InputError, match=says) as refused:
        read_user_settings(path)
    assert str(path) in str(refused.value)
