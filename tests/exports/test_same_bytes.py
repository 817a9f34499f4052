"""The same release gives the same bytes: elsewhere, later, and in another process."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from exports.release import Release
from exports.workbook import write_workbook

_SCRIPT = """
import runpy, sys
from hashlib import sha256
from exports.release import make_release
from exports.workbook import write_workbook
builder = runpy.run_path(sys.argv[1])
print(sha256(write_workbook(make_release(builder["request"]()))).hexdigest())
"""


def elsewhere(folder: Path, **environment: str) -> str:
    builder = str(Path(__file__).with_name("builder.py"))
    result = subprocess.run(
        [sys.executable, "-c", _SCRIPT, builder],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout.strip()


def test_another_place_time_zone_locale_and_hash_seed_give_the_same_bytes(
    workbook: bytes, tmp_path: Path
) -> None:
    there = elsewhere(tmp_path, TZ="Pacific/Auckland", PYTHONHASHSEED="7", LC_ALL="C")
    assert there == sha256(workbook).hexdigest()


def test_a_later_moment_gives_the_same_bytes(
    release: Release, workbook: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    import datetime
    import time

    class Later(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Later:
            return cls(2031, 5, 6, 7, 8, 9, tzinfo=tz)

    struct = time.localtime(1_900_000_000)
    monkeypatch.setattr(datetime, "datetime", Later)
    monkeypatch.setattr(time, "localtime", lambda *_: struct)
    assert write_workbook(release) == workbook


@pytest.mark.skipif(importlib.util.find_spec("lxml") is None, reason="lxml is not installed")
def test_with_and_without_lxml_the_bytes_are_the_same(workbook: bytes, tmp_path: Path) -> None:
    for switch in ("True", "False"):
        assert elsewhere(tmp_path, OPENPYXL_LXML=switch) == sha256(workbook).hexdigest()
