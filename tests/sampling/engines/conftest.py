"""What the tests of engines share: extracts written to disk, and the hashlib reference."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import pytest

Rows = Sequence[Sequence[str]]
Written = Callable[..., Path]
Drawn = list[tuple[str, int, str, str]]
Oracle = Callable[[Iterable[tuple[str, str]], str, str, Mapping[str, int]], Drawn]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes a CSV file of a header and rows, and returns its path."""

    def write(
        header: Sequence[str],
        rows: Rows,
        *,
        name: str = "extract.csv",
        lineterminator: str = "\n",
        quoting: int = csv.QUOTE_MINIMAL,
        encoding: str = "utf-8",
    ) -> Path:
        path = tmp_path / name
        with path.open("w", newline="", encoding=encoding) as file:
            writer = csv.writer(file, lineterminator=lineterminator, quoting=quoting)  # type: ignore[arg-type]  # a constant of csv
            writer.writerow(header)
            writer.writerows(rows)
        return path

    return write


@pytest.fixture(scope="session")
def oracle() -> Oracle:
    """Draws in plain Python from (id, stratum) pairs: the reference for every engine."""

    def draw(
        frame: Iterable[tuple[str, str]], label: str, seed: str, take: Mapping[str, int]
    ) -> Drawn:
        head = f"dipsample-ticket-v1|{label}|{seed}|"
        strata: dict[str, list[tuple[str, bytes]]] = {}
        for record_id, stratum in frame:
            ticket = sha256((head + record_id).encode()).hexdigest()
            strata.setdefault(stratum, []).append((ticket, record_id.encode()))
        return [
            (stratum, rank, id_bytes.decode(), ticket)
            for stratum in sorted(take, key=str.encode)
            for rank, (ticket, id_bytes) in enumerate(
                sorted(strata.get(stratum, []))[: take[stratum]], start=1
            )
        ]

    return draw


@pytest.fixture(scope="session")
def oracle_fingerprint() -> Callable[[Iterable[tuple[str, str]]], str]:
    """Fingerprints (id, stratum) pairs in plain Python."""

    def fingerprint(frame: Iterable[tuple[str, str]]) -> str:
        lines = sorted(f"{record_id}\t{stratum}\n".encode() for record_id, stratum in frame)
        return sha256(b"".join(lines)).hexdigest()

    return fingerprint
