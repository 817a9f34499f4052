"""The examples of the README that are meant to be pasted: they are, into a shell."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dipsample.settings import read_settings

if TYPE_CHECKING:
    from tests.cli.conftest import Program

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")


def block(title: str, language: str) -> str:
    """Return the first block of a section."""
    section = README.split(f"### {title}\n")[1]
    found = re.search(rf"^```{language}\n(.*?)^```", section, re.M | re.S)
    assert found is not None
    return found[1]


def test_the_seed_of_several_parties_is_made_by_the_lines_of_the_readme(program: Program) -> None:
    rows = "".join(f"r{n:02d},{'ab'[n % 2]}\n" for n in range(40))
    (program.folder / "extract.csv").write_text(f"id,area\n{rows}", encoding="utf-8")
    program("init", "audit.dip", "--title", "t", "--unencrypted")
    program("frame", "commit", "audit.dip", "extract.csv", "--id", "id", "--keep", "area")
    program("plan", "audit.dip", "--size", 10)
    command = f'dipsample() {{ "{sys.executable}" -P -m dipsample "$@"; }}'
    lines = block("A seed that several parties make", "sh")
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", f"{command}\n{lines}"],
        cwd=program.folder,
        env={**program.environment, "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "10 records drawn" in done.stdout
    assert program("verify", "audit.dip", "extract.csv").lines


def test_the_settings_of_the_readme_are_taken_whole(tmp_path: Path) -> None:
    path = tmp_path / "audit.toml"
    path.write_text(block("What the workbook says", "toml"), encoding="utf-8")
    settings = read_settings(path)
    assert (settings.target, settings.next_update) == ("5 %", "2027-01-31")
    assert None not in settings.model_dump().values()
