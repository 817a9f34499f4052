"""What a project says of itself, from a file of the person who starts it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dipsample.errors import InputError
from dipsample.settings import Settings, read_settings
from review.codebook import builtin_codebook


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


@pytest.mark.parametrize(
    ("words", "proportion"),
    [
        ("5 %", 0.05),
        ("5%", 0.05),
        ("at most 12.5 %.", 0.125),
        ("At most 1 %", 0.01),
        ("under 5 %", None),
        ("at most one in twenty", None),
        ("5", None),
        ("100 %", None),
    ],
)
def test_a_target_is_held_against_a_figure_only_as_at_most_a_percentage(
    words: str, proportion: float | None
) -> None:
    target = Settings(target=words).target_set
    assert target is not None
    assert target.proportion == proportion
    assert target.indicator == (None if proportion is None else "M2")


def test_a_target_is_for_the_indicator_that_is_named() -> None:
    target = Settings(target="5 %", target_of="C.1").target_set
    assert target is not None
    assert target.indicator == "C.1"
    assert Settings().target_set is None


def test_a_target_of_an_unknown_indicator_is_refused_with_those_there_are() -> None:
    codebook = builtin_codebook("da-short")
    Settings(target="5 %", target_of="C.1").check_against(codebook)
    with pytest.raises(InputError, match=r"target_of = C1, which is no indicator .* M1, M2, "):
        Settings(target="5 %", target_of="C1").check_against(codebook)
    with pytest.raises(InputError, match="target_of and no target"):
        Settings(target_of="C.1").check_against(codebook)


def test_settings_without_an_indicator_of_their_target_have_the_bytes_they_had() -> None:
    assert "target_of" not in Settings(target="5 %").model_dump()
