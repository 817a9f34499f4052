"""Text extracts: every fault is found with its place, and engine and exact reader agree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sampling.checks import Severity
from sampling.engines import check_extract
from sampling.engines.file_relation import relate
from sampling.errors import ExtractError
from sampling.extracts import survey as survey_module
from sampling.extracts.csv_rows import CsvRows
from sampling.extracts.opening import open_source
from sampling.frame import FrameSpec

signs = ['"', ",", "\n", "\r\n", "\r", "a", " ", '""', "é", "\0", '"x"', '"l\nm"', '"a,b"', ""]
# Bytes are looked at 64 at a time, so what follows these stands at the end of such a word.
long = ["c" * 61, '"' + "d" * 62 + '"', '"' + "e," * 40 + '"', "f" * 64]
pieces = st.lists(st.sampled_from([*signs, *long]), max_size=14).map("".join)


def places(path: Path, code: str, **options: Any) -> list[tuple[int | None, str | None]]:
    report = check_extract(path, **options)
    return [
        (p.row, p.column) for found in report.faults if found.code == code for p in found.places
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=pieces, mark=st.sampled_from(["", "\ufeff"]), block=st.sampled_from([1, 3, 100, 1 << 20])
)
def test_what_the_engine_reads_is_what_the_exact_reader_reads(
    body: str, mark: str, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey_module, "BLOCK_BYTES", block)
    path = tmp_path / "extract.csv"
    path.write_bytes(f"{mark}a,b\n{body}".encode())
    source = open_source(path)
    exact = CsvRows(path, "utf-8-sig", ",", ("a", "b"))
    expected = [(row, cells) for row, cells in exact.rows()]
    with relate(source) as relation:
        read = [
            (row[0], ["" if cell is None else cell for cell in row[1:]])
            for row in relation.query("SELECT * FROM numbered ORDER BY row_")
            if any(str(cell or "").strip(" ") for cell in row[1:])
        ]
    assert read == expected
    if not relation.is_loaded:
        errors = {f.code for f in exact.faults if f.severity is Severity.ERROR}
        assert errors <= {"blank-row"}, "blank rows are found by the checks of rows"


@pytest.mark.parametrize(
    ("body", "code", "where"),
    [
        ('1,x\n2,a"b\n3,"c" d\n', "inner-quote", [(3, "b"), (4, "b")]),
        ("1,x\n2\n3,4,5\n4,y,\n", "ragged-row", [(3, None), (4, None), (5, None)]),
        ("1,x\n\n2,y\n,\n3,z\n", "blank-row", [(3, None), (5, None)]),
        ("1,x\0\n2,\x1b[31m\n", "control-character", [(2, "b"), (3, "b")]),
        ('1,x\n2,"never closed\n3,y\n', "open-quote", [(3, None)]),
        ("1,x\r\n2,y\n3,z\r\n", "mixed-newlines", [(2, None), (4, None)]),
        ('1,"two\nlines"\n2,y"\n', "inner-quote", []),
        ("1,x\n,y\n", "empty-id", []),
    ],
)
def test_a_fault_is_named_with_row_and_column(
    body: str, code: str, where: list[Any], tmp_path: Path
) -> None:
    path = tmp_path / "extract.csv"
    path.write_bytes(b"a,b\n" + body.encode())
    found = places(path, code)
    if where:
        assert found == where


def test_rows_are_counted_as_a_spreadsheet_does_across_quoted_line_breaks(tmp_path: Path) -> None:
    path = tmp_path / "extract.csv"
    path.write_bytes(b'a,b\n1,"two\nlines"\n2,"y\xff"\n3,"z"" z"\n4,q,q\n')
    assert places(path, "not-utf8") == [(3, "b")]
    assert places(path, "ragged-row") == [(5, None)]


def test_all_faults_are_listed_at_once(tmp_path: Path) -> None:
    path = tmp_path / "extract.csv"
    path.write_bytes(b'id,b,B\n1,x,x\n1,"\0",y\n2\n3,y"y,z\n\n4,\xe9,z\n4,x,x\n')
    codes = {found.code for found in check_extract(path).faults}
    assert {
        "repeated-header",
        "control-character",
        "ragged-row",
        "inner-quote",
        "blank-row",
        "not-utf8",
    } <= codes


@pytest.mark.parametrize(
    ("header", "code"),
    [("id,,x", "empty-header"), ("id,x,X ", "repeated-header"), ('id,"a\nb"', "bad-header")],
)
def test_header_faults_are_errors(header: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "extract.csv"
    path.write_text(f"{header}\n1,2,3\n", "utf-8")
    assert code in {found.code for found in check_extract(path).errors}


@pytest.mark.parametrize(
    ("sign", "name"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "pipe")]
)
def test_the_header_decides_the_separator_and_the_report_says_so(
    sign: str, name: str, tmp_path: Path
) -> None:
    path = tmp_path / "extract.csv"
    path.write_text(f'id{sign}"a{sign}b"{sign}c\n1{sign}"x,y"{sign}z;z\n', "utf-8")
    report = check_extract(path)
    assert report.read_as == f"CSV, {name}, UTF-8"
    assert [column.name for column in report.columns][0::2] == ["id", "c"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_read_alike(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "extract.csv"
    path.write_bytes("id,word\r\n1,Zoë\r\n2,“x”\r\n".encode(encoding))
    asked = encoding if encoding == "cp1252" else None
    report = check_extract(path, FrameSpec(id_column="", encoding=asked))
    assert not [found for found in report.errors if found.code != "no-unique-column"]
    assert report.columns[1].most == (("Zoë", 1), ("“x”", 1))


def test_bytes_of_another_encoding_are_refused_with_their_places(tmp_path: Path) -> None:
    path = tmp_path / "extract.csv"
    path.write_bytes("id,name\n1,Zoe\n2,Zoë\n".encode("cp1252"))
    assert places(path, "not-utf8") == [(3, "name")]


def test_blank_rows_at_the_end_are_left_out_and_counted(tmp_path: Path) -> None:
    for tail in ("\n\n\n", ",\n,\n", ' , \n"",""\n'):
        path = tmp_path / "extract.csv"
        path.write_text(f"id,b\n1,x\n2,y\n{tail}", "utf-8")
        report = check_extract(path)
        assert report.rows == 2
        assert not report.errors


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b"   \n1\n"])
def test_a_file_without_a_header_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "extract.csv"
    path.write_bytes(content)
    with pytest.raises(ExtractError, match="names of the columns"):
        check_extract(path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\xd0\xcf\x11\xe0", "old or a password"),
        (b"%PDF-1.7", "PDF"),
    ],
)
def test_other_files_are_refused_with_the_way_out(
    content: bytes, words: str, tmp_path: Path
) -> None:
    path = tmp_path / "extract.csv"
    path.write_bytes(content)
    with pytest.raises(ExtractError, match=words):
        check_extract(path)


def test_a_missing_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ExtractError, match="No such file"):
        check_extract(tmp_path / "absent.csv")


def test_a_sound_file_is_left_to_the_engine_and_a_faulty_one_is_not(tmp_path: Path) -> None:
    path = tmp_path / "extract.csv"
    path.write_bytes(b'a,b\r\n1,"x ""y"", z"\r\n2,"l\nm"\r\n')
    with relate(open_source(path)) as relation:
        assert (relation.rows, relation.is_loaded) == (2, False)
    path.write_bytes(b'a,b\r\n1, "x"\r\n')
    with relate(open_source(path)) as relation:
        assert (relation.rows, relation.is_loaded) == (0, True)
