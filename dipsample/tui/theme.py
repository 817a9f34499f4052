"""Two themes of high contrast, and the ratio that a test holds them to.

Text has a contrast of at least 7 to 1 with what is behind it, muted text 4.5, rules and chart
marks 3 (the ratio of WCAG 2.2). No state is told by colour alone, so the roles add bold,
underline and reverse, which remain under ``NO_COLOR``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rich.style import Style
from textual.theme import Theme

from dipsample.tui.drawing.lines import Role

DARK: Final = "dipsample-dark"
LIGHT: Final = "dipsample-light"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme, as ``#rrggbb``."""

    name: str
    is_dark: bool
    background: str
    raised: str
    """Behind the header row and panels."""
    text: str
    muted: str
    accent: str
    """Keys, chosen options, focus."""
    mark: str
    """Key words of the record and chart marks."""
    quoted: str
    """Behind a quote."""
    rule: str
    alert: str
    """Behind a safeguarding or a leak warning; text on it is ``background``."""

    def styles(self) -> dict[Role, Style]:
        """Return the look of every role."""
        return {
            Role.TEXT: Style(color=self.text, bgcolor=self.background),
            Role.MUTED: Style(color=self.muted, bgcolor=self.background),
            Role.STRONG: Style(color=self.text, bgcolor=self.background, bold=True),
            Role.HEADER: Style(color=self.text, bgcolor=self.raised),
            Role.HEADER_STRONG: Style(color=self.text, bgcolor=self.raised, bold=True),
            Role.RULE: Style(color=self.rule, bgcolor=self.background),
            Role.TERM: Style(color=self.mark, bgcolor=self.background, underline=True),
            Role.TERM_HERE: Style(
                color=self.mark, bgcolor=self.background, bold=True, underline=True
            ),
            Role.QUOTE: Style(color=self.text, bgcolor=self.quoted),
            Role.CURSOR: Style(color=self.background, bgcolor=self.accent),
            Role.CHOSEN: Style(color=self.accent, bgcolor=self.background, bold=True),
            Role.KEY: Style(color=self.accent, bgcolor=self.background, bold=True),
            Role.CHART: Style(color=self.mark, bgcolor=self.background),
            Role.NOTICE: Style(color=self.mark, bgcolor=self.background, bold=True),
            Role.ALERT: Style(color=self.background, bgcolor=self.alert, bold=True),
        }

    def toolkit_theme(self) -> Theme:
        """Return the theme of the toolkit's own widgets: text fields and the palette."""
        return Theme(
            name=self.name,
            dark=self.is_dark,
            primary=self.accent,
            secondary=self.accent,
            accent=self.accent,
            warning=self.mark,
            error=self.alert,
            success=self.accent,
            foreground=self.text,
            background=self.background,
            surface=self.background,
            panel=self.raised,
            text_alpha=1.0,
            variables={
                "rule": self.rule,
                "quiet": self.muted,
                "raised": self.raised,
                "block-cursor-foreground": self.background,
                "block-cursor-background": self.accent,
                "input-cursor-foreground": self.background,
                "input-cursor-background": self.text,
                "input-selection-background": self.quoted,
            },
        )


PALETTES: Final[Mapping[str, Palette]] = {
    DARK: Palette(
        name=DARK,
        is_dark=True,
        background="#12161b",
        raised="#26303b",
        text="#eceae4",
        muted="#a3acb5",
        accent="#8cc8ff",
        mark="#ffcf70",
        quoted="#23405a",
        rule="#6f7b87",
        alert="#ff9d8a",
    ),
    LIGHT: Palette(
        name=LIGHT,
        is_dark=False,
        background="#fcfbf8",
        raised="#e4e8ec",
        text="#1a1e23",
        muted="#565d65",
        accent="#0b4a85",
        mark="#744300",
        quoted="#d3e5f5",
        rule="#7c858e",
        alert="#8c1d10",
    ),
}

LOWEST_RATIO: Final[Mapping[Role, float]] = {Role.MUTED: 4.5, Role.RULE: 3.0, Role.CHART: 3.0}
"""Roles that are not body text; all others need 7."""


def contrast_ratio(one: str, other: str) -> float:
    """Return the contrast of two colours ``#rrggbb``: 1 to 21.

    Source: Web Content Accessibility Guidelines 2.2, definitions of "contrast ratio" and
    "relative luminance".
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
