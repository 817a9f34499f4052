from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dipsample.errors import PassphraseError
from dipsample.passphrase import VARIABLE, find_passphrase, new_passphrase

GOOD = "four words and more"


def typed(*answers: str) -> Callable[[str], str]:
    waiting = list(answers)
    return lambda _prompt: waiting.pop(0)


@pytest.fixture
def private(tmp_path: Path) -> Path:
    file = tmp_path / "secret"
    file.write_text(f"{GOOD}\n")
    file.chmod(0o600)
    return file


def test_the_file_comes_before_the_environment_and_that_before_the_prompt(private: Path) -> None:
    env = {VARIABLE: "from the environment"}
    assert find_passphrase(private, env, ask=typed("typed")) == GOOD
    assert find_passphrase(None, env, ask=typed("typed")) == "from the environment"
    assert find_passphrase(None, {VARIABLE: ""}, ask=typed("typed")) == "typed"


def test_no_source_and_no_terminal_ends_with_2() -> None:
    with pytest.raises(PassphraseError, match="--passphrase-file") as refusal:
        find_passphrase(None, {}, ask=None)
    assert refusal.value.exit_code == 2


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o777])
def test_a_file_open_to_others_is_refused(private: Path, mode: int) -> None:
    private.chmod(mode)
    with pytest.raises(PassphraseError, match="chmod 600") as refusal:
        find_passphrase(private, {VARIABLE: GOOD}, ask=typed(GOOD))
    assert refusal.value.exit_code == 2


@pytest.mark.parametrize("content", [b"", b"\n", b"two\nlines", b"\xff\xfe", b"nul\x00"])
def test_a_file_without_one_line_of_text_is_refused(private: Path, content: bytes) -> None:
    private.write_bytes(content)
    with pytest.raises(PassphraseError):
        find_passphrase(private, {}, ask=None)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PassphraseError, match="check its path"):
        find_passphrase(tmp_path / "none", {}, ask=typed(GOOD))


def test_a_line_end_of_windows_is_not_part_of_it(private: Path) -> None:
    private.write_bytes(f" {GOOD} \r\n".encode())
    assert find_passphrase(private, {}, ask=None) == f" {GOOD} "


def test_accents_spelt_in_two_ways_are_the_same_passphrase() -> None:
    composed = find_passphrase(None, {}, ask=typed("caf\u00e9 au lait"))
    assert find_passphrase(None, {}, ask=typed("cafe\u0301 au lait")) == composed


def test_a_new_passphrase_is_asked_for_twice_and_has_12_characters() -> None:
    assert new_passphrase(None, {}, ask=typed(GOOD, GOOD)) == GOOD
    with pytest.raises(PassphraseError, match="differ"):
        new_passphrase(None, {}, ask=typed(GOOD, GOOD + "x"))
    with pytest.raises(PassphraseError, match="at least 12"):
        new_passphrase(None, {}, ask=typed("elevenchars", "elevenchars"))
    assert new_passphrase(None, {VARIABLE: "twelve chars"}, ask=None) == "twelve chars"


def test_a_short_one_still_opens_an_older_project_and_is_never_repeated() -> None:
    assert find_passphrase(None, {}, ask=typed("short")) == "short"
    with pytest.raises(PassphraseError) as refusal:
        new_passphrase(None, {VARIABLE: "short"}, ask=None)
    assert "short" not in str(refusal.value).replace("shorter", "")
