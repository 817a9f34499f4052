from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

import dipsample.audit
from dipsample.tui.commands import (
    COMMANDS,
    Command,
    Need,
    Where,
    command_for,
    commands_of,
    enabled_on,
    key_table,
)
from dipsample.tui.drawing.key_bar import key_bar
from dipsample.tui.drawing.lines import line_text, line_width
from dipsample.tui.drawing.pages import help_lines
from dipsample.tui.plain_grammar import coding_words, names_of

FORBIDDEN = {"ctrl+i", "ctrl+m", "ctrl+h", "ctrl+[", "ctrl+z", "ctrl+s"}
OPPOSITES = {frozenset({Need.DEFERRED}), frozenset({Need.SUBMITTED})}


def by_id(command: Command) -> str:
    return command.id


@pytest.mark.parametrize("command", COMMANDS, ids=by_id)
def test_no_command_has_a_letter_or_a_digit(command: Command) -> None:
    for key in (*command.keys, command.f_key):
        assert not (len(key) == 1 and key.isalnum())
        assert key not in FORBIDDEN


@pytest.mark.parametrize("command", COMMANDS, ids=by_id)
def test_every_command_has_a_function_key_and_a_short_label(command: Command) -> None:
    keys = (*command.keys, command.f_key)
    assert any(key.removeprefix("shift+").startswith("f") and key[-1].isdigit() for key in keys)
    assert 0 < len(command.label) <= 10
    assert command.help.endswith(".")


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.calls], ids=by_id)
def test_every_command_that_changes_something_is_a_method_of_audit(command: Command) -> None:
    assert callable(getattr(dipsample.audit.Audit, command.calls))


NEVER_BOTH = (
    {Need.DEFERRED, Need.NOT_DEFERRED},
    {Need.SUBMITTED, Need.OPEN_CODING},
    {Need.ASKED_WHY, Need.OPEN_QUESTIONS, Need.ALL_DECIDED, Need.CLOSED},
)
"""Of each of these at most one is so."""


@pytest.mark.parametrize("where", Where)
def test_no_key_stands_for_two_commands_that_can_be_done_at_once(where: Where) -> None:
    for one, other in combinations(commands_of(where), 2):
        keys = {*one.keys, one.f_key} & {*other.keys, other.f_key} - {""}
        if keys:
            together = one.needs | other.needs
            assert any(len(never & together) > 1 for never in NEVER_BOTH), (one.id, other.id, keys)


@pytest.mark.parametrize("where", Where)
def test_every_screen_has_help_and_a_way_back_that_is_not_escape_alone(where: Where) -> None:
    commands = commands_of(where)
    assert "help" in {command.id for command in commands}
    for command in commands:
        if "escape" in command.keys:
            assert "`" in command.keys
            assert command.f_key


@pytest.mark.parametrize("key", ["f21", "shift+f9"])
def test_shifted_function_keys_are_known_by_either_name(key: str) -> None:
    command = command_for(key, where=Where.CODING, has=frozenset({Need.OPEN_CODING}))
    assert command is not None
    assert command.id == "redo"


def test_a_command_whose_need_is_not_met_is_no_command() -> None:
    assert command_for("enter", where=Where.QUEUE, has=frozenset()) is None


@pytest.mark.parametrize("where", Where)
@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_key_bar_shows_commands_of_the_registry_whole_and_help_last(
    where: Where, width: int
) -> None:
    commands = enabled_on(where, frozenset(Need) - {Need.DEFERRED, Need.SUBMITTED})
    (line,) = key_bar(commands, width, answers=("y", "n"))
    text = line_text(line)
    assert line_width(line) == width
    assert text.rstrip().endswith("F1 help")
    labels = {command.label for command in commands}
    shown = {span.text.strip() for span in line if span.text.strip() in labels}
    assert shown
    keys = {key for command in commands for key in command.keys} | {"y", "n", ""}
    assert {span.press for span in line} <= keys


@pytest.mark.parametrize("where", Where)
def test_help_says_every_command_of_the_screen(where: Where) -> None:
    text = " ".join(" ".join(line_text(line) for line in help_lines(where, 80)).split())
    for command in commands_of(where):
        assert " ".join(command.help.split()) in text
        assert command.shown_key in text


def test_plain_mode_knows_the_word_of_every_command_that_has_one() -> None:
    words = names_of(coding_words())
    assert {command.word for command in COMMANDS if command.word} <= words
    assert all(len(word) > 1 or word == "?" for word in words)


def test_no_two_commands_share_a_word() -> None:
    words = [command.word for command in COMMANDS if command.word]
    assert len(words) == len(set(words))


def test_the_readme_table_is_the_registry() -> None:
    readme = Path(__file__).parents[2] / "README.md"
    text = readme.read_text(encoding="utf-8")
    start, end = "<!-- keys -->\n", "<!-- /keys -->"
    assert start in text, "the README has no place for the key table"
    assert text.split(start)[1].split(end)[0] == key_table()
