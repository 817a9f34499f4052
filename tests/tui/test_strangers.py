"""What somebody without a case is told, on the screen and by line prompts."""

from __future__ import annotations

import io

from dipsample.audit import Audit
from dipsample.tui.models.strangers import nobody_words
from dipsample.tui.plain import run_plain


def test_a_mistyped_name_is_told_the_names_that_have_cases(audit: Audit) -> None:
    words = nobody_words(audit, "r11")
    assert words.startswith("No case is assigned to r11. Cases are assigned to r1;")
    assert "the supervisor is sup" in words


def test_line_prompts_say_the_same(audit: Audit) -> None:
    out = io.StringIO()
    assert run_plain(audit, "r11", io.StringIO(), out) == 0
    assert " ".join(out.getvalue().split()) == nobody_words(audit, "r11")


def test_before_cases_are_assigned_nobody_is_named(empty_audit: Audit) -> None:
    assert "dipsample assign" in nobody_words(empty_audit, "r1")
