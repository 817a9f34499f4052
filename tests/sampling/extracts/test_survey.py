"""The pass over the bytes sees what a reader of one sign after the other sees."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sampling.extracts import survey as survey_module
from sampling.extracts.survey import survey

LONG = "c" * 62
cells = st.sampled_from(
    ["", "a", "é", " x", LONG, f'"{LONG}"', '"x,y"', '"g""h"', '""', f'"{LONG},""{LONG}"']
)
broken = st.sampled_from(['"l\nm"', '"\r\n"', f'"{LONG}\n\n,{LONG}"'])
rows = st.lists(st.tuples(cells, cells | broken), min_size=1, max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=rows,
    newline=st.sampled_from(["\n", "\r\n"]),
    tail=st.integers(0, 2),
    block=st.sampled_from([4, 64, 100, 1 << 20]),
)
def test_a_sound_file_is_counted(
    rows: list[tuple[str, str]],
    newline: str,
    tail: int,
    block: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(survey_module, "BLOCK_BYTES", block)
    path = tmp_path / "extract.csv"
    lines = ["a,b", *(",".join(cells) for cells in rows)]
    path.write_bytes((newline.join(lines) + newline * tail).encode())
    seen = survey(path, ",")
    assert seen.agrees(len(rows), 2)
    assert not seen.agrees(len(rows) - 1, 2)
    assert not seen.agrees(len(rows), 3)
    assert seen.has_broken_cells == any("\n" in cell for cells in rows for cell in cells)
    assert seen.newline == newline or (len(lines) == 2 and not tail)


FAULTS = {
    "a blank line": "1,x\n\n2,y",
    "a blank line of the other kind": "1,x\n\r\n2,y",
    "a blank line among CR LF": "1,x\r\n\r\n2,y",
    "both kinds of line end": "1,x\r\n2,y\n3,z",
    "a CR alone": "1,x\r2,y",
    "a NUL": "1,\0",
    "an escape sign": '1,"\x1b"',
    "a DEL": "1,\x7f",
    "a mark in a cell": '1,a"b"',
    "a mark after a space": '1, "b"',
    "text after a closing mark": '1,"b"c',
    "text after a doubled mark and a closing one": '1,"b"""c',
    "a mark that never closes": '1,"b\n2,c',
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("block", [4, 1 << 20])
def test_a_fault_is_seen_wherever_it_stands(
    fault: str, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey_module, "BLOCK_BYTES", block)
    path = tmp_path / "extract.csv"
    body = FAULTS[fault]
    newline = "\r\n" if re.search("\r\n", body) else "\n"
    for places in range(66):
        row = f"{'c' * places},d{newline}"
        path.write_bytes(f"a,b{newline}{row}{body}{newline}{row}".encode())
        assert not survey(path, ",").is_sound, places


def test_bytes_that_are_no_utf8_are_seen(tmp_path: Path) -> None:
    path = tmp_path / "extract.csv"
    path.write_bytes(b"a,b\n1,\xe9\n")
    assert not survey(path, ",").is_sound
