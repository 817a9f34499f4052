"""Two repairs to openpyxl, which writes some children out of the order of the schema.

Spreadsheet programs differ in what they forgive; the Open XML SDK rejects both. Tests hold that
each repair is needed and that the installed openpyxl still has the fault.

Source: ECMA-376 part 1, CT_ErrBars (21.2.2.55) and CT_Font (18.8.22).
"""

from __future__ import annotations

from typing import Final

ERROR_BARS: Final = (
    "errDir", "errBarType", "errValType", "noEndCap", "plus", "minus", "val", "spPr",
)  # fmt: skip
FONT: Final = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color",
    "name", "family", "charset", "scheme",
)  # fmt: skip


def repair() -> None:
    """Put both orders right for this process; doing it again changes nothing."""
    from openpyxl.chart.error_bar import ErrorBars
    from openpyxl.styles import Font

    ErrorBars.__elements__ = ERROR_BARS
    Font.__elements__ = FONT
