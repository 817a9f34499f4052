"""How many small changes to the statistics and the tickets the tests notice.

    python -m benchmarks.mutation                    every module; a markdown table
    python -m benchmarks.mutation blaker tickets     some of them, the others as last measured
    python -m benchmarks.mutation --again survivors  once more what no test noticed, by more tests
    python -m benchmarks.mutation --report           the table of what was measured, nothing tried

Every mutant (``benchmarks.mutants``) runs in a process of its own against those tests that reach
its line, the most promising first, until one fails. Tests of hypothesis use fixed examples, so
that the same code gives the same table. What was found is kept in ``--results`` (a JSON file), and
why a survivor survives in ``benchmarks/mutation_reasons.toml``.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from benchmarks.mutants import Mutant, mutants
from benchmarks.mutation_report import Outcome, reason_of, report
from benchmarks.mutation_tests import TESTS, Reach, Trial, measured_reach, results_of

ROOT = Path(__file__).resolve().parents[1]
TARGETS = (
    ROOT / "sampling" / "tickets.py",
    *sorted((ROOT / "sampling" / "estimation").glob("[a-z]*.py")),
)
RESULTS = ROOT / ".mutation.json"


@dataclass(frozen=True, slots=True)
class Measured:
    """What one module's mutants came to."""

    source: str
    """SHA-256 of the module."""
    outcomes: list[Outcome]
    """One for each mutant, in the order of lines."""


def read(path: Path) -> dict[str, Measured]:
    if not path.is_file():
        return {}
    return {
        name: Measured(one["source"], [Outcome(**outcome) for outcome in one["outcomes"]])
        for name, one in json.loads(path.read_text()).items()
    }


def write(path: Path, found: dict[str, Measured]) -> None:
    path.write_text(json.dumps({name: asdict(one) for name, one in sorted(found.items())}))


def commit_of(path: Path) -> str:
    """Return the commit that last changed a module, with a plus where it was changed since."""

    def git(*words: str) -> str:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    changed = git("status", "--porcelain", "--", str(path))
    return git("log", "-1", "--format=%h", "--", str(path)) + ("+" if changed else "")


def trial_of(mutant: Mutant, path: Path, reach: Reach, *, seconds: float) -> Trial:
    """Return a mutant with the tests that reach it, up to so many seconds of them.

    The tests of the module's own file come first, then the fastest. What runs when the module is
    loaded is reached by every test that reaches the module.
    """
    own = f"test_{path.stem}.py"
    lines = reach.lines[path.name]
    wanted = {
        test for line in range(mutant.line, mutant.last_line + 1) for test in lines.get(line, ())
    }
    if not mutant.function or not wanted:
        wanted = {test for each in lines.values() for test in each}
    chosen: list[str] = []
    spent = 0.0
    for test in sorted(wanted, key=lambda one: (own not in one, reach.seconds[one], one)):
        if chosen and spent + reach.seconds[test] > seconds:
            break
        chosen.append(test)
        spent += reach.seconds[test]
    return Trial(mutant, path, tuple(chosen), tuple(reach.seconds[test] for test in chosen))


def settled_before(
    trials: Sequence[Trial], old: Sequence[Outcome], is_open_still: Callable[[Outcome], bool]
) -> dict[int, str]:
    """Return the results of before that need no second trial, by the place of the mutant."""
    left = {words(one) for one in old if is_open_still(one)}
    results = {words(one): one.result for one in old if words(one) not in left}
    return {
        at: results[words(trial.mutant)]
        for at, trial in enumerate(trials)
        if words(trial.mutant) in results
    }


def words(one: Mutant | Outcome) -> tuple[str, int, str, str]:
    return one.function, one.line, one.before, one.after


def measure(
    paths: Sequence[Path], reach: Reach, found: Mapping[str, Measured], how: argparse.Namespace
) -> dict[str, Measured]:
    """Return what came of the mutants of some modules, those settled before among them."""
    trials, settled, sources = dict[str, list[Trial]](), dict[str, dict[int, str]](), {}
    for path in paths:
        name, source = path.stem, path.read_text(encoding="utf-8")
        sources[name] = digest_of(source)
        same = name in found and found[name].source == sources[name]
        trials[name] = [trial_of(one, path, reach, seconds=how.seconds) for one in mutants(source)]
        settled[name] = settled_before(
            trials[name], found[name].outcomes if same else [], partial(is_open, name, how.again)
        )
    left = [
        (name, at)
        for name, each in trials.items()
        for at in range(len(each))
        if at not in settled[name]
    ]
    with ThreadPoolExecutor(how.jobs) as pool:
        parts = [left[start :: how.jobs] for start in range(how.jobs)]
        tried = pool.map(lambda part: results_of([trials[name][at] for name, at in part]), parts)
        for part, results in zip(parts, tried, strict=True):
            for (name, at), result in zip(part, results, strict=True):
                settled[name][at] = result
    return {
        name: Measured(sources[name], outcomes(each, settled[name]))
        for name, each in trials.items()
    }


def is_open(module: str, again: str | None, one: Outcome) -> bool:
    """Say whether a mutant is to be tried once more."""
    if again is None:
        return True
    return not one.is_noticed and (again == "survivors" or reason_of(module, one) is None)


def outcomes(trials: Sequence[Trial], results: Mapping[int, str]) -> list[Outcome]:
    return [
        Outcome(one.function, one.line, one.before, one.after, results[at])
        for at, one in enumerate(trial.mutant for trial in trials)
    ]


def as_they_stand(
    found: dict[str, Measured],
) -> tuple[dict[str, tuple[str, list[Outcome]]], list[str]]:
    """Return what was found of modules as they are now, and the names of the others."""
    current = [
        path
        for path in TARGETS
        if path.stem in found and found[path.stem].source == digest_of(path.read_text("utf-8"))
    ]
    others = [path.stem for path in TARGETS if path not in current]
    return {path.stem: (commit_of(path), found[path.stem].outcomes) for path in current}, others


def digest_of(source: str) -> str:
    return sha256(source.encode()).hexdigest()


def chosen(names: Sequence[str]) -> list[Path]:
    unknown = set(names) - {path.stem for path in TARGETS}
    if unknown:
        sys.exit(f"There is no module {', '.join(sorted(unknown))} here; see sampling/estimation.")
    by_name = {path.stem: path for path in TARGETS}
    return [by_name[name] for name in names or by_name]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("modules", nargs="*", help="names of modules; all if none is given")
    parser.add_argument(
        "--again",
        choices=["survivors", "unexplained"],
        help="keep what was noticed before; try what survived, or of that what has no reason yet",
    )
    parser.add_argument("--report", action="store_true", help="try nothing, print what is kept")
    parser.add_argument("--tests", nargs="*", help="files of tests; all of the statistics if none")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="at a time")
    parser.add_argument("--seconds", type=float, help="of tests for each mutant; 6, or 60 again")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where they are kept")
    how = parser.parse_args()
    how.seconds = how.seconds or (60.0 if how.again else 6.0)
    found = read(how.results)
    if how.report:
        print(report(*as_they_stand(found)))
        return
    reach = measured_reach(TARGETS, how.tests or TESTS)
    paths = chosen(how.modules)
    for together in [paths] if how.again else [[path] for path in paths]:
        found |= measure(together, reach, found, how)
        write(how.results, found)
        for path in together:
            lived = sum(not one.is_noticed for one in found[path.stem].outcomes)
            total = len(found[path.stem].outcomes)
            print(f"{path.stem}: {lived} of {total} survive", file=sys.stderr, flush=True)
    print(report(*as_they_stand(found)))


if __name__ == "__main__":
    main()
