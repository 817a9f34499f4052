"""The real program in a real pseudo-terminal: typed at, resized, and killed."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from benchmarks.terminal import Terminal
from dipsample.opening import open_audit
from review.coding_state import Coding, CodingState

ROOT = Path(__file__).parents[2]
CODER = "r1"


@pytest.fixture
def terminal(project_path: Path, tmp_path: Path) -> Iterator[Terminal]:
    command = [sys.executable, "-P", "-m", "dipsample", "code", str(project_path), "--as", CODER]
    env = {"XDG_DATA_HOME": str(tmp_path / "data"), "PYTHONPATH": str(ROOT)}
    started = Terminal(command, env=env)
    yield started
    started.kill()


@pytest.fixture
def with_settings(project_path: Path, tmp_path: Path) -> Iterator[Callable[[str], Terminal]]:
    """Starts the program beside a settings file of its user."""
    started: list[Terminal] = []

    def start(text: str) -> Terminal:
        folder = tmp_path / "config" / "dipsample"
        folder.mkdir(parents=True)
        (folder / "settings.toml").write_text(text, encoding="utf-8")
        command = [sys.executable, "-P", "-m", "dipsample", "code", str(project_path)]
        env = {
            "XDG_DATA_HOME": str(tmp_path / "data"),
            "XDG_CONFIG_HOME": str(tmp_path / "config"),
            "PYTHONPATH": str(ROOT),
        }
        started.append(Terminal([*command, "--as", CODER], env=env))
        return started[0]

    yield start
    for one in started:
        one.kill()


def draft_in(project: Path) -> Coding:
    """Return the one case of the coder that is begun and not handed in."""
    audit = open_audit(project, is_read_only=True)
    (item,) = [one for one in audit.queue(CODER) if one.state is CodingState.DRAFT]
    coding = audit.case_file(CODER, item.case_id).coding
    audit.close()
    return coding


def begins_a_line(wanted: str, text: str) -> bool:
    return any(line.startswith(wanted) for line in text.splitlines())


def test_a_case_by_keys_alone_is_on_disk_when_the_program_is_killed(
    terminal: Terminal, project_path: Path
) -> None:
    terminal.wait_for("Enter open")
    terminal.press("\r")
    terminal.wait_for("0 answered, ")
    for key, following in zip("yyy1y", (" E2  ", " A1  ", " A2  ", " A3  ", " A4  "), strict=True):
        terminal.press(key)
        terminal.wait_for(partial(begins_a_line, following))
    terminal.resize(120, 40)
    terminal.wait_for(" RECORD ")
    terminal.press(",")
    terminal.wait_for("needs a quote")
    terminal.press("'")
    terminal.wait_for("choosing a quote")
    terminal.press("\r")
    terminal.wait_for("Pinned to A3")
    terminal.resize(80, 24)
    terminal.wait_for("whole record")
    terminal.press(".n")
    terminal.wait_for(lambda text: any(line.startswith(" A8  ") for line in text.splitlines()))
    terminal.press(";")
    terminal.wait_for("Note on")
    terminal.press("a thin record\r")
    terminal.wait_for("x A3  x A4  > A8")
    shown = terminal.text()
    terminal.kill()

    coding = draft_in(project_path)
    assert dict(coding.answers) == {
        "E1": ("yes",), "E2": ("yes",), "A1": ("yes",), "A2": ("1",), "A3": ("yes",),
        "A4": ("no",),
    }  # fmt: skip
    assert [quote.question for quote in coding.quotes] == ["A3"]
    assert coding.note == "a thin record"
    for question in coding.answers:
        assert f"x {question} " in shown
    assert not re.search(rb"\x1b\][012];", terminal.raw), "a terminal title was set"


def test_pasted_text_answers_nothing(terminal: Terminal, project_path: Path) -> None:
    terminal.wait_for("Enter open")
    terminal.press("\r")
    terminal.wait_for("0 answered, ")
    terminal.press("\x1b[200~yyy\x1b[201~")
    terminal.wait_for("What was pasted is left out")
    terminal.press("m")
    terminal.wait_for("Complete.")
    terminal.kill()
    audit = open_audit(project_path, is_read_only=True)
    answers = audit.case_file(CODER, audit.queue(CODER)[0].case_id).coding.answers
    audit.close()
    assert dict(answers) == {"E1": ("no_missing",)}


def test_a_sign_from_the_settings_of_the_user_commands(
    with_settings: Callable[[str], Terminal], project_path: Path
) -> None:
    terminal = with_settings('[keys]\nnote = "~"\n')
    terminal.wait_for("Enter open")
    terminal.press("\r")
    terminal.wait_for("~ note")
    terminal.press("~")
    terminal.wait_for("Note on")
    terminal.press("brief\r")
    terminal.wait_for("~ note")  # the panel, which hid it, closes once the note is saved
    terminal.kill()
    assert draft_in(project_path).note == "brief"


def test_a_letter_as_a_command_key_is_refused_before_the_screens_open(
    with_settings: Callable[[str], Terminal],
) -> None:
    terminal = with_settings('[keys]\nnote = "n"\n')
    terminal.wait_for("letters and digits answer questions")
