from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.style import Style

import dipsample.tui
from dipsample.errors import UsageError
from dipsample.tui.drawing.lines import Role
from dipsample.tui.program import Program, check_theme_wish
from dipsample.tui.theme import DARK, LIGHT, LOWEST_RATIO, PALETTES, Palette, contrast_ratio

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
                "accent": palette.accent, "panel": palette.raised}  # fmt: skip
    for sheet in FOLDER.rglob("*.tcss"):
        used = set(re.findall(r"\$([a-z-]+)", sheet.read_text(encoding="utf-8")))
        assert used <= measured.keys(), sheet.name
    theme = palette.toolkit_theme()
    found = (theme.background, theme.foreground, theme.accent, theme.panel)
    assert found == tuple(measured.values())


@pytest.mark.parametrize("name", ["ansi-dark", "textual-ansi", "nord"])
def test_a_theme_of_the_environment_that_is_not_ours_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="dipsample-dark"):
        check_theme_wish(name)


def test_our_own_themes_and_no_wish_are_taken() -> None:
    for wish in (None, "", *PALETTES):
        check_theme_wish(wish)


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize(
    "keys",
    [
        ["enter", *"yyy1y", "comma", "apostrophe", "enter", "right_square_bracket"],
        ["enter", "semicolon", *"07700", "space", *"900123", "enter"],
        ["enter", "minus"],
        ["ctrl+p", "down"],
    ],
    ids=["coding", "field", "choice", "palette"],
)
def test_every_cell_that_is_drawn_can_be_read(
    program: Callable[..., Program], theme: str, keys: list[str]
) -> None:
    """Whatever drew it: text has 4.5 at least, and lines of boxes 3."""
    app = program()
    poor: set[tuple[str, str, str]] = set()

    async def run() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            if theme == LIGHT:
                app.change_theme()
            for key in keys:
                await pilot.press(key)
            await pilot.pause()
            for strip in app.screen._compositor.render_strips():
                for text, style, _ in strip:
                    poor.update(hard_to_read(text, style))

    asyncio.run(run())
    assert not poor


BOXES = "─│┌┐└┘▔▁▎▊"


def hard_to_read(text: str, style: Style | None) -> set[tuple[str, str, str]]:
    if not text.strip() or style is None or style.color is None or style.bgcolor is None:
        return set()
    front, behind = style.color.triplet, style.bgcolor.triplet
    if front is None or behind is None:
        return set()
    lowest = 3.0 if not text.strip(f" {BOXES}") else 4.5
    is_poor = contrast_ratio(front.hex, behind.hex) < lowest
    return {(text, front.hex, behind.hex)} if is_poor else set()
