"""Which tests reach which lines, and whether any of them notices a mutant.

Each run of the tests is a fork of this process, in which the libraries are loaded and the project
is not, so that a mutant costs what its tests cost.
"""

from __future__ import annotations

import gc
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any

import hypothesis
import pytest

from benchmarks.mutants import Mutant

ROOT = Path(__file__).resolve().parents[1]
TESTS = ("tests/sampling/estimation", "tests/sampling/test_tickets.py")
QUIET = (
    *("-q", "--assert=plain", "--rootdir", str(ROOT)),
    *(f"-pno:{name}" for name in ("cacheprovider", "unraisableexception", "threadexception")),
)
LIBRARIES = (
    *("numpy", "scipy.special", "scipy.optimize", "pydantic", "hypothesis.strategies"),
    *("sampling.errors", "sampling.frame"),
)
"""What is loaded once for all mutants; holds no module that is changed."""
MOST_MEMORY = 4 * 2**30
STEP_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Reach:
    """What the tests of a sound project do."""

    lines: dict[str, dict[int, list[str]]]
    """By file name and line, the tests that come there."""
    seconds: dict[str, float]
    """What each test takes, while its lines are noted."""


class FixedExamples:
    """A plugin: examples of hypothesis are the same each time, and failing ones not made small."""

    def pytest_sessionstart(self) -> None:
        """Set the examples before a test is loaded."""
        phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
        hypothesis.settings.register_profile(
            "mutants",
            max_examples=30,
            deadline=None,
            derandomize=True,
            database=None,
            phases=phases,
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        hypothesis.settings.load_profile("mutants")


class NoteLines(FixedExamples):
    """A plugin that also notes the lines that every test comes to."""

    def __init__(self, targets: Sequence[Path]) -> None:
        self.targets = {str(path): path.name for path in targets}
        self.lines: dict[str, dict[int, set[str]]] = {path.name: {} for path in targets}
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()
        self.test = ""

    def note(self, frame: FrameType, event: str, _: object) -> Any:
        """Note a line for the test that runs; what ``sys.settrace`` calls."""
        name = self.targets.get(frame.f_code.co_filename)
        if name is None:
            return None
        if event in {"call", "line"}:
            self.lines[name].setdefault(frame.f_lineno, set()).add(self.test)
        return self.note

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Note the lines of one test, its fixtures among them."""
        self.test, began = item.nodeid, time.perf_counter()
        sys.settrace(self.note)
        yield
        sys.settrace(None)
        self.seconds[item.nodeid] = time.perf_counter() - began

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember who fails or is skipped."""
        if not report.passed:
            self.failed.add(report.nodeid)


def measured_reach(targets: Sequence[Path]) -> Reach:
    """Run all tests once; those that fail or are skipped are named and left out."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    for name in LIBRARIES:
        __import__(name)
    names = {module_name(path) for path in targets}
    assert not names & set(sys.modules), "a module to be changed is loaded already"
    gc.freeze()
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "reach.json"

        def run() -> int:
            notes = NoteLines(targets)
            pytest.main([*QUIET, *TESTS], plugins=[notes])
            lines = {
                name: {line: sorted(tests - notes.failed) for line, tests in each.items()}
                for name, each in notes.lines.items()
            }
            assert notes.seconds, "no test ran"
            kept.write_text(json.dumps([lines, notes.seconds, sorted(notes.failed)]))
            return 0

        _finish(_fork(run), limit=3600)
        lines, seconds, failed = json.loads(kept.read_text())
    for test in failed:
        print(f"left out, as it does not pass here: {test}", file=sys.stderr)
    numbered = {
        name: {int(line): tests for line, tests in each.items()} for name, each in lines.items()
    }
    return Reach(numbered, seconds)


def noticed(mutant: Mutant, path: Path, tests: Sequence[str], *, limit: float) -> str:
    """Return ``failed``, ``too slow``, ``passed`` or ``not reached``."""
    if not tests:
        return "not reached"

    def run() -> int:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        sys.meta_path.insert(0, Changed(path, compile(mutant.tree, str(path), "exec")))
        return int(pytest.main([*QUIET, "-x", *tests], plugins=[FixedExamples()]) != 0)

    status = _finish(_fork(run), limit=limit)
    if status is None:
        return "too slow"
    return "passed" if status == 0 else "failed"


class Changed(importlib.abc.MetaPathFinder):
    """Finds one module, and loads the changed code in its place."""

    def __init__(self, path: Path, code: CodeType) -> None:
        self.name = module_name(path)
        self.path, self.code = path, code

    def find_spec(
        self, fullname: str, path: object, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Return the changed module for its name, nothing for others."""
        if fullname != self.name:
            return None
        loader = importlib.machinery.SourceFileLoader(fullname, str(self.path))
        setattr(loader, "get_code", lambda _: self.code)  # noqa: B010
        return importlib.util.spec_from_file_location(fullname, self.path, loader=loader)


def module_name(path: Path) -> str:
    """Return the name under which a file of the project is imported."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def _fork(run: Callable[[], int]) -> int:
    process = os.fork()
    if process:
        return process
    code = 3
    try:
        os.setsid()
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        os.chdir(ROOT)
        code = run()
    finally:
        os._exit(code)


def _finish(process: int, *, limit: float) -> int | None:
    """Wait for a process; None where it had to be ended."""
    until = time.monotonic() + limit
    while time.monotonic() < until:
        ended, status = os.waitpid(process, os.WNOHANG)
        if ended:
            return status
        time.sleep(STEP_SECONDS)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return None
