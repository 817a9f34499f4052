from __future__ import annotations

import re
import threading
from hashlib import sha256
from pathlib import Path

import pytest

from dipsample.errors import DamagedError, SurroundingsError, UsageError
from dipsample.store import new_project
from dipsample.surroundings import (
    FixedClock,
    FixedEntropy,
    Identity,
    SystemClock,
    SystemEntropy,
    check_name,
    data_folder,
    device_of,
    person_of,
    settings_file,
)

PROJECT = "ab" * 16


def test_the_clock_of_this_computer_speaks_utc_to_the_second() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", SystemClock().now())


def test_a_fixed_clock_moves_by_its_step_and_over_midnight() -> None:
    clock = FixedClock("2024-12-31T23:59:30Z", step_seconds=20)
    assert [clock.now() for _ in range(3)] == [
        "2024-12-31T23:59:30Z",
        "2024-12-31T23:59:50Z",
        "2025-01-01T00:00:10Z",
    ]


def test_entropy_has_the_length_asked_for_and_does_not_repeat() -> None:
    entropy = SystemEntropy()
    assert re.fullmatch("[0-9a-f]{32}", entropy.hex(16))
    assert entropy.hex(16) != entropy.hex(16)


def test_fixed_entropy_is_the_hash_of_name_and_counter() -> None:
    stream = (sha256(b"demo|0").digest() + sha256(b"demo|1").digest()).hex()
    entropy = FixedEntropy("demo")
    assert entropy.hex(5) + entropy.hex(40) == stream[:90]


def test_a_project_made_of_fixed_surroundings_is_the_same_each_time() -> None:
    made = [
        new_project(clock=FixedClock("2025-03-31T09:00:00Z"), entropy=FixedEntropy("demo"))
        for _ in range(2)
    ]
    assert made[0] == made[1]


@pytest.mark.parametrize("name", ["a", "anna.b-c_d", "0", "a" * 32])
def test_a_stream_is_person_and_device_and_gives_the_person_back(name: str) -> None:
    stream = Identity(name=name, device="0a1b2c3d").stream
    assert re.fullmatch(r"[a-z0-9._-]{1,64}", stream)
    assert person_of(stream) == name


@pytest.mark.parametrize("name", ["", ".a", "-a", "Anna", "a b", "a" * 33, "é", "a\n"])
def test_other_names_are_refused_without_being_repeated(name: str) -> None:
    with pytest.raises(UsageError, match="--as"):
        check_name(name)
    with pytest.raises(UsageError):
        Identity(name=name, device="0a1b2c3d")


def test_a_device_without_dots_keeps_streams_apart() -> None:
    with pytest.raises(UsageError):
        Identity(name="a", device="b.c")


def test_an_installation_keeps_its_name_for_a_project(tmp_path: Path) -> None:
    first = device_of(PROJECT, folder=tmp_path / "new", entropy=SystemEntropy())
    assert device_of(PROJECT, folder=tmp_path / "new", entropy=SystemEntropy()) == first
    assert device_of("cd" * 16, folder=tmp_path / "new", entropy=SystemEntropy()) != first
    assert device_of(PROJECT, folder=tmp_path / "other", entropy=SystemEntropy()) != first


def test_two_that_ask_for_the_first_time_at_once_get_one_name(tmp_path: Path) -> None:
    start = threading.Barrier(8)
    found: list[str] = []

    def ask() -> None:
        start.wait()
        found.append(device_of(PROJECT, folder=tmp_path, entropy=SystemEntropy()))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert [path.name for path in (tmp_path / "devices").iterdir()] == [PROJECT]


def test_a_damaged_or_closed_place_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "devices").mkdir()
    (tmp_path / "devices" / PROJECT).write_text("../../x")
    with pytest.raises(DamagedError, match="delete"):
        device_of(PROJECT, folder=tmp_path, entropy=SystemEntropy())
    (tmp_path / "file").write_text("")
    with pytest.raises(SurroundingsError, match="writable"):
        device_of(PROJECT, folder=tmp_path / "file", entropy=SystemEntropy())


@pytest.mark.parametrize(
    ("platform", "env", "expected"),
    [
        ("linux", {}, "/home/anna/.local/share/dipsample"),
        ("linux", {"XDG_DATA_HOME": "/data"}, "/data/dipsample"),
        ("darwin", {}, "/home/anna/Library/Application Support/dipsample"),
        ("win32", {}, "/home/anna/AppData/Local/dipsample"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/dipsample"),
    ],
)
def test_each_system_has_its_private_folder(
    platform: str, env: dict[str, str], expected: str
) -> None:
    assert data_folder(env, platform=platform, home=Path("/home/anna")) == Path(expected)


@pytest.mark.parametrize(
    ("platform", "env", "expected"),
    [
        ("linux", {}, "/home/anna/.config/dipsample"),
        ("linux", {"XDG_CONFIG_HOME": "/c"}, "/c/dipsample"),
        ("darwin", {}, "/home/anna/Library/Application Support/dipsample"),
        ("win32", {}, "/home/anna/AppData/Roaming/dipsample"),
        ("win32", {"APPDATA": "/r"}, "/r/dipsample"),
    ],
)
def test_each_system_has_its_place_for_the_settings_of_a_user(
    platform: str, env: dict[str, str], expected: str
) -> None:
    found = settings_file(env, platform=platform, home=Path("/home/anna"))
    assert found == Path(expected) / "settings.toml"
