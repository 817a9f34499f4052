"""What a project says of itself, from a file of the person who starts it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dipsample.errors import InputError
from dipsample.settings import read_settings


def written(folder: Path, text: str) -> Path:
    path = folder / "audit.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("0.05", "5 %"),
        ("0.125", "12.5 %"),
        ("1e-3", "0.1 %"),
        ('"5 %"', "5 %"),
        ('"at most one in twenty"', "at most one in twenty"),
    ],
)
def test_a_target_is_a_proportion_or_words(tmp_path: Path, value: str, kept: str) -> None:
    assert read_settings(written(tmp_path, f"target = {value}\n")).target == kept


@pytest.mark.parametrize("value", ["5", "0", "1.5", "-0.1", "true", "nan", "[0.05]"])
def test_another_target_is_refused_with_what_it_may_be(tmp_path: Path, value: str) -> None:
    with pytest.raises(InputError, match=r"target: a number between 0 and 1, such as 0\.05"):
        read_settings(written(tmp_path, f"target = {value}\n"))


def test_a_day_may_be_a_date(tmp_path: Path) -> None:
    assert read_settings(written(tmp_path, "next_update = 2027-01-31\n")).next_update == (
        "2027-01-31"
    )


def test_what_is_no_text_or_no_setting_is_told_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r'period: a text in quotes, such as period = "\.\.\."'):
        read_settings(written(tmp_path, "period = 2026\n"))
    with pytest.raises(InputError, match="colour: there is no such setting; there are population"):
        read_settings(written(tmp_path, 'colour = "red"\n'))
