"""A small project, made by the commands themselves, and a way to run them as people do."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from unittest.mock import patch

import pytest

from dipsample.cli.run import run
from dipsample.demo import make_extract
from dipsample.opening import open_audit

SEED = "60921108449012345678"
PASSPHRASE = "four words of amber and birch"
NEVER_IN_A_MESSAGE = re.compile(r"DA-[a-z]{12}|\[P[0-9]\]|Traceback|" + PASSPHRASE)


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left."""

    code: int
    stdout: str
    stderr: str

    @property
    def lines(self) -> list[str]:
        return self.stdout.splitlines()

    @property
    def rows(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.stdout)))

    @property
    def sentence(self) -> str:
        """The one line of an error; that it is one, and says nothing of a record, is checked."""
        (line,) = self.stderr.splitlines()
        assert not NEVER_IN_A_MESSAGE.search(line), line
        return line


@dataclass(frozen=True, slots=True)
class Program:
    """Runs `dipsample` in a folder, as a person named by the environment."""

    folder: Path
    home: Path
    env: Mapping[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        return {
            **kept,
            "HOME": str(self.home),
            "XDG_DATA_HOME": str(self.home / "data"),
            "DIPSAMPLE_USER": "supervisor",
            **self.env,
        }

    def command(self, *words: object) -> list[str]:
        return [sys.executable, "-P", "-m", "dipsample", *map(str, words)]

    def __call__(self, *words: object, code: int = 0, stdin: bytes = b"") -> Ran:
        """Run a command without a process of its own, which costs a third as much."""
        with (
            NamedTemporaryFile("w", encoding="utf-8") as stdout,
            NamedTemporaryFile("w", encoding="utf-8") as stderr,
            chdir(self.folder),
            patch.dict(os.environ, self.environment, clear=True),
            patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")),
            redirect_stdout(stdout),
            redirect_stderr(stderr),
        ):
            left = run([str(word) for word in words])
            stdout.flush()
            stderr.flush()
            printed, remarks = (Path(stream.name).read_text("utf-8") for stream in (stdout, stderr))
            ran = Ran(left, printed, remarks)
        return self._held(ran, words, code)

    def apart(self, *words: object, code: int = 0, stdin: bytes = b"") -> Ran:
        """Run a command as people do, in a process of its own."""
        done = subprocess.run(
            self.command(*words),
            cwd=self.folder,
            env=self.environment,
            input=stdin,
            capture_output=True,
            check=False,
            timeout=120,
        )
        ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
        return self._held(ran, words, code)

    def _held(self, ran: Ran, words: tuple[object, ...], code: int) -> Ran:
        assert ran.code == code, f"{words}: {ran.code}\n{ran.stdout}\n{ran.stderr}"
        return ran

    def within(self, folder: Path, **env: str) -> Program:
        """Return the same in another folder, with more in the environment."""
        return Program(folder, self.home, {**self.env, **env})


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def program(tmp_path: Path, home: Path) -> Program:
    """The program, in an empty folder."""
    return Program(tmp_path, home)


@dataclass(frozen=True, slots=True)
class Job:
    """A project that drew 60 of 600 invented incidents, and what the commands printed."""

    program: Program
    printed: Mapping[str, Ran]

    @property
    def folder(self) -> Path:
        return self.program.folder

    @property
    def project(self) -> Path:
        return self.folder / "audit.dip"

    @property
    def extract(self) -> Path:
        return self.folder / "extract.csv"


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Job:
    """Frame, plan, draw and assignment: nothing in this folder may be changed."""
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "extract.csv").write_bytes(make_extract(600, seed=SEED).content)
    apart = Program(folder, home).apart
    frame = ("--id", "incident_id", "--strata", "bcu")
    kept = ("--keep", "party_a_sex,n_persons_arrested", "--record", "narrative")
    seed = ("--seed", SEED, "--seed-source", "ten-sided dice, two witnesses")
    printed = {
        "init": apart("init", "audit.dip", "--title", "Dip sample", "--unencrypted"),
        "frame check": apart("frame", "check", "extract.csv", *frame),
        "frame commit": apart(
            "frame", "commit", "audit.dip", "extract.csv", *frame, *kept,
            "--write-frame", "frame.tsv",
        ),
        "plan": apart("plan", "audit.dip", "--size", 60, "--expect", "0.05"),
        "draw": apart("draw", "audit.dip", "extract.csv", *seed),
        "assign": apart("assign", "audit.dip", "--reviewers", "amber,birch", "--double", "0"),
    }  # fmt: skip
    return Job(Program(folder, home), printed)


@pytest.fixture(scope="session")
def coded(drawn: Job, tmp_path_factory: pytest.TempPathFactory) -> Job:
    """The same, with every case coded by import: nothing in this folder may be changed."""
    folder = tmp_path_factory.mktemp("coded")
    for name in ("audit.dip", "extract.csv", "frame.tsv"):
        shutil.copy(drawn.folder / name, folder)
    program = drawn.program.within(folder)
    for name in ("amber", "birch"):
        (folder / f"{name}.csv").write_text(codings_of(drawn, name), encoding="utf-8")
    printed = {
        name: program.apart("codings", "import", "audit.dip", f"{name}.csv", "--as", name)
        for name in ("amber", "birch")
    }
    return Job(program, {**drawn.printed, **printed})


def codings_of(job: Job, name: str) -> str:
    """Return codings of a reviewer's cases, derived from the columns of the extract."""
    records = {
        row["incident_id"]: row
        for row in csv.DictReader(io.StringIO(job.extract.read_text(encoding="utf-8")))
    }
    audit = open_audit(job.project, is_read_only=True)
    record_ids = {row.case_id: row.record_id for row in audit.cases()}
    lines = ["case,E1,E2,A1,A2,C1,Z3,Z5"]
    for item in audit.queue(name):
        arrested = int(records[record_ids[item.case_id]]["n_persons_arrested"])
        arrests = f"yes,{min(arrested, 2)}" if arrested else "no,"
        lines.append(f"{item.case_id},yes,yes,{arrests},no,high,no")
    audit.close()
    return "\n".join(lines) + "\n"


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[Job], Program]:
    """Return the program in a copy of a job's folder, which may be changed."""

    def copied(job: Job) -> Program:
        folder = tmp_path / "copy"
        shutil.copytree(job.folder, folder)
        return job.program.within(folder)

    return copied
