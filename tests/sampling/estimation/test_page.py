"""The page for statisticians says what the library computes, and its code runs."""

from __future__ import annotations

import doctest
import runpy
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "estimation.md"


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "scripts" / "estimation_page.py"))


def test_the_page_is_as_the_library_writes_it(script: dict[str, Any]) -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert script["page"](written) == written, "run scripts/estimation_page.py"


def test_published_numbers_are_repeated_to_every_digit_given(script: dict[str, Any]) -> None:
    repeated = script["repeated"]()
    assert len(repeated) > 15
    for one in repeated:
        assert one.ours == pytest.approx(one.published, abs=1e-9), one.what


def test_the_examples_of_the_page_run_and_print_what_it_says() -> None:
    results = doctest.testfile(str(PAGE), module_relative=False)
    assert results.attempted > 8
    assert results.failed == 0
