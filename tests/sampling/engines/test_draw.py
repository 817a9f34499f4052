"""Draws and fingerprints of the DuckDB engine against the vectors and the hashlib reference."""

from __future__ import annotations

import csv
import json
import os
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sampling.engines import open_frame
from sampling.errors import ExtractError, TicketError
from sampling.frame import FrameSpec
from sampling.records import why_not_an_id

SEED = "76543210987654321098"
FEW = settings(
    max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)

PLAIN = FrameSpec(id_column="id", strata_columns=("area",))
words = st.text(min_size=1, max_size=12).filter(lambda text: why_not_an_id(text) is None)
frames = st.dictionaries(
    words, st.sampled_from(["Brent", "Camden", "Zoë | \\ %s {}", "北"]), min_size=1, max_size=30
)


@pytest.fixture(scope="module")
def vectors(reference_folder: Path) -> dict[str, Any]:
    return json.loads((reference_folder / "ticket-vectors.json").read_text("utf-8"))  # type: ignore[no-any-return]


def test_published_fingerprints_are_reproduced(vectors: dict[str, Any], written: Any) -> None:
    for case in vectors["frames"]:
        rows = [line.split("\t") for line in case["lines"]]
        if len(rows[0]) == 2:
            path = written(["id", "area"], rows)
            with open_frame(path, PLAIN, nonce=case["nonce"]) as frame:
                assert frame.fingerprint() == case["fingerprint"], case["name"]


def test_published_samples_and_reserves_are_reproduced(
    vectors: dict[str, Any], written: Any
) -> None:
    rows = [line.split("\t") for line in vectors["frames"][0]["lines"]]
    path = written(["id", "area"], rows)
    for case in vectors["samples"]:
        take = {name: n + case["reserve"][name] for name, n in case["n"].items()}
        with open_frame(path, PLAIN) as frame:
            drawn = frame.draw(case["label"], case["seed"], take)
        for name, n in case["n"].items():
            ids = [record.record_id for record in drawn if record.stratum == name]
            assert ids[:n] == case["drawn"][name]
            assert ids[n:] == case["reserve_ids"][name]


def test_published_orders_are_reproduced(vectors: dict[str, Any], written: Any) -> None:
    spec = FrameSpec(id_column="id")
    for case in vectors["orders"]:
        path = written(["id"], [[record_id] for record_id in case["ids"]])
        with open_frame(path, spec) as frame:
            drawn = frame.draw(case["label"], case["seed"], {"all": len(case["ids"])})
        assert [(r.rank, r.record_id, r.ticket) for r in drawn] == [
            (row["rank"], row["id"], row["ticket"]) for row in case["order"]
        ]


@FEW
@given(frame=frames, data=st.data())
def test_any_frame_is_drawn_as_by_the_reference(
    frame: dict[str, str],
    data: st.DataObject,
    written: Any,
    oracle: Any,
    oracle_fingerprint: Callable[..., str],
) -> None:
    sizes = Counter(frame.values())
    take = {name: data.draw(st.integers(0, size)) for name, size in sizes.items()}
    rows = data.draw(st.permutations([[name, "x", area] for name, area in frame.items()]))
    quoting = data.draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    ending = data.draw(st.sampled_from(["\n", "\r\n"]))
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    path = written(
        ["id", "other", "area"], rows, quoting=quoting, lineterminator=ending, encoding=encoding
    )
    with open_frame(path, PLAIN) as opened:
        drawn = [tuple(record[:4]) for record in opened.draw("sample", SEED, take)]
        assert opened.fingerprint() == oracle_fingerprint(frame.items())
        assert opened.stratum_sizes() == dict(sizes)
    assert drawn == oracle(frame.items(), "sample", SEED, take)


@FEW
@given(frame=frames, late=words, drawn=st.integers(1, 5))
def test_a_late_record_changes_only_its_own_stratum(
    frame: dict[str, str], late: str, drawn: int, written: Any
) -> None:
    def draw(of: dict[str, str]) -> dict[str, list[str]]:
        sizes = Counter(frame.values())
        take = {name: min(drawn, size) for name, size in sizes.items()}
        with open_frame(written(["id", "area"], list(of.items())), PLAIN) as opened:
            records = opened.draw("sample", SEED, take)
        return {name: [r.record_id for r in records if r.stratum == name] for name in take}

    before, after = draw(frame), draw({**frame, late: frame.get(late, "Camden")})
    before.pop("Camden", None)
    after.pop("Camden", None)
    assert before == after


def test_a_larger_draw_begins_with_the_smaller_one(written: Any) -> None:
    path = written(["id"], [[f"r{number}"] for number in range(500)])
    with open_frame(path, FrameSpec(id_column="id")) as frame:
        small = frame.draw("sample", SEED, {"all": 20})
        assert frame.draw("sample", SEED, {"all": 60})[:20] == small


def test_the_fingerprint_is_what_coreutils_say_of_the_lines(written: Any, tmp_path: Path) -> None:
    rows = [["INC-10", "Brent"], ["INC-1", "a b"], ["Zoë-7", "Brent"], ["!1", "x"], ["#z", "x"]]
    path, lines = written(["id", "area"], rows), tmp_path / "frame.tsv"
    for nonce in (None, "ab" * 32):
        with open_frame(path, PLAIN, nonce=nonce) as frame:
            frame.write_lines(lines)
            fingerprint = frame.fingerprint()
        shell = f"sort '{lines}' | tee '{lines}.sorted' | sha256sum"
        environment = {**os.environ, "LC_ALL": "C"}
        done = subprocess.run(
            ["sh", "-c", shell], env=environment, capture_output=True, text=True, check=True
        )
        assert done.stdout.split()[0] == fingerprint
        assert Path(f"{lines}.sorted").read_bytes() == lines.read_bytes()


def test_a_stratum_that_is_too_small_is_refused(written: Any) -> None:
    path = written(["id", "area"], [["a", "x"], ["b", "x"]])
    with open_frame(path, PLAIN) as frame:
        with pytest.raises(ExtractError, match="fewer than the 3"):
            frame.draw("sample", SEED, {"x": 3})
        with pytest.raises(ExtractError, match="fewer than the 1"):
            frame.draw("sample", SEED, {"unknown": 1})
        assert frame.draw("sample", SEED, {"x": 0}) == ()


def test_a_bad_seed_draws_nothing(written: Any) -> None:
    with (
        open_frame(written(["id"], [["a"]]), FrameSpec(id_column="id")) as frame,
        pytest.raises(TicketError),
    ):
        frame.draw("sample", "short", {"all": 1})


def test_rows_of_drawn_records_come_back_as_stored(written: Any) -> None:
    rows = [["a", '  two "lines"\nof text', ""], ["b", "x", " "], ["c", "y", "z"]]
    path = written(["id", "text", "note"], rows)
    with open_frame(path, FrameSpec(id_column="id")) as frame:
        assert frame.rows(["b", "a"], ["text", "note"]) == {
            "b": {"text": "x", "note": None},
            "a": {"text": '  two "lines"\nof text', "note": None},
        }
        with pytest.raises(ExtractError, match="1 of 2 records are not in the extract"):
            frame.rows(["a", "zz"], ["text"])
        with pytest.raises(ExtractError, match="no column"):
            frame.rows(["a"], ["absent"])


def test_a_file_changed_while_open_is_refused(written: Any) -> None:
    path = written(["id"], [["a"], ["b"]])
    with open_frame(path, FrameSpec(id_column="id")) as frame:
        path.write_text("id\nc\nd\ne\n", "utf-8")
        with pytest.raises(ExtractError, match="changed while it was read"):
            frame.draw("sample", SEED, {"all": 1})


@pytest.mark.parametrize("name", ["it's.csv", "extract[1].csv", "a*b?.csv"])
def test_awkward_file_names_are_read(name: str, written: Any) -> None:
    other = written(["id"], [["other"]], name="a1b2.csv")
    path = written(["id"], [["a"]], name=name)
    with open_frame(path, FrameSpec(id_column="id")) as frame:
        assert frame.frame.records == 1
    assert other.exists()
