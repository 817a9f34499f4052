"""The accessibility checklist, read from the package itself: no writer's model stands between.

Rules are numbered as in the design's checklist, after the Analysis Function's guidance on
spreadsheets and WCAG 2.2 AA. E is essential, D desirable; a publication has no failure of either.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
X = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
DC = "{http://purl.org/dc/elements/1.1/}"
TARGETS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Failure(NamedTuple):
    rule: int
    level: str
    what: str


@dataclass
class Cell:
    text: str
    kind: str
    style: int
    row: int
    column: int


@dataclass
class Sheet:
    name: str
    part: str
    root: Element
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    tables: list[Element] = field(default_factory=list)
    drawings: list[str] = field(default_factory=list)


class Package:
    """A workbook as its parts."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.workbook = self.xml("xl/workbook.xml")
        self.styles = self.xml("xl/styles.xml")
        self.strings = [joined(si) for si in self._strings()]
        self.sheets = [self._sheet(element) for element in self.workbook.iter(M + "sheet")]

    def xml(self, part: str) -> Element:
        root: Element = fromstring(self.parts[part])
        return root

    def _strings(self) -> Iterator[Element]:
        if "xl/sharedStrings.xml" not in self.parts:
            return iter(())
        return self.xml("xl/sharedStrings.xml").iter(M + "si")

    def relations(self, part: str) -> dict[str, Element]:
        folder, name = posixpath.split(part)
        rels = f"{folder}/_rels/{name}.rels"
        if rels not in self.parts:
            return {}
        return {str(r.get("Id")): r for r in self.xml(rels).iter(TARGETS)}

    def target(self, part: str, relation: Element) -> str:
        path = posixpath.join(posixpath.dirname(part), str(relation.get("Target")))
        return posixpath.normpath(path).lstrip("/")

    def _sheet(self, element: Element) -> Sheet:
        relation = self.relations("xl/workbook.xml")[str(element.get(R + "id"))]
        part = self.target("xl/workbook.xml", relation)
        sheet = Sheet(str(element.get("name")), part, self.xml(part))
        for cell in sheet.root.iter(M + "c"):
            read = self._cell(cell)
            sheet.cells[read.row, read.column] = read
        relations = self.relations(part)
        for table in sheet.root.iter(M + "tablePart"):
            sheet.tables.append(self.xml(self.target(part, relations[str(table.get(R + "id"))])))
        for drawing in sheet.root.iter(M + "drawing"):
            sheet.drawings.append(self.target(part, relations[str(drawing.get(R + "id"))]))
        return sheet

    def _cell(self, cell: Element) -> Cell:
        row, column = place(str(cell.get("r")))
        raw = cell.findtext(M + "v") or ""
        kind = cell.get("t", "n")
        text = self.strings[int(raw)] if kind == "s" else raw or joined(cell)
        return Cell(text, kind, int(cell.get("s", "0")), row, column)

    def style(self, cell: Cell) -> Element:
        formats = self.styles.find(M + "cellXfs")
        assert formats is not None
        return list(formats)[cell.style]

    def font(self, cell: Cell) -> Element:
        return list(self.styles.iter(M + "font"))[int(self.style(cell).get("fontId", "0"))]

    def style_name(self, cell: Cell) -> str:
        names = {s.get("xfId"): s.get("name") for s in self.styles.iter(M + "cellStyle")}
        return str(names[self.style(cell).get("xfId")])


def joined(element: Element) -> str:
    return "".join(t.text or "" for t in element.iter(M + "t"))


def place(reference: str) -> tuple[int, int]:
    match = re.fullmatch(r"\$?([A-Z]+)\$?(\d+)", reference)
    assert match, reference
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def area(reference: str) -> tuple[tuple[int, int], tuple[int, int]]:
    first, _, last = reference.partition(":")
    return place(first), place(last or first)


def lint(content: bytes) -> list[Failure]:
    package = Package(content)
    failures = [*whole(package), *properties(package), *fonts(package), *charts(package)]
    for number, sheet in enumerate(package.sheets):
        failures += any_sheet(package, sheet, number)
        if number:
            failures += table_sheet(package, sheet)
    return failures


def whole(package: Package) -> Iterator[Failure]:
    names = [sheet.name for sheet in package.sheets]
    if names[:3] != ["Cover", "Contents", "Notes"]:
        yield Failure(8, "D", "cover, contents and notes do not come first")
    if len({name.casefold() for name in names}) < len(names) or max(map(len, names)) > 31:
        yield Failure(8, "E", "sheet names")
    if any(
        sheet.get("state", "visible") != "visible" for sheet in package.workbook.iter(M + "sheet")
    ):
        yield Failure(6, "D", "a hidden sheet")
    for view in package.workbook.iter(M + "workbookView"):
        if view.get("activeTab", "0") != "0":
            yield Failure(14, "E", "does not open on the first sheet")
    for name in package.parts:
        if re.search(r"media/|vbaProject|comments|externalLinks|customXml|embeddings", name):
            yield Failure(12, "E", f"the part {name}")
        if name.endswith(".rels"):
            for relation in package.xml(name).iter(TARGETS):
                if relation.get("TargetMode") == "External":
                    yield Failure(15, "E", "a link out of the file")
                if str(relation.get("Target")).startswith("/"):
                    yield Failure(15, "E", "an absolute target")


def properties(package: Package) -> Iterator[Failure]:
    core = package.xml("docProps/core.xml")
    for name in ("title", "creator", "subject", "language"):
        if not core.findtext(DC + name):
            yield Failure(13, "E", f"no {name} in the properties")
    if core.findtext(DC + "language") != "en-GB":
        yield Failure(13, "E", "language is not en-GB")


def fonts(package: Package) -> Iterator[Failure]:
    for fill in package.styles.iter(M + "patternFill"):
        if fill.get("patternType", "none") not in ("none", "gray125"):
            yield Failure(11, "D", "a fill")
    for border in package.styles.iter(M + "border"):
        if any(side.get("style") for side in border):
            yield Failure(11, "D", "a line")
    for font in package.styles.iter(M + "font"):
        if font.find(M + "vertAlign") is not None:
            yield Failure(9, "E", "superscript")
        colour = font.find(M + "color")
        rgb = "" if colour is None else str(colour.get("rgb") or "")
        if rgb and contrast(rgb[-6:]) < 4.5:
            yield Failure(11, "E", "contrast")


def contrast(rgb: str) -> float:
    def part(text: str) -> float:
        value = int(text, 16) / 255
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    light = 0.2126 * part(rgb[:2]) + 0.7152 * part(rgb[2:4]) + 0.0722 * part(rgb[4:])
    return 1.05 / (light + 0.05)


def any_sheet(package: Package, sheet: Sheet, number: int) -> Iterator[Failure]:
    root = sheet.root
    if not sheet.cells:
        yield Failure(8, "E", f"{sheet.name} is blank")
        return
    yield from forbidden(sheet)
    top = sheet.cells.get((1, 1))
    if top is None or not top.text or package.style_name(top) != "Heading 1":
        yield Failure(7, "D", f"{sheet.name} has no heading in A1")
    for view in root.iter(M + "sheetView"):
        if (view.get("tabSelected") == "1") != (number == 0):
            yield Failure(14, "E", f"{sheet.name}: selected sheet")
        for selection in view.iter(M + "selection"):
            if selection.get("activeCell") != "A1":
                yield Failure(14, "E", f"{sheet.name}: cursor")
    for row in root.iter(M + "row"):
        if len(row) and not (row.get("ht") and row.get("customHeight") == "1"):
            yield Failure(5, "E", f"{sheet.name} row {row.get('r')}: no height")
    widths = set[int]()
    for column in root.iter(M + "col"):
        widths |= set(range(int(str(column.get("min"))), int(str(column.get("max"))) + 1))
    if not {column for _, column in sheet.cells} <= widths:
        yield Failure(5, "E", f"{sheet.name}: a column without a width")
    for cell in sheet.cells.values():
        yield from any_cell(package, sheet, cell)
    yield from page(sheet)
    yield from links(package, sheet)


def forbidden(sheet: Sheet) -> Iterator[Failure]:
    banned = {
        "mergeCell": (2, "E"), "autoFilter": (6, "D"), "pane": (6, "D"), "f": (15, "E"),
        "legacyDrawing": (15, "E"), "headerFooter": (12, "E"), "picture": (12, "D"),
        "dataValidation": (12, "D"), "conditionalFormatting": (11, "D"),
    }  # fmt: skip
    for element in sheet.root.iter():
        name = element.tag.removeprefix(M)
        if name in banned:
            yield Failure(*banned[name], f"{sheet.name}: {name}")
        if element.get("hidden") == "1":
            yield Failure(6, "D", f"{sheet.name}: hidden {name}")
        if name == "c" and element.get("t") == "e":
            yield Failure(15, "E", f"{sheet.name}: an error value")


def any_cell(package: Package, sheet: Sheet, cell: Cell) -> Iterator[Failure]:
    where = f"{sheet.name} row {cell.row} column {cell.column}"
    style, font = package.style(cell), package.font(cell)
    alignment = style.find(M + "alignment")
    if alignment is None or alignment.get("wrapText") != "1":
        yield Failure(5, "E", f"{where}: does not wrap")
    name, size = font.find(M + "name"), font.find(M + "sz")
    assert name is not None
    assert size is not None
    if name.get("val") != "Arial" or float(str(size.get("val"))) not in (12, 14, 16):
        yield Failure(10, "D", f"{where}: font")
    if font.find(M + "i") is not None and font.find(M + "i").get("val") != "0":  # type: ignore[union-attr]  # found on the line itself
        yield Failure(10, "D", f"{where}: italic")
    if cell.kind == "n" and (alignment is None or alignment.get("horizontal") != "right"):
        yield Failure(10, "D", f"{where}: a number to the left")


def page(sheet: Sheet) -> Iterator[Failure]:
    setup = sheet.root.find(M + "pageSetup")
    fit = next(sheet.root.iter(M + "pageSetUpPr"), None)
    if (
        setup is None
        or (setup.get("orientation"), setup.get("paperSize")) != ("landscape", "9")
        or fit is None
        or fit.get("fitToPage") != "1"
    ):
        yield Failure(17, "D", f"{sheet.name}: page")


def links(package: Package, sheet: Sheet) -> Iterator[Failure]:
    names = {f"'{other.name}'!A1" for other in package.sheets}
    for link in sheet.root.iter(M + "hyperlink"):
        text = sheet.cells[place(str(link.get("ref")))].text
        if link.get("location") not in names:
            yield Failure(9, "E", f"{sheet.name}: a link to nowhere")
        if len(text) < 5 or "://" in text or text.casefold() == "click here":
            yield Failure(9, "E", f"{sheet.name}: a link without words")


def table_sheet(package: Package, sheet: Sheet) -> Iterator[Failure]:
    if len(sheet.tables) != 1:
        yield Failure(1, "E", f"{sheet.name} has {len(sheet.tables)} native tables")
        return
    (table,) = sheet.tables
    (top, left), (bottom, right) = area(str(table.get("ref")))
    if re.fullmatch(r"table\d*", str(table.get("name")), re.IGNORECASE):
        yield Failure(1, "D", f"{sheet.name}: the table's name says nothing")
    if left != 1:
        yield Failure(7, "E", f"{sheet.name}: the table is not at the left edge")
    if max(row for row, _ in sheet.cells) != bottom:
        yield Failure(7, "D", f"{sheet.name}: something stands below the table")
    if table.find(M + "autoFilter") is not None:
        yield Failure(6, "D", f"{sheet.name}: filter buttons")
    headers = [sheet.cells[top, column].text for column in range(left, right + 1)]
    names = [str(column.get("name")) for column in table.iter(M + "tableColumn")]
    if headers != names or len({h.casefold() for h in headers}) < len(headers) or "" in headers:
        yield Failure(3, "E", f"{sheet.name}: header row")
    for row in range(top + 1, bottom + 1):
        for column in range(left, right + 1):
            cell = sheet.cells.get((row, column))
            if cell is None or not cell.text.strip():
                yield Failure(4, "E", f"{sheet.name}: an empty cell in row {row}")
            elif (bold := package.font(cell).find(M + "b")) is not None and bold.get("val") != "0":
                yield Failure(10, "D", f"{sheet.name}: bold data in row {row}")
    yield from repeated_header(package, sheet, top)
    yield from markers(package, sheet)


def repeated_header(package: Package, sheet: Sheet, top: int) -> Iterator[Failure]:
    titles = [
        name.text
        for name in package.workbook.iter(M + "definedName")
        if name.get("name") == "_xlnm.Print_Titles"
    ]
    if f"'{sheet.name}'!${top}:${top}" not in titles:
        yield Failure(17, "D", f"{sheet.name}: the header row does not repeat in print")


def markers(package: Package, sheet: Sheet) -> Iterator[Failure]:
    notes = {cell.text for cell in package.sheets[2].cells.values() if cell.column == 1}
    for cell in sheet.cells.values():
        for marker in re.findall(r"\[(note \d+)\]", cell.text):
            if marker not in notes:
                yield Failure(9, "E", f"{sheet.name}: {marker} is not among the notes")


def charts(package: Package) -> Iterator[Failure]:
    by_name = {sheet.name: sheet for sheet in package.sheets}
    for sheet in package.sheets:
        for drawing in sheet.drawings:
            for properties_ in package.xml(drawing).iter(X + "cNvPr"):
                if properties_.get("id") != "0" and not (properties_.get("descr") or "").strip():
                    yield Failure(12, "E", f"{sheet.name}: a chart without alternative text")
            if next(package.xml(drawing).iter(X + "pic"), None) is not None:
                yield Failure(12, "D", f"{sheet.name}: a picture")
            for relation in package.relations(drawing).values():
                yield from cached_values(package.xml(package.target(drawing, relation)), by_name)


def cached_values(chart: Element, sheets: dict[str, Sheet]) -> Iterator[Failure]:
    for reference in (*chart.iter(C + "numRef"), *chart.iter(C + "strRef")):
        name, _, cells = (reference.findtext(C + "f") or "").rpartition("!")
        (top, left), (bottom, _) = area(cells)
        sheet = sheets[name.strip("'")]
        visible = [sheet.cells[row, left].text for row in range(top, bottom + 1)]
        cached = [point.findtext(C + "v") or "" for point in reference.iter(C + "pt")]
        if [value.strip() for value in cached] != [value.strip() for value in visible]:
            yield Failure(16, "E", "a cached value of a chart differs from its cell")
    if not list(chart.iter(C + "numRef")):
        yield Failure(16, "E", "a chart without data")
