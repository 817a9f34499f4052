"""Many files and packed files give the frame of the one plain file."""

from __future__ import annotations

import gzip
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from sampling.engines import check_extract, open_frame
from sampling.errors import ExtractError
from sampling.extracts.naming import named
from sampling.frame import Frame, FrameSpec

SPEC = FrameSpec(id_column="id", strata_columns=("area",), keep=("flag",))
HEADER = "id,area,flag\n"
LINES = [f"r{number},{'Brent' if number % 3 else 'Zoë'},{number % 2}\n" for number in range(600)]
SEED = "76543210987654321098"


def write(folder: Path, parts: dict[str, list[str]], *, header: str = HEADER) -> str:
    folder.mkdir(exist_ok=True)
    for name, lines in parts.items():
        data = (header + "".join(lines)).encode()
        (folder / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return str(folder)


def opened(name: str) -> tuple[Frame, Any]:
    with open_frame(named(name), SPEC) as frame:
        return frame.frame, frame.draw("sample", SEED, {"Brent": 20, "Zoë": 7})


def same(found: tuple[Frame, Any], whole: tuple[Frame, Any]) -> bool:
    leave_out = {"source_name", "source_sha256", "files"}
    bodies = [one[0].model_dump(exclude=leave_out) for one in (found, whole)]
    return bodies[0] == bodies[1] and found[1] == whole[1]


@pytest.fixture
def whole(tmp_path: Path) -> tuple[Frame, Any]:
    return opened(write(tmp_path / "whole", {"all.csv": LINES}) + "/all.csv")


@pytest.mark.parametrize("ending", [".csv", ".csv.gz"])
def test_files_in_any_order_give_the_frame_of_the_whole(
    ending: str, tmp_path: Path, whole: tuple[Frame, Any]
) -> None:
    lines = sorted(LINES, key=lambda line: sha256(line.encode()).digest())
    parts = {f"{n}{ending}": lines[n * 200 : (n + 1) * 200] for n in range(3)}
    parts[f"empty{ending}"] = []
    found = opened(write(tmp_path / "parts", parts))
    assert same(found, whole)
    assert found[0].rows == 600
    assert [one.name for one in found[0].files] == sorted(parts)


def test_a_packed_file_and_a_mixture_give_the_frame_of_the_whole(
    tmp_path: Path, whole: tuple[Frame, Any]
) -> None:
    assert same(opened(write(tmp_path / "p", {"a.csv.gz": LINES}) + "/a.csv.gz"), whole)
    mixed = write(tmp_path / "m", {"a.csv.gz": LINES[:100], "b.csv": LINES[100:]})
    assert same(opened(mixed), whole)


def test_the_digest_of_many_files_is_what_coreutils_say(tmp_path: Path) -> None:
    folder = Path(write(tmp_path / "parts", {"b.csv": LINES[:9], "a.csv": LINES[9:]}))
    frame, _ = opened(str(folder))
    sums = {name: sha256((folder / name).read_bytes()).hexdigest() for name in ("a.csv", "b.csv")}
    assert {one.name: one.sha256 for one in frame.files} == sums
    printed = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
    assert frame.source_sha256 == sha256(printed.encode()).hexdigest()


def test_one_file_records_no_list_of_files(whole: tuple[Frame, Any]) -> None:
    assert "files" not in whole[0].model_dump()


def test_files_of_other_headers_or_kinds_are_refused(tmp_path: Path) -> None:
    folder = write(tmp_path / "parts", {"a.csv": LINES[:3]})
    write(tmp_path / "parts", {"b.csv": []}, header="id,flag,area\n")
    with pytest.raises(ExtractError, match=r"header of b\.csv is not that of a\.csv"):
        opened(folder)
    (tmp_path / "parts" / "b.csv").write_bytes(b"PAR1 and more")
    with pytest.raises(ExtractError, match="several kinds"):
        opened(folder)


def test_many_parquet_files_are_one_extract(tmp_path: Path, whole: tuple[Frame, Any]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    cells = [line.strip().split(",") for line in LINES]
    for name, some in (("a", cells[:50]), ("b", cells[50:])):
        columns = dict(zip(("id", "area", "flag"), map(list, zip(*some, strict=True)), strict=True))
        pq.write_table(pa.table(columns), tmp_path / f"{name}.parquet")
    assert same(opened(str(tmp_path / "*.parquet")), whole)
    pq.write_table(pa.table({"id": ["x"], "area": ["y"]}), tmp_path / "c.parquet")
    with pytest.raises(ExtractError, match=r"columns of c\.parquet"):
        opened(str(tmp_path / "*.parquet"))


def test_faults_of_many_files_name_their_file(tmp_path: Path) -> None:
    folder = write(tmp_path / "parts", {"a.csv": LINES[:3], "b.csv": [LINES[3], "too,few\n"]})
    report = check_extract(named(folder), SPEC)
    ragged = next(fault for fault in report.faults if fault.code == "ragged-row")
    assert ragged.message.startswith("In b.csv: ")
    assert [place.row for place in ragged.places] == [3]


def test_an_id_in_two_files_is_repeated(tmp_path: Path) -> None:
    folder = write(tmp_path / "parts", {"a.csv": LINES[:3], "b.csv": LINES[2:4]})
    report = check_extract(named(folder), SPEC)
    assert "repeated-id" in {fault.code for fault in report.faults}


@pytest.mark.parametrize("cut", [-20, 60])
def test_a_damaged_archive_is_said_to_be_damaged(cut: int, tmp_path: Path) -> None:
    name = write(tmp_path / "p", {"a.csv.gz": LINES}) + "/a.csv.gz"
    Path(name).write_bytes(Path(name).read_bytes()[:cut])
    with pytest.raises(ExtractError, match=r"a\.csv\.gz is damaged"):
        opened(name)


def test_a_file_that_changes_among_many_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path / "parts", {"a.csv": LINES[:9], "b.csv": LINES[9:]})
    with open_frame(named(folder), SPEC) as frame:
        (tmp_path / "parts" / "b.csv").write_text(HEADER + "z,Brent,0\n", "utf-8")
        with pytest.raises(ExtractError, match=r"b\.csv was changed"):
            frame.draw("sample", SEED, {"Brent": 1})
