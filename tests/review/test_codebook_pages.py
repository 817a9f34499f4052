"""The pages in docs say what the codebooks say."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from review.codebook import builtin_codebook

ROOT = Path(__file__).parents[2]
PAGE = runpy.run_path(str(ROOT / "scripts" / "codebook_pages.py"))["page"]


@pytest.mark.parametrize("name", ["da-short", "da-full"])
def test_the_page_of_a_codebook_is_current(name: str) -> None:
    written = (ROOT / "docs" / f"codebook-{name}.md").read_text(encoding="utf-8")
    assert written == PAGE(name), "run scripts/codebook_pages.py"


@pytest.mark.parametrize("name", ["da-short", "da-full"])
def test_the_page_of_a_codebook_holds_every_question_and_answer(name: str) -> None:
    page = PAGE(name)
    core = builtin_codebook(name)
    for question in builtin_codebook(name, switched_on=core.offered).questions:
        assert f"\n### {question.id}: " in page
        for option in question.options:
            assert f"| `{option.key}` | " in page
            assert f" | `{option.value}` |" in page
    assert page.count("Optional.") == len(core.offered)
