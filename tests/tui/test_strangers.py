"""What somebody without a case is told, on the screen and by line prompts."""

from __future__ import annotations

import io
from collections.abc import Callable

from dipsample.audit import Audit
from dipsample.tui.app import Start
from dipsample.tui.models.strangers import nobody_words
from dipsample.tui.plain import run_plain
from dipsample.tui.program import Program


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


def test_the_first_page_tells_a_stranger_who_the_supervisor_is_and_what_to_type(
    empty_audit: Audit, press: Callable[[Program, str], str]
) -> None:
    shown = press(
        Program(empty_audit, name="supervisor", start=Start.HOME, ticks=lambda: 0.0), "c enter"
    )
    said = " ".join(shown.split())
    assert "You are supervisor; the supervisor of this project is sup" in said
    assert "dipsample open PROJECT --as sup" in said
