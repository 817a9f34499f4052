from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from xml.etree.ElementTree import Element

import pytest

from exports.errors import WorkbookError
from exports.release import Release, Shown, make_release
from exports.workbook import write_workbook
from tests.exports import builder as build
from tests.exports import linter

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.fixture(scope="module")
def chart(workbook: bytes) -> Element:
    root: Element = linter.Package(workbook).xml("xl/charts/chart1.xml")
    return root


def cached(chart: Element, path: str) -> list[str]:
    reference = chart.find(f".//{path}")
    assert reference is not None
    return [point.findtext(f"{C}v") or "" for point in reference.iter(f"{C}pt")]


def numbers(texts: list[str]) -> list[Decimal]:
    return [Decimal(text) for text in texts]


def test_the_longer_distance_is_the_upper_whisker(chart: Element, release: Release) -> None:
    table = next(table for table in release.tables if table.name == "chart_3_data")
    columns = list(zip(*table.rows, strict=True))
    values = [[str(c.value) for c in column if isinstance(c, Shown)] for column in columns]
    assert numbers(cached(chart, f"{C}val")) == numbers(values[1])
    assert numbers(cached(chart, f"{C}minus")) == numbers(values[2])
    assert numbers(cached(chart, f"{C}plus")) == numbers(values[3])
    assert all(down < up for down, up in zip(numbers(values[2]), numbers(values[3]), strict=True))


def test_the_axis_starts_at_zero_and_holds_the_longest_whisker(chart: Element) -> None:
    ends = [
        Decimal(value) + Decimal(up)
        for value, up in zip(cached(chart, f"{C}val"), cached(chart, f"{C}plus"), strict=True)
    ]
    (axis,) = chart.iter(f"{C}valAx")
    least, most = axis.find(f".//{C}min"), axis.find(f".//{C}max")
    assert least is not None
    assert most is not None
    assert Decimal(str(least.get("val"))) == 0
    assert Decimal(str(most.get("val"))) >= max(ends)


def test_a_whisker_past_the_axis_is_refused(release: Release) -> None:
    assert release.chart is not None
    short = replace(release, chart=replace(release.chart, axis_maximum=Decimal(10)))
    with pytest.raises(WorkbookError, match="passes the end"):
        write_workbook(short)


def test_a_row_without_a_number_is_never_plotted(release: Release) -> None:
    assert release.chart is not None
    table = next(table for table in release.tables if table.name == "chart_3_data")
    far = replace(release, chart=replace(release.chart, rows=len(table.rows)))
    assert release.chart.rows <= len(table.rows)
    if release.chart.rows < len(table.rows):
        with pytest.raises(WorkbookError, match="no number"):
            write_workbook(far)


def test_bars_are_horizontal_in_reading_order_with_axes_shown(chart: Element) -> None:
    direction = chart.find(f".//{C}barDir")
    assert direction is not None
    assert direction.get("val") == "bar"
    (names,) = chart.iter(f"{C}catAx")
    orientation = names.find(f".//{C}orientation")
    assert orientation is not None
    assert orientation.get("val") == "maxMin"
    assert [e.get("val") for e in chart.iter(f"{C}delete")] == ["0", "0"]


def test_the_alternative_text_names_the_overall_figure_and_its_interval(
    release: Release, workbook: bytes
) -> None:
    assert release.chart is not None
    text = release.chart.alternative_text
    assert "5 bars" in text
    assert "All incidents: 5.2%, from 3.3% to 7.9%" in text
    drawing = linter.Package(workbook).xml("xl/drawings/drawing1.xml")
    described = [e.get("descr") for e in drawing.iter(linter.X + "cNvPr") if e.get("id") != "0"]
    assert described == [text]


def test_without_groups_the_readings_are_plotted() -> None:
    overall = tuple(f for f in build.findings() if f.by is None)
    made = make_release(build.request(findings=overall))
    table = next(table for table in made.tables if table.name == "chart_3_data")
    assert [row[0] for row in table.rows][:2] == [
        Shown("more than one person arrested"),
        Shown("both main parties arrested"),
    ]
    assert made.chart is not None
    assert made.chart.rows == len(table.rows)


def test_an_unfinished_audit_has_no_chart_and_says_so_by_its_marks() -> None:
    unfinished = tuple(map(build.unfinished, build.findings()))
    made = make_release(build.request(findings=unfinished))
    assert made.chart is None
    table = next(table for table in made.tables if table.name == "chart_3_data")
    assert [mark.value for mark in table.marks] == ["[x]"]
