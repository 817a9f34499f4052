"""One SQL for all engines: what is put into other words, and what is not."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sampling.engines import open_frame, postgres, spark
from sampling.engines.patterns import java
from sampling.engines.patterns import postgres as posix
from sampling.engines.warehouse import LARGEST_TICKET, cut_for
from sampling.engines.wording import reworded
from sampling.errors import EngineError
from sampling.extracts.naming import PostgresRelation, SparkTable
from sampling.frame import FrameSpec
from sampling.look_alikes import MANGLED
from sampling.personal import SIEVE


@pytest.mark.parametrize(
    ("sql", "of_postgres", "of_spark"),
    [
        (
            "SELECT count_if(c0 = 'a''b') FROM extract",
            "SELECT count(*) FILTER (WHERE c0 = 'a''b') FROM extract",
            "SELECT count_if(c0 = CAST(X'612762' AS STRING)) FROM extract",
        ),
        (
            "SELECT sum(n) FILTER (n < 5) FROM (SELECT 1 AS n)",
            "SELECT sum(n) FILTER (WHERE n < 5) FROM (SELECT 1 AS n) AS part28",
            "SELECT sum(n) FILTER (WHERE n < 5) FROM (SELECT 1 AS n) AS part28",
        ),
        (
            "SELECT grouping_id(a, b), strlen(a) FROM t GROUP BY GROUPING SETS ((a), (b))",
            "SELECT grouping(a, b), octet_length(a) FROM t GROUP BY GROUPING SETS ((a), (b))",
            "SELECT grouping_id(), octet_length(a) FROM t GROUP BY GROUPING SETS ((a), (b))",
        ),
        (
            "SELECT 1 WHERE c IN (SELECT unnest(?::VARCHAR[]))",
            "SELECT 1 WHERE c IN (SELECT unnest($1::text[]))",
            "SELECT 1 WHERE c IN (SELECT explode(:p1))",
        ),
    ],
)
def test_the_words_of_each_engine(sql: str, of_postgres: str, of_spark: str) -> None:
    assert reworded(sql, postgres.DIALECT)[0] == of_postgres
    assert reworded(sql, spark.DIALECT)[0] == of_spark


def test_a_function_without_wording_is_refused() -> None:
    with pytest.raises(ValueError, match="list_sort"):
        reworded("SELECT list_sort(a) FROM t", postgres.DIALECT)


@given(text=st.text(alphabet=st.characters(blacklist_characters="\0", codec="utf-8")))
def test_texts_stay_literals_whatever_they_hold(text: str) -> None:
    escaped = text.replace("'", "''")
    words, _ = reworded(f"SELECT 1 WHERE c0 = '{escaped}'", postgres.DIALECT)
    assert words == f"SELECT 1 WHERE c0 = '{escaped}'"
    words, _ = reworded(f"SELECT 1 WHERE c0 = '{escaped}'", spark.DIALECT)
    hexes = re.fullmatch(r"SELECT 1 WHERE c0 = (?:''|CAST\(X'([0-9a-f]*)' AS STRING\))", words)
    assert hexes is not None
    assert bytes.fromhex(hexes[1] or "").decode() == text


def test_a_bound_pattern_is_reworded_and_a_bound_text_is_not() -> None:
    sql = "SELECT 1 WHERE regexp_matches(c0, ?) AND c1 = ?"
    words, bound = reworded(sql, postgres.DIALECT, [r"\bPC (?i:x)", r"\bPC"])
    assert words == "SELECT 1 WHERE (c0 ~ $1) AND c1 = $2"
    assert bound == [r"\yPC (?:[Xx])", r"\bPC"]


def test_patterns_of_other_engines_have_nothing_that_those_do_not_know() -> None:
    for pattern in (SIEVE, *MANGLED.values()):
        assert "(?i:" not in posix(pattern)
        assert r"\b" not in posix(pattern)
        assert r"\b" not in java(pattern)
    assert posix(r"(?i:[A-C\d]x{1,3})[a-z]{1,64}") == r"(?:[A-Ca-c\d][Xx]{1,3})[a-z]+"


@given(wanted=st.integers(1, 10_000), records=st.integers(1, 10**9))
def test_a_cut_expects_more_than_are_wanted(wanted: int, records: int) -> None:
    cut = cut_for(wanted, records)
    assert len(cut) == 64
    share = (int(cut, 16) + 1) / 2**256
    assert cut == LARGEST_TICKET or share * records >= wanted + 30


@pytest.mark.parametrize(
    ("module", "extract", "extra"),
    [
        ("psycopg", PostgresRelation("postgresql://db/cases", "a", "b"), "team"),
        ("pyspark.sql", SparkTable("a.b"), "spark"),
    ],
)
def test_a_missing_part_is_named_with_the_way_to_get_it(
    module: str,
    extract: PostgresRelation | SparkTable,
    extra: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with (
        pytest.raises(EngineError, match=rf"pip install 'dipsample\[{extra}\]'"),
        open_frame(extract, FrameSpec(id_column="id")),
    ):
        pass
