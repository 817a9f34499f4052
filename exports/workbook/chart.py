"""The chart: horizontal bars with whiskers, drawn from the table above it.

A scatter of points would lose the names of its rows. The value axis is set by hand, because
automatic scaling ignores whiskers and cuts them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from exports.errors import WorkbookError
from exports.release.tables import Chart, Row, Shown, Table
from exports.workbook.sheets import HEADER_ROW
from exports.workbook.styles import FONT

if TYPE_CHECKING:
    from openpyxl.chart import BarChart
    from openpyxl.chart.data_source import AxDataSource, NumDataSource
    from openpyxl.chart.error_bar import ErrorBars
    from openpyxl.chart.series import Series
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.chart.text import RichText
    from openpyxl.chart.title import Title
    from openpyxl.drawing.text import CharacterProperties
    from openpyxl.worksheet.worksheet import Worksheet

BAR_COLOUR: Final = "2073BC"
"""Mid blue: contrast 5 against the paper, 4 against the black whiskers that cross it."""
WHISKER_COLOUR: Final = "000000"
_GRID_COLOUR: Final = "BFBFBF"

_WIDTH_CM: Final = 27
_HEAD_CM, _BAR_CM = 5, 1
_TITLE_SIZE, _TEXT_SIZE = 1400, 1200
_ROWS_OF_ROOM: Final = 2
_GROUP, _PERCENTAGE, _DOWN, _UP = range(4)


def add_chart(sheet: Worksheet, table: Table, chart: Chart) -> None:
    """Draw ``chart`` below ``table``, which stands on ``sheet``.

    Raises:
        WorkbookError: Where a whisker would pass the end of the axis, or a plotted row has no
            number.
    """
    rows = table.rows[: chart.rows]
    _check_axis(rows, chart)
    drawing = _bars(chart)
    drawing.series.append(_series(sheet.title, rows))
    drawing.width = _WIDTH_CM
    drawing.height = _HEAD_CM + _BAR_CM * len(rows)
    sheet.add_chart(drawing, f"A{HEADER_ROW + len(table.rows) + _ROWS_OF_ROOM}")


def _check_axis(rows: tuple[Row, ...], chart: Chart) -> None:
    for row in rows:
        if _number(row[_PERCENTAGE]) + _number(row[_UP]) > chart.axis_maximum:
            raise WorkbookError("A whisker of the chart passes the end of its axis.")


def _number(cell: object) -> Decimal:
    if isinstance(cell, Shown) and isinstance(cell.value, Decimal):
        return cell.value
    raise WorkbookError("A plotted row of the chart has no number.")


def _bars(chart: Chart) -> BarChart:
    from openpyxl.chart import BarChart
    from openpyxl.chart.axis import ChartLines

    bars = BarChart()
    bars.type = "bar"
    bars.style = None
    bars.legend = None
    bars.gapWidth = 60
    bars.varyColors = False
    bars.title = _title(chart.title, _TITLE_SIZE)
    bars.x_axis.scaling.orientation = "maxMin"
    bars.x_axis.delete = False
    bars.x_axis.txPr = _text_format()
    bars.y_axis.scaling.min = 0
    bars.y_axis.scaling.max = float(chart.axis_maximum)
    bars.y_axis.delete = False
    # With the first row on top the value axis would be drawn above the bars.
    bars.y_axis.crosses = "max"
    bars.y_axis.number_format = "0"
    bars.y_axis.title = _title(chart.axis_title, _TEXT_SIZE)
    bars.y_axis.majorGridlines = ChartLines(spPr=_line(_GRID_COLOUR, 9525))
    bars.y_axis.txPr = _text_format()
    return bars


def _series(sheet_name: str, rows: tuple[Row, ...]) -> Series:
    from openpyxl.chart.series import Series
    from openpyxl.chart.shapes import GraphicalProperties

    series = Series(idx=0, order=0)
    series.cat = _names(sheet_name, rows)
    series.val = _numbers(sheet_name, rows, _PERCENTAGE)
    series.spPr = GraphicalProperties(solidFill=BAR_COLOUR)
    series.invertIfNegative = False
    series.errBars = _whiskers(sheet_name, rows)
    return series


def _whiskers(sheet_name: str, rows: tuple[Row, ...]) -> ErrorBars:
    from openpyxl.chart.error_bar import ErrorBars

    whiskers = ErrorBars(
        errBarType="both",
        errValType="cust",
        noEndCap=False,
        plus=_numbers(sheet_name, rows, _UP),
        minus=_numbers(sheet_name, rows, _DOWN),
        spPr=_line(WHISKER_COLOUR, 19050),
    )
    # Bars have one direction; a file that names it is rejected by the schema's readers.
    whiskers.errDir = None
    return whiskers


def _names(sheet_name: str, rows: tuple[Row, ...]) -> AxDataSource:
    from openpyxl.chart.data_source import AxDataSource, StrData, StrRef, StrVal

    points = [
        StrVal(idx=number, v=str(group.value))
        for number, row in enumerate(rows)
        if isinstance(group := row[_GROUP], Shown)
    ]
    cache = StrData(ptCount=len(rows), pt=points)
    return AxDataSource(strRef=StrRef(f=_area(sheet_name, rows, _GROUP), strCache=cache))


def _numbers(sheet_name: str, rows: tuple[Row, ...], column: int) -> NumDataSource:
    from openpyxl.chart.data_source import NumData, NumDataSource, NumRef, NumVal

    points = [NumVal(idx=number, v=str(_number(row[column]))) for number, row in enumerate(rows)]
    cache = NumData(formatCode="0.0", ptCount=len(rows), pt=points)
    return NumDataSource(numRef=NumRef(f=_area(sheet_name, rows, column), numCache=cache))


def _area(sheet_name: str, rows: tuple[Row, ...], column: int) -> str:
    letter = "ABCD"[column]
    first = HEADER_ROW + 1
    return f"'{sheet_name}'!${letter}${first}:${letter}${first + len(rows) - 1}"


def _title(text: str, size: int) -> Title:
    from openpyxl.chart.text import RichText, Text
    from openpyxl.chart.title import Title
    from openpyxl.drawing.text import Paragraph, ParagraphProperties, RegularTextRun

    properties = _character_format(size)
    paragraph = Paragraph(
        pPr=ParagraphProperties(defRPr=properties), r=[RegularTextRun(rPr=properties, t=text)]
    )
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False)


def _text_format() -> RichText:
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import Paragraph, ParagraphProperties

    properties = ParagraphProperties(defRPr=_character_format(_TEXT_SIZE))
    return RichText(p=[Paragraph(pPr=properties, endParaRPr=None)])


def _character_format(size: int) -> CharacterProperties:
    from openpyxl.drawing.text import CharacterProperties, Font

    return CharacterProperties(
        sz=size, b=size > _TEXT_SIZE, solidFill="000000", latin=Font(typeface=FONT)
    )


def _line(colour: str, width: int) -> GraphicalProperties:
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    return GraphicalProperties(ln=LineProperties(solidFill=colour, w=width))
