"""Each repair is needed, and the installed openpyxl still has the fault."""

from __future__ import annotations

import subprocess
import sys

from exports.workbook.schema_order import ERROR_BARS, FONT, repair
from tests.exports import linter

_UPSTREAM = """
from openpyxl.chart.error_bar import ErrorBars
from openpyxl.styles import Font
print(ErrorBars.__elements__.index("minus") < ErrorBars.__elements__.index("plus"))
print(Font.__elements__.index("name") < Font.__elements__.index("b"))
"""


def test_the_installed_openpyxl_still_has_both_faults() -> None:
    result = subprocess.run(
        [sys.executable, "-c", _UPSTREAM], capture_output=True, text=True, check=True
    )
    assert result.stdout.split() == ["True", "True"], "upstream is repaired: drop schema_order.py"


def test_whiskers_are_written_in_the_order_of_the_schema(workbook: bytes) -> None:
    chart = linter.Package(workbook).xml("xl/charts/chart1.xml")
    (bars,) = chart.iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}errBars")
    names = [child.tag.rpartition("}")[2] for child in bars]
    assert names == [name for name in ERROR_BARS if name in names]
    assert {"plus", "minus"} <= set(names)
    assert "errDir" not in names


def test_fonts_are_written_in_the_order_of_the_schema(workbook: bytes) -> None:
    package = linter.Package(workbook)
    fonts = list(package.styles.iter(linter.M + "font"))
    assert fonts
    for font in fonts:
        names = [child.tag.rpartition("}")[2] for child in font]
        assert names == [name for name in FONT if name in names]


def test_both_repairs_name_the_elements_that_openpyxl_knows() -> None:
    from openpyxl.chart.error_bar import ErrorBars
    from openpyxl.styles import Font

    repair()
    assert set(ErrorBars.__elements__) == set(ERROR_BARS)
    assert set(Font.__elements__) == set(FONT)
