"""How an extract is named on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from sampling.errors import ExtractNameError
from sampling.extracts.naming import ManyFiles, PostgresRelation, SparkTable, named


def test_a_file_a_folder_and_a_pattern_are_told_apart(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "c.csv.gz", ".hidden"):
        (tmp_path / name).write_text("id\n", "utf-8")
    assert named(str(tmp_path / "a.csv")) == tmp_path / "a.csv"
    folder = named(str(tmp_path))
    assert isinstance(folder, ManyFiles)
    assert [path.name for path in folder.paths] == ["a.csv", "b.csv", "c.csv.gz"]
    assert folder.name == tmp_path.name
    pattern = named(str(tmp_path / "[ab].csv"))
    assert isinstance(pattern, ManyFiles)
    assert [path.name for path in pattern.paths] == ["a.csv", "b.csv"]


def test_a_file_with_signs_of_a_pattern_is_that_file(tmp_path: Path) -> None:
    path = tmp_path / "a*b[1].csv"
    path.write_text("id\n", "utf-8")
    assert named(str(path)) == path


def test_a_relation_is_named_after_the_address_that_psql_takes() -> None:
    found = named("postgresql://reader@db.example.org/cases?sslmode=verify-full#dash.incidents%2E1")
    assert found == PostgresRelation(
        "postgresql://reader@db.example.org/cases?sslmode=verify-full", "dash", "incidents.1"
    )
    assert isinstance(found, PostgresRelation)
    assert found.name == "dash.incidents.1"


@pytest.mark.parametrize(
    "secret",
    [
        "postgresql://reader:hunter2@db/cases#a.b",
        "postgresql://reader:@db/cases#a.b",
        "postgresql://db/cases?user=reader&password=hunter2#a.b",
        "postgres://db/cases?sslpassword=hunter2#a.b",
        "postgresql://db/cases?pass%77ord=hunter2#a.b",
    ],
)
def test_a_password_is_refused_and_never_repeated(secret: str) -> None:
    with pytest.raises(ExtractNameError, match="PGPASSFILE") as refused:
        named(secret)
    assert "hunter2" not in str(refused.value)


def test_spark_reads_a_table_or_a_folder(tmp_path: Path) -> None:
    assert named("spark:lake.dash.incidents") == SparkTable("lake.dash.incidents")
    assert named(f"spark:{tmp_path}") == SparkTable(tmp_path.name, tmp_path.resolve())


@pytest.mark.parametrize(
    "name",
    [
        *("absent.csv", "absent/*.csv", "postgresql://db/cases", "postgresql://db/cases#incidents"),
        *("spark:", "spark:absent/folder"),
    ],
)
def test_a_name_that_leads_to_nothing_is_refused(name: str) -> None:
    with pytest.raises(ExtractNameError):
        named(name)


def test_a_folder_of_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id\n", "utf-8")
    (tmp_path / "notes.docx").write_text("x", "utf-8")
    with pytest.raises(ExtractNameError, match="1 of the 2 files"):
        named(str(tmp_path))
