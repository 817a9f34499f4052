"""The named styles of a workbook: Arial, 12 points, no fill, no line, nothing by colour alone."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles import Font, NamedStyle

FONT: Final = "Arial"
POINTS: Final = 12
TITLE_POINTS: Final = 16
HEADING_POINTS: Final = 14
LINK_COLOUR: Final = "FF1D4F91"
"""Dark blue on white: contrast 8 to 1; links are underlined besides."""

_HEADING_1_ID, _HEADING_2_ID = 16, 17


class Style(StrEnum):
    """What a cell is; the value is the name that a spreadsheet program shows."""

    TITLE = "Heading 1"
    HEADING = "Heading 2"
    TEXT = "Plain text"
    TEXT_APART = "Plain text, indented"
    """Beside another column, where it would touch a number."""
    LINK = "Link"
    HEADER = "Column header"
    HEADER_APART = "Column header, indented"
    NUMBER_HEADER = "Number column header"
    COUNT = "Count"
    PERCENTAGE = "Percentage one decimal"
    NUMBER = "Number two decimals"
    MARK = "Mark"


NUMBER_FORMATS: Final = {
    Style.COUNT: "#,##0",
    Style.PERCENTAGE: "0.0",
    Style.NUMBER: "#,##0.00",
}
_TO_THE_RIGHT: Final = frozenset(
    {Style.NUMBER_HEADER, Style.COUNT, Style.PERCENTAGE, Style.NUMBER, Style.MARK}
)
_APART: Final = frozenset({Style.TEXT_APART, Style.HEADER_APART})
_BOLD: Final = frozenset(
    {Style.TITLE, Style.HEADING, Style.HEADER, Style.HEADER_APART, Style.NUMBER_HEADER}
)


def points_of(style: Style) -> int:
    """Return the size of the font in points."""
    return {Style.TITLE: TITLE_POINTS, Style.HEADING: HEADING_POINTS}.get(style, POINTS)


def is_bold(style: Style) -> bool:
    """Return whether the font is bold: headings and column headers are, data never."""
    return style in _BOLD


def add_styles(workbook: Workbook) -> None:
    """Give a new workbook the styles, and its Normal style our font.

    The Normal style sets the unit in which column widths are counted.
    """
    from openpyxl.styles import Font

    # openpyxl offers the names of its styles, and no way to the style of a name.
    workbook._named_styles["Normal"].font = Font(  # type: ignore[attr-defined]  # not in its stubs
        name=FONT, sz=POINTS
    )
    for style in Style:
        workbook.add_named_style(_named(style))


def _named(style: Style) -> NamedStyle:
    from openpyxl.styles import Alignment, NamedStyle

    return NamedStyle(
        name=style.value,
        font=_font(style),
        alignment=Alignment(
            horizontal="right" if style in _TO_THE_RIGHT else "left",
            vertical="top",
            wrap_text=True,
            indent=1 if style in _APART else 0,
        ),
        number_format=NUMBER_FORMATS.get(style, "General"),
        builtinId={Style.TITLE: _HEADING_1_ID, Style.HEADING: _HEADING_2_ID}.get(style),
    )


def _font(style: Style) -> Font:
    from openpyxl.styles import Font

    is_link = style is Style.LINK
    return Font(
        name=FONT,
        sz=points_of(style),
        b=is_bold(style),
        u="single" if is_link else None,
        color=LINK_COLOUR if is_link else None,
    )
