"""The guard in front of the spreadsheet parser: what a workbook may be before it is parsed.

A workbook is a ZIP of XML, and both can be bombs. Every limit is held on what the file declares
and again on the bytes that really come out, in a stream, before any parser sees them.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from sampling.errors import ExtractError

MAX_MEMBERS: Final = 2000
MAX_INFLATED_BYTES: Final = 256 << 20
MAX_RATIO: Final = 200
_SMALL_BYTES: Final = 1 << 20
"""Members below this may have any ratio: a short sheet of equal rows packs very well."""
_ENCRYPTED_BIT: Final = 0x1
_BLOCK: Final = 1 << 16
_READABLE: Final = frozenset({0, 8})
_DTD = (b"<!DOCTYPE", b"<!ENTITY")


def guard_workbook(path: Path) -> tuple[str, ...]:
    """Refuse a workbook that is not safe to parse.

    Args:
        path: A file that begins like a ZIP archive.

    Returns:
        The names of its members.

    Raises:
        ExtractError: Where it breaks a limit, carries macros, or is no workbook.
    """
    try:
        with ZipFile(path) as archive:
            members = archive.infolist()
            _check_directory(members)
            inflated = 0
            for member in members:
                inflated += _check_member(archive, member, MAX_INFLATED_BYTES - inflated)
    except (BadZipFile, LargeZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise _refused("its archive is damaged") from error
    names = tuple(member.filename for member in members)
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise _refused("it is a ZIP archive but not an XLSX workbook")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise _refused("it carries macros")
    return names


def _refused(reason: str) -> ExtractError:
    return ExtractError(
        f"The workbook is not read because {reason}; save the records as CSV UTF-8 and use that."
    )


def _check_directory(members: list[ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        raise _refused(f"it has more than {MAX_MEMBERS} parts")
    if len({member.filename.lower() for member in members}) != len(members):
        raise _refused("two of its parts have one name")
    if sum(member.file_size for member in members) > MAX_INFLATED_BYTES:
        raise _refused("it would take more than 256 MiB when unpacked")
    for member in members:
        parts = PurePosixPath(member.filename).parts
        if member.filename.startswith("/") or ".." in parts or "\\" in member.filename:
            raise _refused("one of its parts points outside the workbook")
        if member.flag_bits & _ENCRYPTED_BIT:
            raise _refused("it is protected by a password")
        if member.compress_type not in _READABLE:
            raise _refused("one of its parts is packed in an unknown way")
        if member.file_size > max(_SMALL_BYTES, MAX_RATIO * member.compress_size):
            raise _refused(f"one of its parts grows more than {MAX_RATIO} times when unpacked")


def _check_member(archive: ZipFile, member: ZipInfo, room: int) -> int:
    """Inflate one member in a stream and return its true size."""
    size, last = 0, b""
    is_xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
    for block in _inflate(archive, member):
        size += len(block)
        if size > room or size > max(_SMALL_BYTES, MAX_RATIO * member.compress_size):
            raise _refused("it grows too much when unpacked")
        if is_xml:
            # A declaration may be cut by the end of a block, or written in two-byte characters.
            seen = (last + block).replace(b"\x00", b"").upper()
            if any(word in seen for word in _DTD):
                raise _refused("its XML declares entities")
            last = block[-2 * len(_DTD[0]) :]
    return size


def _inflate(archive: ZipFile, member: ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as stream:
        while block := stream.read(_BLOCK):
            yield block
