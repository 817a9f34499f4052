from __future__ import annotations

import io
import posixpath
import re
import zipfile

import pytest

from exports.errors import WorkbookError
from exports.release import Release
from exports.workbook import write_workbook
from exports.workbook.finalise import finalise
from exports.workbook.xml_form import read, write
from tests.exports import linter

STAMP = "2026-01-05T09:00:00Z"


def plain(**parts: bytes) -> bytes:
    """A workbook as openpyxl saves it, with more parts."""
    from openpyxl import Workbook

    stream = io.BytesIO()
    Workbook().save(stream)
    with zipfile.ZipFile(stream, "a") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


def test_members_stand_in_fixed_order_at_a_fixed_time(workbook: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        members = package.infolist()
    names = [member.filename for member in members]
    assert names[:2] == ["[Content_Types].xml", "_rels/.rels"]
    assert names[2:] == sorted(names[2:])
    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}
    assert {member.create_system for member in members} == {0}


def test_the_stamp_is_the_only_time_in_the_file(workbook: bytes) -> None:
    core = linter.Package(workbook).parts["docProps/core.xml"].decode()
    assert re.findall(r"\d{4}-\d\d-\d\dT[\d:.]+Z?", core) == [STAMP, STAMP]


def test_every_relation_points_to_a_part_by_a_relative_path(workbook: bytes) -> None:
    package = linter.Package(workbook)
    seen = 0
    for name in package.parts:
        if not name.endswith(".rels"):
            continue
        source = posixpath.dirname(posixpath.dirname(name))
        for relation in package.xml(name).iter(linter.TARGETS):
            target = relation.get("Target", "/")
            assert not target.startswith("/")
            assert posixpath.normpath(posixpath.join(source, target)) in package.parts
            seen += 1
    assert seen > len(package.sheets)


def test_chart_and_drawing_parts_use_the_prefixes_that_readers_match(workbook: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        drawing = package.read("xl/drawings/drawing1.xml").decode()
        chart = package.read("xl/charts/chart1.xml").decode()
        sheet = package.read("xl/worksheets/sheet5.xml").decode()
    assert "<xdr:wsDr " in drawing
    assert "<c:chartSpace " in chart
    assert "<a:t>" in chart
    assert "<worksheet xmlns=" in sheet
    assert "r:id=" in sheet
    assert "ns0" not in drawing + chart + sheet


def test_two_serialisations_of_the_same_content_become_the_same_bytes() -> None:
    uri = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    one = f"<?xml version='1.0'?><ns0:a xmlns:ns0='{uri}' b='1' a='&quot;&#10;'><ns0:c/></ns0:a>"
    two = f'<a xmlns="{uri}" a="&#34;&#xA;" b="1"><c></c></a>'
    assert write(read(one.encode())) == write(read(two.encode()))
    assert write(read(one.encode())).endswith(b'a="&quot;&#xA;" b="1"><c:c></c:c></c:a>\n')


def test_a_namespace_of_nobody_is_refused() -> None:
    with pytest.raises(WorkbookError, match="not ours"):
        write(read(b'<a xmlns="urn:other"/>'))


def test_a_document_type_definition_is_refused() -> None:
    from defusedxml import DTDForbidden

    with pytest.raises(DTDForbidden):
        read(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")


@pytest.mark.parametrize(
    "name", ["xl/vbaProject.bin", "xl/media/image1.png", "customXml/item1.xml", "xl/comments1.xml"]
)
def test_an_unknown_part_is_refused(name: str) -> None:
    with pytest.raises(WorkbookError, match="no place"):
        finalise(plain(**{name: b"<a/>"}), stamp=STAMP, alt_texts=[])


def test_a_link_out_of_the_file_is_refused() -> None:
    from openpyxl import Workbook

    linked = Workbook()
    linked.worksheets[0]["A1"].hyperlink = "http://example.org"
    stream = io.BytesIO()
    linked.save(stream)
    with pytest.raises(WorkbookError, match="point out of itself"):
        finalise(stream.getvalue(), stamp=STAMP, alt_texts=[])


@pytest.mark.parametrize("stamp", ["", "2026-01-05", "2026-01-05T09:00:00", "now"])
def test_a_stamp_that_is_no_time_is_refused(stamp: str) -> None:
    with pytest.raises(WorkbookError, match="stamp"):
        finalise(plain(), stamp=stamp, alt_texts=[])


def test_a_chart_without_alternative_text_is_refused(
    release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    from exports.workbook import writing

    raw: list[bytes] = []

    def keep(content: bytes, **_: object) -> bytes:
        raw.append(content)
        return content

    monkeypatch.setattr(writing, "finalise", keep)
    write_workbook(release)
    for texts in ([], [" "], ["one", "two"]):
        with pytest.raises(WorkbookError, match="alternative text"):
            finalise(raw[0], stamp=STAMP, alt_texts=texts)
    assert finalise(raw[0], stamp=STAMP, alt_texts=["one"])
