"""Keys of the user's own: laid over the registry, shown everywhere, and never lossy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipsample.errors import InputError
from dipsample.tui.commands import COMMANDS, Need, Where, command_for, commands_of, enabled_on
from dipsample.tui.drawing.key_bar import key_bar
from dipsample.tui.drawing.lines import line_text
from dipsample.tui.drawing.pages import help_lines
from dipsample.tui.rebinding import rebound

EDITING = frozenset({Need.OPEN_CODING, Need.NOT_DEFERRED, Need.CASES})
signs = st.sampled_from("~+*^&%$@!?<>{}|_:;,.'/-#=[]\\")
wishes = st.dictionaries(st.sampled_from([one.id for one in COMMANDS]), signs, max_size=6)


def done_by(key: str, keys: dict[str, str], where: Where = Where.CODING) -> str | None:
    command = command_for(key, where=where, has=EDITING, among=rebound(keys))
    return None if command is None else command.id


def test_a_sign_stands_for_the_command_that_it_is_given_to() -> None:
    assert done_by("~", {"note": "~"}) == "note"
    assert done_by(";", {"note": "~"}) == "note"
    assert done_by("~", {}) is None


def test_a_sign_that_is_given_away_leaves_the_command_its_function_key() -> None:
    keys = {"note": "#"}
    assert done_by("#", keys) == "note"
    assert done_by("f7", keys) == "flag"
    (flag,) = (one for one in rebound(keys) if one.id == "flag")
    assert (flag.shown_key, flag.shown_keys) == ("F7", "F7")


def test_two_commands_may_change_their_signs() -> None:
    keys = {"note": "#", "flag": ";"}
    assert (done_by("#", keys), done_by(";", keys)) == ("note", "flag")


@pytest.mark.parametrize("key", ["a", "Z", "7", "é", "f5", "enter", "", " ", "`", "\t", "\u4e00"])
def test_letters_digits_and_keys_that_lead_out_are_refused(key: str) -> None:
    with pytest.raises(InputError, match=r"\[keys\] note"):
        rebound({"note": key})


def test_an_unknown_command_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match=r"there is no such command; there are .*zoom"):
        rebound({"nonsense": "~"})


def test_one_sign_for_two_commands_of_a_screen_is_refused() -> None:
    with pytest.raises(InputError, match="note and flag are on one screen"):
        rebound({"note": "~", "flag": "~"})
    rebound({"note": "~", "erase": "~"})
    rebound({"defer": "~", "resume": "~"})


@given(wishes)
def test_no_command_is_ever_lost_or_ambiguous(keys: dict[str, str]) -> None:
    try:
        registry = rebound(keys)
    except InputError:
        return
    assert [one.id for one in registry] == [one.id for one in COMMANDS]
    for command in registry:
        where, needs = next(iter(command.where)), command.needs
        for key in (*command.keys, command.f_key):
            if key:
                found = command_for(key, where=where, has=needs, among=registry)
                assert found is not None
                assert found.id == command.id
        if command.id in keys:
            assert command.pressed == keys[command.id]


def test_key_bar_and_help_show_the_keys_of_the_user() -> None:
    registry = rebound({"note": "~", "quote": "#"})
    (line,) = key_bar(enabled_on(Where.CODING, EDITING, among=registry), 120)
    assert "~ note" in line_text(line)
    assert "# quote" in line_text(line)
    assert "F7 flag" in line_text(line)
    page = "\n".join(map(line_text, help_lines(Where.CODING, 80, registry)))
    assert "~ ; F5" in page
    assert len(commands_of(Where.CODING, among=registry)) == len(commands_of(Where.CODING))
