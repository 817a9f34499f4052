"""No module outgrows what one can hold in the head."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("dipsample", "sampling", "review", "exports", "tests", "benchmarks", "scripts")
MOST_LINES = 400
REASONS: dict[str, str] = {}
"""Modules that may be longer, each with its reason."""


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_module_is_over_400_lines(folder: str) -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / folder).rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }
    assert long.keys() <= REASONS.keys(), long


def test_no_module_is_named_after_nothing() -> None:
    shunned = {"utils", "common", "misc", "base", "manager", "handler", "helpers"}
    named = {path.stem for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")}
    assert not named & shunned
