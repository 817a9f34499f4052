"""One read-only transaction in PostgreSQL, over a connection that nobody on the way can read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sampling.engines.relation import Cell
from sampling.errors import EngineError, ExtractError

if TYPE_CHECKING:
    from psycopg import Connection

_OLDEST: Final = 150_000
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1", ""})
_SESSION: Final = (
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
    "SET LOCAL search_path = pg_catalog",
    "SET LOCAL row_security = off",
    "SET LOCAL standard_conforming_strings = on",
    "SET LOCAL DateStyle = 'ISO, YMD'",
    "SET LOCAL TimeZone = 'UTC'",
    "SET LOCAL bytea_output = 'hex'",
)
_NO_RIGHT: Final = "42501"


@contextmanager
def connected(uri: str) -> Iterator[Connection[tuple[Cell, ...]]]:
    """Open a connection and its one transaction, which is rolled back at the end.

    Args:
        uri: As libpq reads it, without a password: that comes from the password file, the service
            file or the environment, as for ``psql``.

    Raises:
        EngineError: Where psycopg is not installed, or the server cannot be reached.
        ExtractError: Where the connection would not be safe, or the server is too old.
    """
    try:
        import psycopg
    except ImportError:
        raise EngineError(
            "Frames in PostgreSQL need a part that is not installed; run: "
            "pip install 'dipsample[team]'"
        ) from None
    with plain_errors():
        connection = psycopg.connect(
            uri,
            cursor_factory=psycopg.RawCursor,
            application_name="dipsample",
            **_guard(uri),
        )
    connection.server_cursor_factory = psycopg.RawServerCursor
    try:
        _check(connection)
        with plain_errors():
            for statement in _SESSION:
                connection.execute(statement)
        yield connection
    finally:
        connection.close()


def _guard(uri: str) -> dict[str, str]:
    """Return the mode of encryption where the server is elsewhere and nobody named one."""
    from psycopg.conninfo import conninfo_to_dict
    from psycopg.pq import Conninfo

    defaults = {one.keyword: one.val for one in Conninfo.get_defaults()}
    given = {name.encode(): str(value).encode() for name, value in conninfo_to_dict(uri).items()}
    chosen = {**{name: value for name, value in defaults.items() if value}, **given}
    is_elsewhere = not _is_local((chosen.get(b"host") or chosen.get(b"hostaddr") or b"").decode())
    if is_elsewhere and b"sslmode" not in given and b"service" not in chosen:
        return {"sslmode": "verify-full"}
    return {}


def _is_local(host: str) -> bool:
    return host.startswith("/") or host in _LOCAL


def _check(connection: Connection[tuple[Cell, ...]]) -> None:
    info = connection.info
    mode = info.get_parameters().get("sslmode")
    if not _is_local(info.host) and mode != "verify-full":
        raise ExtractError(
            "The records would travel over a connection that is not checked; use "
            "sslmode=verify-full, and sslrootcert for the server's certificate."
        )
    if info.server_version < _OLDEST:
        raise ExtractError("This server is older than PostgreSQL 15; use a newer one.")
    if info.parameter_status("server_encoding") != "UTF8":
        raise ExtractError(
            "This database is not in UTF-8, so its ids have other bytes; export the records as "
            "CSV UTF-8."
        )


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn an error of the server, whose text may hold a record, into one sentence."""
    import psycopg

    try:
        yield
    except psycopg.OperationalError as error:
        raise EngineError(
            "The PostgreSQL server cannot be reached or ended the connection"
            f"{f' ({error.sqlstate})' if error.sqlstate else ''}; check host, database, role and "
            "password file, and try again."
        ) from None
    except psycopg.Error as error:
        if error.sqlstate == _NO_RIGHT:
            raise ExtractError(
                "This role may not read the whole relation: it has no right to it, or a policy "
                "would hide rows. Ask for the right to read all of it."
            ) from None
        raise ExtractError(
            f"PostgreSQL could not answer ({error.sqlstate or type(error).__name__}); check that "
            "the relation is still as it was."
        ) from None
