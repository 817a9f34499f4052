from __future__ import annotations

import re
from pathlib import Path

import pytest

import dipsample.tui
from dipsample.errors import UsageError
from dipsample.tui.drawing.lines import Role
from dipsample.tui.program import check_theme_wish
from dipsample.tui.theme import LOWEST_RATIO, PALETTES, Palette, contrast_ratio

FOLDER = Path(dipsample.tui.__file__).parent
palettes = pytest.mark.parametrize("palette", PALETTES.values(), ids=lambda one: one.name)


def test_the_ratio_is_that_of_the_published_definition() -> None:
    assert contrast_ratio("#000000", "#ffffff") == pytest.approx(21)
    assert contrast_ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast_ratio("#0000ff", "#ffffff") == pytest.approx(8.59, abs=0.005)


@palettes
@pytest.mark.parametrize("role", Role)
def test_every_role_can_be_read(palette: Palette, role: Role) -> None:
    style = palette.styles()[role]
    assert style.color is not None
    assert style.bgcolor is not None
    assert style.color.triplet is not None
    assert style.bgcolor.triplet is not None
    ratio = contrast_ratio(style.color.triplet.hex, style.bgcolor.triplet.hex)
    assert ratio >= LOWEST_RATIO.get(role, 7.0)


@palettes
def test_marks_inside_a_quote_and_a_panel_can_be_read(palette: Palette) -> None:
    assert contrast_ratio(palette.text, palette.raised) >= 7
    assert contrast_ratio(palette.accent, palette.background) >= 3
    assert contrast_ratio(palette.background, palette.text) >= 7


@palettes
def test_the_style_sheets_use_only_colours_that_are_measured(palette: Palette) -> None:
    measured = {"background": palette.background, "foreground": palette.text,
                "accent": palette.accent}  # fmt: skip
    for sheet in FOLDER.rglob("*.tcss"):
        used = set(re.findall(r"\$([a-z-]+)", sheet.read_text(encoding="utf-8")))
        assert used <= measured.keys(), sheet.name
    theme = palette.toolkit_theme()
    assert (theme.background, theme.foreground, theme.accent) == tuple(measured.values())


@pytest.mark.parametrize("name", ["ansi-dark", "textual-ansi", "nord"])
def test_a_theme_of_the_environment_that_is_not_ours_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="dipsample-dark"):
        check_theme_wish(name)


def test_our_own_themes_and_no_wish_are_taken() -> None:
    for wish in (None, "", *PALETTES):
        check_theme_wish(wish)
