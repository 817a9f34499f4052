"""The sign-off that opens by itself: habit signs nothing, and what changed beneath it closes it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from dipsample.audit import Audit
from dipsample.tui.program import Program
from tests.review.versioned import reworded
from tests.tui.conftest import opened
from tests.tui.pressing import Type, text_of
from tests.tui.test_figures_by_version import MEANING, coded_audit
from tests.tui.test_screens import SUPERVISOR, Make

Run = Callable[[Program, Callable[[Pilot[None]], Awaitable[None]]], None]
CHANGED = "The sample changed while the sign-off was open, so nothing was signed."

__all__ = ["coded_audit"]


def publish_elsewhere(path: Path) -> None:
    """Publish a later version as another process does."""
    other = opened(path, start="2026-03-03T09:00:00Z")
    other.publish_codebook(SUPERVISOR, reworded(other.codebook, *MEANING), reason="was unclear")
    other.close()


@pytest.mark.parametrize("keys", ["fd\n", "\n\n", "f\n", "s\n", "dlpq\n"])
def test_keys_typed_by_habit_become_no_statement(
    keys: str, coded_audit: Audit, program: Make, run_script: Run, throw_keys: Type
) -> None:
    shown: list[str] = []
    app = program(SUPERVISOR)

    async def script(_pilot: Pilot[None]) -> None:
        await throw_keys(app, ["enter" if key == "\n" else key for key in keys])
        shown.append(text_of(app))

    run_script(app, script)
    assert "Sign the sample off?" in shown[0]
    assert not coded_audit.is_signed_off


@pytest.mark.parametrize("before", [[], ["w", "enter"], ["w", "enter", *"mine"]])
def test_a_panel_whose_sample_changed_closes_with_a_sentence(
    before: list[str],
    coded_audit: Audit,
    project_path: Path,
    program: Make,
    run_script: Run,
    type_keys: Type,
) -> None:
    after = ["enter"] if before else ["w", "enter"]
    shown: list[str] = []
    app = program(SUPERVISOR)

    async def script(_pilot: Pilot[None]) -> None:
        await type_keys(app, before)
        publish_elsewhere(project_path)
        await type_keys(app, after)
        shown.append(text_of(app))

    run_script(app, script)
    assert CHANGED in " ".join(shown[0].split())
    assert "Sign the sample off" not in shown[0]
    assert not coded_audit.is_signed_off


def test_the_statement_is_written_after_the_key(
    coded_audit: Audit, program: Make, run_script: Run, type_keys: Type
) -> None:
    app = program(SUPERVISOR)

    async def script(_pilot: Pilot[None]) -> None:
        await type_keys(app, ["w", "enter", *"mine", "enter"])

    run_script(app, script)
    assert coded_audit.sign_off_view().statement == "mine"
