"""Builds the wheel, installs it alone in an empty environment, and runs it from there.

Fails where the wheel holds anything but the four packages, where a data file is missing, or
where the installed program does not do the whole job.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = {"dipsample", "sampling", "review", "exports"}
DATA = {
    "review/codebooks/da-short.toml",
    "review/codebooks/da-full.toml",
    "dipsample/py.typed",
    "sampling/py.typed",
}


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command and return what it printed; leave with its words where it fails."""
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def check_content(wheel: Path) -> None:
    """Leave with a sentence where the wheel holds too much or too little."""
    names = set(zipfile.ZipFile(wheel).namelist())
    top = {name.split("/")[0] for name in names if ".dist-info" not in name.split("/")[0]}
    if top != PACKAGES:
        sys.exit(f"the wheel's top level is {sorted(top)}, and should be {sorted(PACKAGES)}")
    missing = DATA - names
    if missing:
        sys.exit(f"the wheel lacks {sorted(missing)}")
    if any("/tests/" in name or name.startswith("tests/") for name in names):
        sys.exit("the wheel holds tests")


def main() -> None:
    """Build, install, run."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", scratch, cwd=ROOT)
        (wheel,) = scratch.glob("*.whl")
        check_content(wheel)
        venv.create(scratch / "env", with_pip=True)
        python = scratch / "env" / "bin" / "python"
        pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        run(*pip, "--require-hashes", "-r", ROOT / "locks" / "run.txt", cwd=scratch)
        run(*pip, "--no-deps", wheel, cwd=scratch)
        program = scratch / "env" / "bin" / "dipsample"
        version = run(program, "--version", cwd=scratch).strip()
        run(program, "demo", "demo", cwd=scratch)
        workbooks = list((scratch / "demo").glob("**/*.xlsx"))
        if not workbooks:
            sys.exit("the installed program left no workbook")
        print(f"{wheel.name}: {version} works in an empty environment, {len(workbooks)} workbook")


if __name__ == "__main__":
    main()
