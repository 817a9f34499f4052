"""Expected prevalences by stratum, as a supervisor writes them down."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sampling.errors import PlanError
from sampling.expectations import read_expectations

GOOD = 'stratum,expect\n"Brent, east",0.04\nZoë,0.1\n'


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode(),
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("expect\n", "expect\n\n,\n").encode(),
    ],
)
def test_one_row_a_stratum_is_read(content: bytes) -> None:
    assert read_expectations(content, source="rates.csv") == {
        "Brent, east": Decimal("0.04"), "Zoë": Decimal("0.1"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "rates.csv needs the columns stratum and expect"),
        (b"stratum,rate\na,0.1\n", "needs the columns"),
        (b"stratum,expect\n", "names no stratum"),
        (b"stratum,expect\na,0.1,\n", "row 2: there are 3 cells"),
        (b"stratum,expect\na,0.1\na,0.2\n", "row 3: the stratum stands twice"),
        (b"stratum,expect\na,4 %\n", "row 2: an expected prevalence is a proportion"),
        (b"stratum,expect\na,0\n", "row 2"),
        (b"stratum,expect\na,1\n", "row 2"),
        (b"stratum,expect\na,NaN\n", "row 2"),
        (b'stratum,expect\n"a,0.1\n', "is not a CSV"),
        ("stratum,expect\nZoë,0.1\n".encode("cp1252"), "is not UTF-8"),
        (b"x" * (4 * 1024 * 1024 + 1), "over 4 MB"),
    ],
)
def test_anything_else_is_refused_with_its_place(content: bytes, words: str) -> None:
    with pytest.raises(PlanError, match=words):
        read_expectations(content, source="rates.csv")
