"""Findings as a pandas table."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pandas as pd

from exports.frames import COLUMNS, findings_table
from review.finding import Bounds, Finding, Measure, Total

KNOWN = Finding(
    indicator="M1", label="any arrest, of incidents", by=None, group=None, cases=60, numerator=12,
    denominator=58, undetermined=2, blank=1, population=290.0, population_is_known=False,
    known=Measure(12 / 58, 0.11, 0.33), confidence=0.95, method="hypergeometric-blaker-domain",
    if_undetermined_no=Measure(0.2, 0.1, 0.32), if_undetermined_yes=Measure(14 / 60, 0.13, 0.36),
    bounds=Bounds(0.1, 0.36), total=Total(60.0, 35.0, 92.0),
    total_if_undetermined_yes=Total(67.0, 39.0, 104.0), effective_n=72.5, design_effect=1.0,
    degrees_of_freedom=57, flags=("wide", "unreliable"),
)  # fmt: skip
NOTHING = Measure(None, None, None)
OPEN = replace(
    KNOWN, by="bcu", group="North", population=None, known=NOTHING, method=None,
    if_undetermined_no=NOTHING, if_undetermined_yes=NOTHING, bounds=Bounds(None, None),
    total=Total(None, None, None), total_if_undetermined_yes=Total(None, None, None),
    effective_n=None, design_effect=None, degrees_of_freedom=None,
    flags=(),
)  # fmt: skip


def test_every_figure_of_a_finding_has_its_column() -> None:
    row = findings_table([KNOWN]).iloc[0]
    assert row["estimate"] == 12 / 58
    assert (row["lower"], row["upper"]) == (0.11, 0.33)
    assert row["if_undetermined_yes_upper"] == 0.36
    assert (row["bounds_lower"], row["bounds_upper"]) == (0.1, 0.36)
    assert (row["total_estimate"], row["total_upper"]) == (60.0, 92.0)
    assert row["total_if_undetermined_yes_upper"] == 104.0
    assert (row["degrees_of_freedom"], row["numerator"]) == (57, 12)
    assert row["flags"] == "wide unreliable"
    assert not row["population_is_known"]


def test_what_a_finding_does_not_have_is_missing_and_keeps_its_type() -> None:
    table = findings_table([KNOWN, OPEN])
    second = table.iloc[1]
    for column in ("estimate", "total_lower", "method", "degrees_of_freedom", "population"):
        assert second[column] is pd.NA
    assert second["flags"] == ""
    assert table.iloc[0]["by"] is pd.NA
    assert {name: str(kind) for name, kind in table.dtypes.items()} == COLUMNS


def test_no_finding_makes_an_empty_table_of_the_same_types() -> None:
    table = findings_table([])
    assert len(table) == 0
    assert {name: str(kind) for name, kind in table.dtypes.items()} == COLUMNS


def test_pandas_is_loaded_only_when_a_table_is_made() -> None:
    code = "import sys, exports.frames; print('pandas' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
