"""PostgreSQL is only read, whole or not at all, and the whole job runs on it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sampling.engines import open_frame
from sampling.errors import EngineError, ExtractError
from sampling.extracts.naming import PostgresRelation, named
from sampling.frame import FrameSpec

pytestmark = pytest.mark.servers

SPEC = FrameSpec(id_column="id", strata_columns=("area",))
SEED = "76543210987654321098"


@pytest.fixture
def owner(server: str) -> Iterator[Any]:
    """A connection that may do everything, to a schema of its own."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS dash CASCADE")
        connection.execute("CREATE SCHEMA dash")
        connection.execute(
            "DO $$ BEGIN CREATE ROLE reader LOGIN; "
            "EXCEPTION WHEN duplicate_object THEN NULL; END $$"
        )
        connection.execute("GRANT USAGE ON SCHEMA dash TO reader")
        yield connection
        connection.execute("DROP SCHEMA dash CASCADE")


def reader(server: str) -> str:
    return server.replace("postgres@", "reader@")


def fill(owner: Any, *, rows: int = 500) -> None:
    owner.execute(
        'CREATE TABLE dash.incidents (id text COLLATE "C", area text, seen timestamp, n integer)'
    )
    owner.execute(
        "INSERT INTO dash.incidents SELECT 'r' || i, CASE i % 2 WHEN 0 THEN 'Brent' ELSE 'Camden' "
        f"END, '2024-01-02', i FROM generate_series(1, {rows}) AS i"
    )
    owner.execute("GRANT SELECT ON dash.incidents TO reader")


def test_a_role_that_may_only_read_is_enough(server: str, owner: Any) -> None:
    fill(owner)
    with open_frame(PostgresRelation(reader(server), "dash", "incidents"), SPEC) as frame:
        assert frame.frame.records == 500
        first = frame.draw("sample", SEED, {"Brent": 3})[0].record_id
        assert frame.rows([first], ["seen", "n"])[first] == {
            "seen": "2024-01-02",
            "n": first[1:],
        }


def test_rows_that_a_policy_hides_are_never_left_out_in_silence(server: str, owner: Any) -> None:
    fill(owner)
    owner.execute("ALTER TABLE dash.incidents ENABLE ROW LEVEL SECURITY")
    owner.execute("CREATE POLICY by_area ON dash.incidents FOR SELECT USING (area = 'Brent')")
    with (
        open_frame(PostgresRelation(reader(server), "dash", "incidents"), SPEC) as frame,
        pytest.raises(ExtractError, match="policy would hide rows"),
    ):
        frame.fingerprint()


def test_what_changes_meanwhile_is_not_seen(server: str, owner: Any) -> None:
    fill(owner)
    with open_frame(PostgresRelation(server, "dash", "incidents"), SPEC) as frame:
        before = frame.fingerprint()
        owner.execute("DELETE FROM dash.incidents WHERE area = 'Brent'")
        assert len(frame.draw("sample", SEED, {"Brent": 250})) == 250
    with open_frame(PostgresRelation(server, "dash", "incidents"), SPEC) as frame:
        assert frame.fingerprint() != before


def test_functions_of_others_are_not_called(server: str, owner: Any) -> None:
    fill(owner)
    expected = PostgresRelation(server, "dash", "incidents")
    with open_frame(expected, SPEC) as frame:
        before = frame.draw("sample", SEED, {"Brent": 5})
    owner.execute(
        "CREATE FUNCTION public.octet_length(text) RETURNS integer LANGUAGE sql AS 'SELECT 1'"
    )
    owner.execute("CREATE FUNCTION public.sha256(bytea) RETURNS bytea LANGUAGE sql AS 'SELECT $1'")
    owner.execute("ALTER ROLE postgres SET search_path = public, pg_catalog")
    try:
        with open_frame(expected, SPEC) as frame:
            assert frame.draw("sample", SEED, {"Brent": 5}) == before
    finally:
        owner.execute("ALTER ROLE postgres RESET search_path")
        owner.execute("DROP FUNCTION public.octet_length(text), public.sha256(bytea)")


def test_what_cannot_be_read_is_said_without_its_content(server: str, owner: Any) -> None:
    fill(owner)
    owner.execute("REVOKE SELECT ON dash.incidents FROM reader")
    for extract, words in (
        (PostgresRelation(server, "dash", "absent"), "no relation dash.absent"),
        (PostgresRelation(reader(server), "dash", "incidents"), "may not read"),
    ):
        with (
            pytest.raises(ExtractError, match=words),
            open_frame(extract, SPEC) as frame,
        ):
            frame.fingerprint()
    gone = PostgresRelation("postgresql://nobody@127.0.0.1:1/none", "a", "b")
    with pytest.raises(EngineError, match="cannot be reached"), open_frame(gone, SPEC):
        pass


def test_the_whole_job_runs_on_a_relation(server: str, owner: Any, tmp_path: Path) -> None:
    fill(owner)
    extract, project = f"{reader(server)}#dash.incidents", str(tmp_path / "audit.dip")

    def run(*words: str, code: int = 0) -> str:
        environment = {**os.environ, "DIPSAMPLE_USER": "ann"}
        done = subprocess.run(
            [sys.executable, "-P", "-m", "dipsample", *words],
            capture_output=True,
            text=True,
            env=environment,
            check=False,
        )
        assert done.returncode == code, done.stderr
        return done.stdout + done.stderr

    run("init", project, "--title", "T", "--unencrypted")
    columns = ("--id", "id", "--strata", "area", "--record", "seen")
    assert "dash.incidents" in run("frame", "check", extract, *columns)
    run("frame", "commit", project, extract, *columns)
    run("plan", project, "--size", "40")
    run("draw", project, extract, "--seed", SEED, "--seed-source", "dice")
    run("extend", project, extract, "--size", "60")
    run("verify", project, extract)
    with open_frame(named(extract), SPEC) as frame:
        first = frame.draw("sample", SEED, {"Brent": 1})[0].record_id
    assert first in run("cases", project, "--format", "csv")
    owner.execute("UPDATE dash.incidents SET area = 'Camden' WHERE id = 'r2'")
    run("verify", project, extract, code=1)
    run("frame", "check", "postgresql://nobody@127.0.0.1:1/none#a.b", code=7)
    run("frame", "check", "postgresql://a:secret@h/d#a.b", code=2)
