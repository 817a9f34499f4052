"""What stands in the files of the project, and what goes into the wheel."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ["dipsample", "sampling", "review", "exports"]
FOLDERS = (*PACKAGES, "tests", "benchmarks", "scripts", "docs", "locks", ".ci")
MACHINE = re.compile(
    r"(?<![\w.~-])/(?:work|root)/\w"  # a folder of one computer
    r"|" + "py" + r"pi\.|python" + r"hosted|index" + r"-url|arti" + r"factory"
)
TEXT = {".py", ".toml", ".md", ".txt", ".sql", ".tcss", ".csv", ".json", ".svg", ""}


def files() -> Iterator[Path]:
    top = (path for path in ROOT.iterdir() if path.name != ".git")  # a file in a linked worktree
    yield from (path for path in top if path.is_file() and path.suffix in TEXT)
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path.suffix in TEXT and "__pycache__" not in path.parts:
                yield path


def test_no_file_names_a_folder_of_one_computer_or_a_package_index() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if MACHINE.search(line)
    ]
    assert found == []


def test_the_wheel_holds_exactly_the_four_packages() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == PACKAGES
    for package in PACKAGES:
        assert (ROOT / package / "__init__.py").is_file()
        assert (ROOT / package / "py.typed").is_file(), package
