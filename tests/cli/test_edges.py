"""The edges of the program: what it says besides, and how it ends when it is stopped."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Job, Program

SEED = "60921108449012345678"
PLANTED = """
import sys
import dipsample.audit
def fault(self, *given, **named):
    raise ZeroDivisionError("case text")
dipsample.audit.Audit.cases = fault
from dipsample.cli.run import run
sys.exit(run(sys.argv[1:]))
"""


@contextmanager
def not_ignored(number: signal.Signals) -> Iterator[None]:
    """Let what is started here hear a signal that a shell's background job ignores."""
    before = signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(number, before)


def stopped(run: Program, *words: str, after: str) -> tuple[int, list[str]]:
    """Send Ctrl-C once the command has written its first line to a stream."""
    with not_ignored(signal.SIGINT), subprocess.Popen(
        run.command(*words), cwd=run.folder, env=run.environment,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        stream = process.stdout if after == "stdout" else process.stderr
        stream.readline()
        process.send_signal(signal.SIGINT)
        wrong = process.stderr.read().decode()
        code = process.wait(timeout=120)
    return code, [line for line in wrong.splitlines() if line]


def test_ctrl_c_ends_with_130_and_one_line(drawn: Job, copy_of: Callable[[Job], Program]) -> None:
    run = copy_of(drawn)
    code, lines = stopped(run, "code", "audit.dip", "--plain", "--as", "amber", after="stdout")
    assert (code, lines) == (130, ["interrupted; what was saved is kept"])
    run("verify", "audit.dip")


def test_ctrl_c_in_the_middle_of_a_job_leaves_whole_projects(program: Program) -> None:
    code, lines = stopped(program, "demo", "try-it", after="stderr")
    assert code == 130
    assert lines[-1] == "interrupted; what was saved is kept"
    for project in (program.folder / "try-it").glob("*.dip"):
        program("verify", project)


def test_a_reader_that_has_read_enough_ends_the_command_quietly(coded: Job) -> None:
    for words in (("cases", "audit.dip"), ("log", "audit.dip", "--format", "csv"), ("--help",)):
        process = subprocess.Popen(
            coded.program.command(*words), cwd=coded.folder, env=coded.program.environment,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0
        process.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here that is always full")
def test_output_that_cannot_be_written_is_a_matter_of_the_surroundings(coded: Job) -> None:
    run = coded.program
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            run.command("cases", "audit.dip"), cwd=run.folder, env=run.environment,
            stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert done.returncode == 7
    assert len(done.stderr.decode().splitlines()) == 1


def test_quiet_prints_results_alone(coded: Job) -> None:
    usual = coded.program("findings", "audit.dip", "--indicator", "M1")
    quiet = coded.program("--quiet", "findings", "audit.dip", "--indicator", "M1")
    assert quiet.stdout == usual.stdout
    assert usual.stderr != ""
    assert quiet.stderr == ""


def test_a_traceback_shows_with_debug_alone_and_the_code_stays(program: Program) -> None:
    assert program.apart("cases", "missing.dip", code=3).sentence
    shown = program.apart("--debug", "cases", "missing.dip", code=3).stderr
    assert shown.startswith("Traceback")
    assert shown.splitlines()[-1].startswith("dipsample: There is no project at missing.dip")


def test_a_fault_of_ours_is_one_line_that_does_not_repeat_what_it_holds(coded: Job) -> None:
    run = coded.program
    command = [*run.command()[:2], "-c", PLANTED, "cases", "audit.dip"]
    done = subprocess.run(
        command, cwd=run.folder, env=run.environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (70, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("dipsample: a fault of this program (ZeroDivisionError)")
    assert "case text" not in line


def test_results_are_utf8_whatever_the_locale(program: Program) -> None:
    run = program.within(program.folder, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert "Zoë" in run.apart("ticket", "--seed", SEED, "Zoë").stdout
    assert "Zoë.dip" in run.apart("init", "Zoë.dip", "--title", "Été", "--unencrypted").stdout


def test_a_bare_command_shows_the_help_of_the_group(program: Program) -> None:
    said = program.apart(code=2)
    assert said.stdout == ""
    assert said.stderr.startswith("Usage: dipsample")
    assert program("--help").stdout == said.stderr
    assert program("--version").stdout.startswith("dipsample 0.")


READ = """
import os, sys
from dipsample.cli.run import run
from dipsample.cli import cases, verify, log, assign
import dipsample.verification, dipsample.opening, dipsample.overview, duckdb, sqlcipher3, numpy
import exports.draw_record.reading, sampling.estimation
if os.getuid() == 0:  # root may write to every file
    os.setresuid(65534, 65534, 65534)
sys.exit(run(sys.argv[1:]))
"""


def test_a_read_only_project_can_be_listed_and_verified_and_not_written(drawn: Job) -> None:
    codes = {}
    with TemporaryDirectory() as name:  # pytest's own folders are closed to other users
        project = Path(name) / "audit.dip"
        project.write_bytes(drawn.project.read_bytes())
        project.chmod(0o444)
        project.parent.chmod(0o555)
        for command in (("cases",), ("verify",), ("assign", "--reviewers", "a")):
            done = subprocess.run(
                [*drawn.program.command()[:2], "-c", READ, *command, project],
                cwd="/", env=drawn.program.environment, capture_output=True, check=False,
            )  # fmt: skip
            codes[command[0]] = (done.returncode, len(done.stderr.splitlines()))
        project.parent.chmod(0o755)
    assert codes == {"cases": (0, 0), "verify": (0, 0), "assign": (7, 1)}
