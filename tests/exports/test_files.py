from __future__ import annotations

import os
from pathlib import Path

import pytest

from exports.errors import OutputError
from exports.files import write_whole


def test_a_file_takes_its_name_in_one_step(tmp_path: Path) -> None:
    out = tmp_path / "findings.xlsx"
    write_whole(out, b"one")
    write_whole(out, b"two")
    assert out.read_bytes() == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["findings.xlsx"]


@pytest.mark.skipif(os.name != "posix", reason="permissions of other systems differ")
def test_a_sensitive_file_can_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    out = tmp_path / "findings.xlsx"
    write_whole(out, b"one")
    assert out.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    out = tmp_path / "findings.xlsx"
    write_whole(out, b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OutputError, match="no space left on device"):
        write_whole(out, b"new")
    assert out.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["findings.xlsx"]


def test_a_missing_folder_is_named_as_the_reason(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"findings\.xlsx could not be written"):
        write_whole(tmp_path / "none" / "findings.xlsx", b"new")


def test_the_name_itself_is_forced_to_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def fsync_seen(number: int) -> None:
        order.append("fsync")
        fsync(number)

    def replace_seen(self: Path, target: Path) -> Path:
        order.append("replace")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", fsync_seen)
    monkeypatch.setattr(Path, "replace", replace_seen)
    write_whole(tmp_path / "findings.xlsx", b"new")
    assert order[:2] == ["fsync", "replace"]
    assert len(order) == (3 if os.name == "posix" else 2)
