"""How commands that are printed to be typed name the program."""

from __future__ import annotations

import pytest

from dipsample.cli.console import program_name


@pytest.mark.parametrize(
    ("started", "found", "expected"),
    [
        (".venv/bin/dipsample", None, ".venv/bin/dipsample"),
        (".venv/bin/dipsample", "/usr/bin/dipsample", "dipsample"),
        ("dipsample/__main__.py", None, "dipsample"),
    ],
)
def test_the_program_is_named_as_it_can_be_run(
    started: str, found: str | None, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", [started, "demo"])
    monkeypatch.setattr("shutil.which", lambda _name: found)
    assert program_name() == expected
