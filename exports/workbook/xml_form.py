"""One form for every XML part, so that the same content is the same bytes.

openpyxl serialises differently with and without lxml. Parts are therefore read again and written
here: attributes sorted, empty elements as pairs of tags as in Canonical XML 1.0, and each
namespace under one fixed prefix, because some readers match prefixes literally.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from exports.errors import WorkbookError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
CORE: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
TERMS: Final = "http://purl.org/dc/terms/"

_XML: Final = "http://www.w3.org/XML/1998/namespace"
_PREFIXES: Final = {
    MAIN: "",
    RELATIONSHIPS: "",
    "http://schemas.openxmlformats.org/package/2006/content-types": "",
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": "",
    DRAWING: "xdr",
    CORE: "cp",
    TERMS: "dcterms",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi",
    _XML: "xml",
}


def read(part: bytes) -> Element:
    """Return the root of an XML part; a document type definition is refused."""
    from defusedxml.ElementTree import fromstring

    return fromstring(part, forbid_dtd=True)


def write(root: Element) -> bytes:
    """Return the part in its one form.

    Raises:
        WorkbookError: For a namespace that our workbooks do not use.
    """
    declared = sorted(
        (prefix, uri) for uri in _namespaces(root) if (prefix := _prefix(uri)) != "xml"
    )
    head = "".join(
        f' xmlns{":" if prefix else ""}{prefix}="{_attribute_text(uri)}"'
        for prefix, uri in declared
    )
    return (DECLARATION + "".join(_pieces(root, head)) + "\n").encode("utf-8")


def _namespaces(root: Element) -> set[str]:
    names = [name for element in root.iter() for name in (element.tag, *element.keys())]
    return {uri for uri, _ in map(_split, names) if uri}


def _pieces(element: Element, declarations: str = "") -> Iterator[str]:
    name = _name(element.tag)
    attributes = "".join(
        f' {_name(key)}="{_attribute_text(value)}"'
        for key, value in sorted(element.items(), key=lambda item: _split(item[0]))
    )
    yield f"<{name}{declarations}{attributes}>"
    yield _content_text(element.text)
    for child in element:
        yield from _pieces(child)
        yield _content_text(child.tail)
    yield f"</{name}>"


def _name(qualified: str) -> str:
    uri, local = _split(qualified)
    prefix = _prefix(uri)
    return f"{prefix}:{local}" if prefix else local


def _prefix(uri: str) -> str:
    if uri and uri not in _PREFIXES:
        raise WorkbookError(f"A part of the workbook uses the namespace {uri}, which is not ours.")
    return _PREFIXES[uri] if uri else ""


def _split(qualified: str) -> tuple[str, str]:
    uri, brace, local = qualified.removeprefix("{").partition("}")
    return (uri, local) if brace else ("", qualified)


def _content_text(text: str | None) -> str:
    if not text:
        return ""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("\r", "&#xD;")


def _attribute_text(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return escaped.replace("\t", "&#x9;").replace("\n", "&#xA;").replace("\r", "&#xD;")
