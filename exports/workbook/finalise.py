"""The last step of every workbook: known parts only, in one form, order and time.

The result is a function of the content: not of the clock, the working directory, or which XML
library is installed. The deflated bytes rest on the zlib build as well.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from exports.errors import WorkbookError
from exports.workbook.xml_form import CORE, DRAWING, RELATIONSHIPS, TERMS, read, write

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

CONTENT_TYPES: Final = "[Content_Types].xml"
ROOT_RELATIONS: Final = "_rels/.rels"

_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)
_LEVEL: Final = 6
_STAMP: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_CORE_PART: Final = "docProps/core.xml"
_DRAWING_PART: Final = re.compile(r"xl/drawings/drawing(\d+)\.xml")
_KNOWN_PART: Final = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml"
    r"|xl/(workbook|styles|sharedStrings)\.xml|xl/_rels/workbook\.xml\.rels|xl/theme/theme1\.xml"
    r"|xl/worksheets/(sheet\d+\.xml|_rels/sheet\d+\.xml\.rels)|xl/tables/table\d+\.xml"
    r"|xl/drawings/(drawing\d+\.xml|_rels/drawing\d+\.xml\.rels)|xl/charts/chart\d+\.xml"
)


def finalise(raw: bytes, *, stamp: str, alt_texts: Sequence[str]) -> bytes:
    """Return the workbook with fixed bytes.

    Args:
        raw: A workbook as openpyxl saves it.
        stamp: RFC 3339, UTC; becomes the time of creation and of the last change.
        alt_texts: One text for each chart, in the order of the drawings and within them.

    Raises:
        WorkbookError: For an unknown part, a link out of the file, a chart without alternative
            text or a text without a chart, or a stamp that is not a time.
    """
    if not _STAMP.fullmatch(stamp):
        raise WorkbookError(
            f"The stamp {stamp!r} is not a time in UTC such as 2026-01-05T09:00:00Z."
        )
    roots = {name: read(part) for name, part in _members(raw).items()}
    _describe_charts(roots, alt_texts)
    _stamp_core(roots[_CORE_PART], stamp)
    for name, root in roots.items():
        if name.endswith(".rels"):
            _make_targets_relative(root, name)
    return _zipped({name: write(root) for name, root in roots.items()})


def _members(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        names = package.namelist()
        for name in names:
            if not _KNOWN_PART.fullmatch(name):
                raise WorkbookError(f"The part {name!r} has no place in a workbook of findings.")
        if len(set(names)) < len(names):
            raise WorkbookError("A part of the workbook occurs twice.")
        return {name: package.read(name) for name in names}


def _describe_charts(roots: Mapping[str, Element], alt_texts: Sequence[str]) -> None:
    drawings = sorted(
        (int(match[1]), root)
        for name, root in roots.items()
        if (match := _DRAWING_PART.fullmatch(name))
    )
    objects = [
        properties
        for _, root in drawings
        for properties in root.iter(f"{{{DRAWING}}}cNvPr")
        if properties.get("id") != "0"
    ]
    if len(objects) != len(alt_texts) or not all(text.strip() for text in alt_texts):
        raise WorkbookError(
            f"There are {len(objects)} charts and {len(alt_texts)} alternative texts; "
            "each chart needs one that is not empty."
        )
    for properties, text in zip(objects, alt_texts, strict=True):
        properties.set("descr", text)


def _stamp_core(root: Element, stamp: str) -> None:
    if root.tag != f"{{{CORE}}}coreProperties":
        raise WorkbookError("The workbook has no core properties.")
    for name in ("created", "modified"):
        element = root.find(f"{{{TERMS}}}{name}")
        if element is None:
            raise WorkbookError(f"The workbook does not say when it was {name}.")
        element.text = stamp


def _make_targets_relative(root: Element, name: str) -> None:
    """Point from the source part to its target, as readers that know no package root need it."""
    folder = posixpath.dirname(posixpath.dirname(name))
    for relation in root.iter(f"{{{RELATIONSHIPS}}}Relationship"):
        target = relation.get("Target", "")
        if relation.get("TargetMode") == "External" or ":" in target or not target:
            raise WorkbookError("A workbook of findings must not point out of itself.")
        if target.startswith("/"):
            relation.set("Target", posixpath.relpath(target, f"/{folder}"))


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    first = {CONTENT_TYPES: 0, ROOT_RELATIONS: 1}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name in sorted(parts, key=lambda name: (first.get(name, 2), name)):
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.create_system = 0
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, parts[name], compresslevel=_LEVEL)
    return stream.getvalue()
