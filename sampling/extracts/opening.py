"""Opens an extract: what kind of file it is, its header, and the pass over its bytes."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final

from sampling.errors import ExtractError
from sampling.extracts.beside import Beside
from sampling.extracts.compressed import is_gzip, unpacked
from sampling.extracts.csv_rows import CsvRows, split_record
from sampling.extracts.dialect import DELIMITERS, delimiter_of, header_faults
from sampling.extracts.many import join
from sampling.extracts.naming import ManyFiles
from sampling.extracts.source import (
    BLOCK_BYTES,
    Parquet,
    PlainCsv,
    RowStream,
    Source,
    Stamp,
    unreadable,
)
from sampling.extracts.survey import survey
from sampling.extracts.xlsx import SheetRows, open_workbook

_ZIP, _PARQUET = b"PK\x03\x04", b"PAR1"
_NOT_READ: Final = {
    b"\xd0\xcf\x11\xe0": "an old or a password-protected workbook; save it as CSV UTF-8",
    b"PK\x05\x06": "an empty ZIP archive",
    b"%PDF": "a PDF; ask for the records as CSV UTF-8",
    b"SQLi": "a database; export the records as CSV UTF-8",
}
_MARKS: Final = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def open_source(
    files: Path | ManyFiles,
    *,
    encoding: str | None = None,
    id_column: str | None = None,
    id_width: int | None = None,
) -> Source:
    """Say how the records of an extract can be read, and begin to read its bytes.

    Args:
        files: CSV (comma, semicolon, tab or pipe), gzip of CSV, XLSX or Parquet; told by its
            content. Many files are all CSV or all Parquet, and have one header.
        encoding: Of a text file that is neither UTF-8 nor marked as UTF-16.
        id_column: The column of ids, where known; spreadsheets treat its numbers strictly.
        id_width: Width to which whole-number ids of a spreadsheet are padded with zeros.

    Raises:
        ExtractError: Where the file cannot be read at all; nothing of it is printed.
    """
    if isinstance(files, ManyFiles):
        source = join(files, [_open(path, encoding, None, None) for path in files.paths])
    else:
        source = _open(files, encoding, id_column, id_width)
    if isinstance(source.content, PlainCsv):
        # Whole before it begins: the engine would look into a module that is half loaded.
        import numpy as np  # noqa: F401

        source.content.survey.begin()
    return source


def _open(path: Path, encoding: str | None, id_column: str | None, id_width: int | None) -> Source:
    try:
        stamp = Stamp.of(path)
        with path.open("rb") as file:
            start = file.read(len(_ZIP))
        if start == _PARQUET:
            return Source(path, _digest(path), "Parquet", Parquet(), (), (stamp,))
        if start == _ZIP:
            return _open_sheet(path, stamp, id_column, id_width)
        for mark, what in _NOT_READ.items():
            if start.startswith(mark):
                raise ExtractError(f"The file {path.name} is {what}.")
        return _open_text(path, stamp, encoding)
    except OSError as error:
        raise unreadable(path, error) from error


def _digest(path: Path) -> Beside[str]:
    return Beside(partial(_hash, path))


def _hash(path: Path, is_over: Callable[[], bool]) -> str:
    hashing = sha256()
    with path.open("rb") as file:
        while (block := file.read(BLOCK_BYTES)) and not is_over():
            hashing.update(block)
    return hashing.hexdigest()


def _open_sheet(path: Path, stamp: Stamp, id_column: str | None, id_width: int | None) -> Source:
    columns, faults = open_workbook(path)
    if not columns:
        raise _no_header(path)
    content = RowStream(columns, SheetRows(path, columns, id_column, id_width))
    return Source(
        path,
        _digest(path),
        "XLSX, first sheet",
        content,
        (*faults, *header_faults(columns)),
        (stamp,),
    )


def _open_text(path: Path, stamp: Stamp, encoding: str | None) -> Source:
    used = _encoding(path, encoding)
    header = _header(path, used)
    delimiter = delimiter_of(header)
    columns = tuple(split_record(header, delimiter) or header.split(delimiter))
    faults = tuple(header_faults(columns))
    is_packed = is_gzip(path)
    read_as = f"CSV, {DELIMITERS[delimiter]}, {used.removesuffix('-sig').upper()}"
    read_as += ", gzip" if is_packed else ""
    exact = CsvRows(path, used, delimiter, columns)
    if used != "utf-8-sig":
        return Source(path, _digest(path), read_as, RowStream(columns, exact), faults, (stamp,))
    beside = Beside(partial(survey, path, delimiter))
    content = PlainCsv(columns, delimiter, beside, exact, is_packed)
    return Source(path, _digest(path), read_as, content, faults, (stamp,))


def _encoding(path: Path, asked: str | None) -> str:
    with unpacked(path) as file:
        start = file.read(2)
    marked = next((name for mark, name in _MARKS if start == mark), None)
    if marked or asked is None:
        return marked or "utf-8-sig"
    try:
        "".encode(asked)
        name = codecs.lookup(asked).name
    except LookupError as error:
        raise ExtractError(f"There is no text encoding named {asked!r}; try cp1252.") from error
    return "utf-8-sig" if name == "utf-8" else name


def _header(path: Path, encoding: str) -> str:
    """Return the first record, without its line end."""
    rows = CsvRows(path, encoding, ",", ())
    header = next(rows.records(), (0, ""))[1]
    if not header.strip():
        raise _no_header(path)
    return header


def _no_header(path: Path) -> ExtractError:
    return ExtractError(
        f"The file {path.name} has nothing in its first row; put the names of the columns there."
    )
