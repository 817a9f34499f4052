"""What is loaded when, seen from outside by ``sys.modules`` of a fresh process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "textual", "rich", "pandas", "numpy", "scipy", "openpyxl", "pydantic", "duckdb", "sqlcipher3",
    "cryptography",
}  # fmt: skip
IN_PACKAGES = HEAVY - {"pydantic"}


def loaded(code: str) -> set[str]:
    """Return the top-level modules that a fresh process has loaded after some code."""
    told = "import sys; print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-P", "-c", f"{code}\n{told}"], capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["frame", "--help"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    assert not loaded(f"from dipsample.cli.run import run; run({words!r})") & HEAVY


def test_the_help_of_a_command_loads_nothing_heavy() -> None:
    from dipsample.cli.group import COMMANDS

    calls = [f"run([{name!r}, '--help'])" for name in COMMANDS]
    code = "\n".join(["from dipsample.cli.run import run", *calls])
    assert not loaded(code) & HEAVY


@pytest.mark.parametrize("package", ["sampling", "review", "exports"])
def test_a_package_loads_nothing_heavy(package: str) -> None:
    assert not loaded(f"import {package}") & IN_PACKAGES


def test_a_folder_called_exports_in_the_working_directory_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "release.txt").write_text("theirs", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "dipsample", "--version"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.startswith("dipsample ")
    where = subprocess.run(
        [sys.executable, "-c", "import exports; print(exports.__file__)"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert str(tmp_path) not in where.stdout
