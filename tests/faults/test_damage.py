"""A changed byte, a cut file, an edited row: the right data, or a refusal in one sentence."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from dipsample.errors import AuditError, IntegrityError, NewerProjectError
from dipsample.store import open_store

CHUNKS = 16
REFUSALS = {*IntegrityError.__subclasses__(), NewerProjectError}
"""A byte of the number of the layout can turn into the number of a later one."""


def read(path: Path, sample: Any, *, is_whole: bool = False) -> None:
    """Read everything as the program does; what is read is what was written.

    A page that nothing was read from can be damaged and unseen; in an encrypted file, where each
    page has its code, verification finds every one.
    """
    with closing(open_store(path, passphrase=sample.passphrase)) as store:
        assert store.project.id == "0123456789abcdef" * 2
        assert tuple(store.events()) == sample.events
        assert store.cases() == sample.cases
        assert store.cases(["C-0002"]) == sample.cases[1:2]
        assert store.heads() == tuple(sample.heads)
        if sample.passphrase is not None and not is_whole:
            assert store.verify().problem is not None


def refusals(folder: Path, sample: Any, contents: Iterable[bytes]) -> int:
    """Read each damaged content; return how many were refused."""
    found = [
        refusal_of(folder / f"{number}.dip", sample, content)
        for number, content in enumerate(contents)
    ]
    refused = [refusal for refusal in found if refusal is not None]
    assert {type(refusal) for refusal in refused} <= REFUSALS
    for refusal in refused:
        assert "made up" not in str(refusal)
        assert "\n" not in str(refusal)
    return len(refused)


def refusal_of(path: Path, sample: Any, content: bytes) -> AuditError | None:
    path.write_bytes(content)
    try:
        read(path, sample)
    except AuditError as refusal:
        return refusal
    finally:
        for left in path.parent.glob(f"{path.name}*"):
            left.unlink()
    return None


def test_the_undamaged_file_reads_as_it_was_written(quick_folder: Path, sample: Any) -> None:
    path = quick_folder / "audit.dip"
    path.write_bytes(sample.content)
    read(path, sample, is_whole=True)


def flipped(content: bytes, positions: Iterable[int], mask: int) -> Iterable[bytes]:
    for position in positions:
        changed = bytearray(content)
        changed[position] ^= mask
        yield bytes(changed)


@pytest.mark.parametrize("mask", [0xFF, 0x01, 0x08])
def test_a_flipped_byte_here_and_there_is_never_other_data(
    quick_folder: Path, sample: Any, mask: int, capfd: pytest.CaptureFixture[str]
) -> None:
    size = len(sample.content)
    page_headers = (start + place for start in range(4096, size, 4096) for place in range(12))
    positions = [*range(100), *page_headers, *range(100, size, 307)]
    assert refusals(quick_folder, sample, flipped(sample.content, positions, mask)) > 20
    assert capfd.readouterr() == ("", "")


@pytest.mark.faults
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_flipped_byte_at_all_is_other_data(quick_folder: Path, sample: Any, chunk: int) -> None:
    positions = range(chunk, len(sample.content), CHUNKS)
    assert refusals(quick_folder, sample, flipped(sample.content, positions, 0xFF)) > 0


def test_a_file_cut_here_and_there_is_refused(quick_folder: Path, sample: Any) -> None:
    size = len(sample.content)
    lengths = [*range(0, 520, 26), *range(4095, size, 4096), *range(4096, size, 4096), size - 1]
    cut = (sample.content[:length] for length in lengths)
    assert refusals(quick_folder, sample, cut) == len(lengths)


@pytest.mark.faults
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_file_cut_anywhere_is_refused(quick_folder: Path, sample: Any, chunk: int) -> None:
    lengths = range(chunk, len(sample.content), CHUNKS)
    cut = (sample.content[:length] for length in lengths)
    assert refusals(quick_folder, sample, cut) == len(lengths)
