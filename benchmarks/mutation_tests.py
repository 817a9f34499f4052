"""Which tests reach which lines, and whether any of them notices a mutant.

A mutant inside a function is put into a fork of a process that has collected the tests already, so
that it costs what its tests cost. A mutant of what runs when a module is loaded gets a fork in
which the libraries are loaded and the project is not.
"""

from __future__ import annotations

import ast
import gc
import importlib.abc
import importlib.machinery
import importlib.util
import json
import math
import os
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any

import hypothesis
import pytest
from _pytest.runner import runtestprotocol

from benchmarks.mutants import Mutant
from benchmarks.mutation_swap import Loaded, Swaps, loaded, swaps

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
LEAST_SECONDS, TIMES_AS_LONG = 2, 8
"""Of processor time: what every test is given, beside so many times what it takes on sound code."""
WALL = 20
"""How many times its processor time a mutant may wait for, on a machine that does other work."""
STEP_SECONDS = 0.005


@dataclass(frozen=True, slots=True)
class Reach:
    """What the tests of a sound project do."""

    lines: dict[str, dict[int, list[str]]]
    """By file name and line, the tests that come there."""
    seconds: dict[str, float]
    """What each test takes of a processor."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A mutant, and the tests that it is to be tried by."""

    mutant: Mutant
    path: Path
    """The module that is changed."""
    tests: tuple[str, ...]
    """In the order in which they run."""
    seconds: tuple[float, ...]
    """What each takes on sound code."""


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
        self.test, began = item.nodeid, time.process_time()
        if self.targets:
            sys.settrace(self.note)
        yield
        sys.settrace(None)
        self.seconds[item.nodeid] = time.process_time() - began

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember who fails or is skipped."""
        if not report.passed:
            self.failed.add(report.nodeid)


def measured_reach(targets: Sequence[Path], tests: Sequence[str]) -> Reach:
    """Run tests twice, for lines and for time; name and leave out those that do not pass."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    for name in LIBRARIES:
        __import__(name)
    names = {module_name(path) for path in targets}
    assert not names & set(sys.modules), "a module to be changed is loaded already"
    gc.freeze()
    lines, _, failed_traced = _noted(targets, tests)
    _, seconds, failed_untraced = _noted((), tests)
    failed = {*failed_traced, *failed_untraced}
    for test in sorted(failed):
        print(f"left out, as it does not pass here: {test}", file=sys.stderr)
    numbered = {
        name: {int(line): [test for test in tests if test not in failed] for line, tests in each}
        for name, each in ((name, found.items()) for name, found in lines.items())
    }
    return Reach(numbered, seconds)


def _noted(
    targets: Sequence[Path], tests: Sequence[str]
) -> tuple[dict[str, dict[str, list[str]]], dict[str, float], list[str]]:
    """Run tests in a fork; return lines by file, seconds by test, and who did not pass."""

    def run(kept: Path) -> int:
        notes = NoteLines(targets)
        pytest.main([*QUIET, *tests], plugins=[notes])
        assert notes.seconds, "no test ran"
        lines = {
            name: {line: sorted(tests) for line, tests in each.items()}
            for name, each in notes.lines.items()
        }
        kept.write_text(json.dumps([lines, notes.seconds, sorted(notes.failed)]))
        return 0

    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "noted.json"
        _finish(_fork(lambda: run(kept)), limit=3600)
        lines, seconds, failed = json.loads(kept.read_text())
    return lines, seconds, failed


def results_of(trials: Sequence[Trial]) -> list[str]:
    """Return for each trial ``failed``, ``too slow``, ``passed`` or ``not reached``.

    Args:
        trials: Of one module or of several.
    """
    found = dict.fromkeys((at for at, one in enumerate(trials) if not one.tests), "not reached")
    left = {at: one for at, one in enumerate(trials) if one.tests}
    if left:
        found |= _tried_in_place(left)
    return [found[at] if at in found else _tried_afresh(trial) for at, trial in enumerate(trials)]


class InPlace(FixedExamples):
    """A plugin that runs no test itself, but each trial in a fork of the collected session."""

    def __init__(self, trials: Mapping[int, Trial], failing: Path) -> None:
        self.trials = trials
        self.failing = failing
        self.found: dict[int, str] = {}
        self.failures: Counter[str] = Counter()

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try every mutant that can be put into loaded functions."""
        items = {item.nodeid: item for item in session.items}
        paths = {trial.path for trial in self.trials.values()}
        sound = {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}
        modules = {path: loaded(str(path)) for path in paths}
        for at, trial in self.trials.items():
            module = modules[trial.path]
            changed = swaps(sound[trial.path], trial.mutant.tree, str(trial.path))
            if changed is not None and module.can_take(changed):
                run = partial(self._try, [items[test] for test in trial.tests], module, changed)
                self.found[at] = _judged(partial(run, trial.seconds), trial)
                self._remember()
        return True

    def _try(
        self,
        items: Sequence[pytest.Item],
        module: Loaded,
        changed: Swaps,
        seconds: Sequence[float],
    ) -> int:
        """Run tests until one fails: quick ones first, and those that failed before."""
        module.put(changed)

        def promise(pair: tuple[pytest.Item, float]) -> float:
            return (self.failures[pair[0].nodeid] + 0.1) / (pair[1] + 0.001)

        for item, each in sorted(zip(items, seconds, strict=True), key=promise, reverse=True):
            self.failing.write_text(item.nodeid, encoding="utf-8")
            if not _passes(item, each):
                return 1
        self.failing.unlink()
        return 0

    def _remember(self) -> None:
        if self.failing.is_file():
            self.failures[self.failing.read_text(encoding="utf-8")] += 1
            self.failing.unlink()


def _passes(item: pytest.Item, seconds: float) -> bool:
    until = math.ceil(time.process_time() + LEAST_SECONDS + TIMES_AS_LONG * seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))
    reports = runtestprotocol(item, nextitem=None, log=False)
    return all(report.passed for report in reports)


def _tried_in_place(trials: Mapping[int, Trial]) -> dict[int, str]:
    """Return the results of those trials whose mutants can be put into loaded functions."""
    tests = sorted({test for trial in trials.values() for test in trial.tests})

    def run(kept: Path) -> int:
        plugin = InPlace(trials, kept.with_name("failing"))
        pytest.main([*QUIET, *tests], plugins=[plugin])
        kept.write_text(json.dumps(list(plugin.found.items())))
        return 0

    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "results.json"
        _finish(_fork(lambda: run(kept)), limit=24 * 3600)
        return dict(json.loads(kept.read_text()))


def _tried_afresh(trial: Trial) -> str:
    def run() -> int:
        code = compile(trial.mutant.tree, str(trial.path), "exec")
        sys.meta_path.insert(0, Changed(trial.path, code))
        return int(pytest.main([*QUIET, "-x", *trial.tests], plugins=[FixedExamples()]) != 0)

    return _judged(run, trial)


def _judged(run: Callable[[], int], trial: Trial) -> str:
    """Run a trial in a fork, within bounds of memory and processor time."""
    seconds = 2 * LEAST_SECONDS + math.ceil(TIMES_AS_LONG * sum(trial.seconds))

    def bounded() -> int:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
        return run()

    status = _finish(_fork(bounded), limit=WALL * seconds)
    if status is None or os.WIFSIGNALED(status):
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
