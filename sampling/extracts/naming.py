"""How an extract is named: a file, many files, a relation of PostgreSQL, a table of Spark.

| written | means |
|---|---|
| ``extract.csv``, ``.csv.gz``, ``.xlsx``, ``.parquet`` | that file |
| ``folder`` or ``'parts/*.csv'`` | its files together, all with one header |
| ``postgresql://…#schema.relation`` | a relation; before the ``#`` stands what ``psql`` takes |
| ``spark:catalog.schema.table`` | a table that Spark knows |
| ``spark:folder/`` | a folder of Parquet, read by Spark on this machine |
"""

from __future__ import annotations

import glob
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from sampling.errors import ExtractNameError

_SCHEMES: Final = ("postgresql://", "postgres://")
_SPARK: Final = "spark:"
_SECRET: Final = frozenset({"password", "sslpassword"})
_KINDS: Final = (".csv", ".csv.gz", ".txt", ".txt.gz", ".tsv", ".tsv.gz", ".parquet")


@dataclass(frozen=True, slots=True)
class ManyFiles:
    """Several files of one header, in ascending order of their names' bytes."""

    name: str
    """Of the folder, or the pattern, without its folder."""
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class PostgresRelation:
    """A table or view of a PostgreSQL database."""

    uri: str
    """As libpq reads it, without a password."""
    schema: str
    relation: str

    @property
    def name(self) -> str:
        """Schema and relation, without the server."""
        return f"{self.schema}.{self.relation}"


@dataclass(frozen=True, slots=True)
class SparkTable:
    """A table of a catalog, or a folder of Parquet."""

    name: str
    """``catalog.schema.table``; of a folder its last part."""
    folder: Path | None = None
    """None for a table."""


Extract = Path | ManyFiles | PostgresRelation | SparkTable


def named(text: str) -> Extract:
    """Read the name of an extract as a person types it.

    Args:
        text: As in the table above.

    Raises:
        ExtractNameError: Where nothing is there, the name is not whole, or it holds a password.
    """
    if text.startswith(_SCHEMES):
        return _relation(text)
    if text.startswith(_SPARK):
        return _spark(text.removeprefix(_SPARK))
    path = Path(text)
    if path.is_dir():
        return _many(path.resolve().name, path.iterdir())
    if not path.exists() and glob.has_magic(text):
        return _many(path.name, map(Path, glob.glob(text)))  # noqa: PTH207  a pattern may name folders
    if not path.is_file():
        raise ExtractNameError(f"There is no file or folder {path.name}; check its name.")
    return path


def _relation(text: str) -> PostgresRelation:
    uri, _, fragment = text.partition("#")
    parts = urlsplit(uri)
    given = {name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    if parts.password is not None or given & _SECRET:
        raise ExtractNameError(
            "A password does not belong on the command line, where other programs can read it; "
            "put it into the password file (PGPASSFILE) or a service file."
        )
    schema, _, relation = fragment.partition(".")
    if not schema or not relation:
        raise ExtractNameError(
            "The relation is missing; write postgresql://HOST/DATABASE#SCHEMA.RELATION."
        )
    return PostgresRelation(uri, unquote(schema), unquote(relation))


def _spark(name: str) -> SparkTable:
    if not name:
        raise ExtractNameError("The table is missing; write spark:CATALOG.SCHEMA.TABLE.")
    folder = Path(name)
    if folder.is_dir():
        return SparkTable(folder.resolve().name, folder.resolve())
    if "/" in name:
        raise ExtractNameError(f"There is no folder {folder.name}; check its name.")
    return SparkTable(name)


def _many(name: str, found: Iterable[Path]) -> ManyFiles:
    paths = tuple(
        sorted(
            (path for path in found if path.is_file() and not path.name.startswith((".", "_"))),
            key=lambda path: str(path).encode(),
        )
    )
    if not paths:
        raise ExtractNameError(f"There is no file in {name}; check the folder or the pattern.")
    unknown = [path.name for path in paths if not path.name.lower().endswith(_KINDS)]
    if unknown:
        raise ExtractNameError(
            f"{len(unknown)} of the {len(paths)} files in {name} are neither CSV nor Parquet; name "
            "the files of the extract by a pattern, such as 'parts/*.csv'."
        )
    return ManyFiles(name, paths)
