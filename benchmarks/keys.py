"""Time from a key to the next question on the screen, durable save included.

A real pseudo-terminal of 80 by 24, an encrypted project of 400 cases whose records are 20 kB
long, and in the same run an application of one widget as the floor. The clock stops when the
expected text stands on the screen. Prints Markdown.

Usage: python benchmarks/keys.py [CASES_TO_CODE]
"""

from __future__ import annotations

import csv
import os
import platform
import statistics
import sys
import tempfile
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.terminal import Terminal

CASES = 400
WARM_UP = 2
FIELD = (
    "Day 0 22:14. Female caller [P1] states her partner [P2] pushed her into a door. [P2] says "
    "[P1] hit him first and makes an allegation. Both are arrested at 22:52. "
)
KEYS = "yynnnn1n"
"""E1 E2 A1 A10 A11 C1 Z3 Z5 of a case without an arrest."""
NEXT = (" E2  ", " A1  ", " A10  ", " A11  ", " C1  ", " Z3  ", " Z5  ", "Complete.")
"""What stands on the screen after each of them."""
FLOOR = """
from textual.app import App
from textual.widgets import Static

class Floor(App):
    ENABLE_COMMAND_PALETTE = False
    def compose(self):
        self.count = 0
        yield Static("count 0")
    def on_key(self, event):
        self.count += 1
        self.query_one(Static).update(f"count {self.count};")

Floor().run()
"""


def make_project(folder: Path) -> tuple[Path, Path]:
    """Make an encrypted project of 400 assigned cases; return it and its passphrase file."""
    from dipsample.opening import start_audit
    from dipsample.settings import Settings
    from dipsample.system import system_world
    from review.codebook import builtin_codebook
    from sampling.frame import FrameSpec
    from sampling.planning import PlanRequest

    extract, path, secret = folder / "extract.csv", folder / "audit.dip", folder / "passphrase"
    with extract.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["incident", "narrative"])
        text = FIELD * (20_000 // len(FIELD))
        writer.writerows([f"DA-{number:05}", f"{number}. {text}"] for number in range(2_000))
    secret.write_text("a passphrase for a benchmark only\n")
    secret.chmod(0o600)
    audit = start_audit(
        path,
        title="Benchmark",
        codebook=builtin_codebook("da-short"),
        settings=Settings(),
        supervisor="sup",
        passphrase="a passphrase for a benchmark only",  # noqa: S106 - nothing is in it
        world=system_world(),
    )
    audit.commit_frame("sup", extract, FrameSpec(id_column="incident", record=("narrative",)))
    audit.commit_plan("sup", PlanRequest(size=CASES))
    audit.draw("sup", extract, seed="60921108440123456789", source="a benchmark")
    audit.assign("sup", ["r1"])
    audit.close()
    return path, secret


def question_is(label: str) -> Callable[[str], bool]:
    """Return a test for a question, or a notice, being the one on the screen."""
    return lambda text: (
        any(line.startswith(label) for line in text.splitlines())
        or (label == "Complete." and "Complete." in text)
    )


def median_and_p95(seconds: Sequence[float]) -> tuple[float, float]:
    """Return median and 95th percentile in milliseconds."""
    ordered = sorted(seconds)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return statistics.median(ordered) * 1000, p95 * 1000


def measure_floor(keys: int) -> tuple[list[float], float]:
    """Return the times of an application of one widget, and its processor seconds a key."""
    terminal = Terminal([sys.executable, "-c", textwrap.dedent(FLOOR)])
    terminal.wait_for("count 0")
    terminal.drain(0.3)
    before, times = terminal.cpu_seconds(), []
    for number in range(1, keys + 1):
        terminal.press("x")
        times.append(terminal.wait_for(f"count {number};"))
        terminal.drain(0.01)
    cpu = (terminal.cpu_seconds() - before) / keys
    terminal.kill()
    return times, cpu


def measure_coding(project: Path, secret: Path, cases: int) -> dict[str, object]:
    """Code cases by keys, and return what was measured."""
    command = [
        sys.executable, "-P", "-m", "dipsample", "code", str(project), "--as", "r1",
        "--passphrase-file", str(secret),
    ]  # fmt: skip
    terminal = Terminal(command)
    start = terminal.wait_for("Enter open")
    start_cpu = terminal.cpu_seconds()
    terminal.drain(0.3)
    terminal.press("\r")
    terminal.wait_for("0 answered, ")
    answers: list[float] = []
    submits: list[float] = []
    for case in range(cases + WARM_UP):
        if case == WARM_UP:
            terminal.drain(0.2)
            cpu, received = terminal.cpu_seconds(), terminal.received
            answers, submits = [], []
        for key, following in zip(KEYS, NEXT, strict=True):
            terminal.press(key)
            answers.append(terminal.wait_for(question_is(following)))
            terminal.drain(0.01)
        terminal.press("\r")
        submits.append(terminal.wait_for("0 answered, "))
        terminal.drain(0.01)
    presses = len(answers) + len(submits)
    found = {
        "start": start,
        "start_cpu": start_cpu,
        "answers": answers,
        "submits": submits,
        "cpu": (terminal.cpu_seconds() - cpu) / presses,
        "bytes": (terminal.received - received) / presses,
        "burst": measure_burst(terminal, cases + WARM_UP + 5),
        "memory": terminal.peak_memory(),
    }
    terminal.kill()
    return found


def measure_burst(terminal: Terminal, done: int) -> float:
    """Type 50 keys at once; return the seconds until the last is answered.

    Args:
        terminal: The program.
        done: Cases that are handed in when the burst is over.
    """
    is_there = question_is(" C1  ")
    terminal.press((KEYS + "\r") * 5 + KEYS[:5])
    return terminal.wait_for(
        lambda text: f" {done} of {CASES} cases" in text and is_there(text), seconds=30
    )


def burst_is_whole(project: Path, secret: Path, cases: int) -> bool:
    """Return whether every answer of the burst is in the project."""
    from dipsample.opening import open_audit

    audit = open_audit(project, passphrase_file=secret, is_read_only=True)
    queue = audit.queue("r1")
    done = sum(item.state.value == "submitted" for item in queue)
    draft = next(item for item in queue if item.state.value == "draft")
    audit.close()
    return done == cases + WARM_UP + 5 and draft.answered == 5


def main() -> None:
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_DATA_HOME"] = str(folder / "data")
        project, secret = make_project(folder)
        floor, floor_cpu = measure_floor(cases * len(KEYS))
        found = measure_coding(project, secret, cases)
        is_whole = burst_is_whole(project, secret, cases)
    report(floor, floor_cpu, found, is_whole=is_whole)


def report(
    floor: Sequence[float], floor_cpu: float, found: dict[str, object], *, is_whole: bool
) -> None:
    """Print the measurements as Markdown, beside the floor of the same run."""
    floor_median, floor_p95 = median_and_p95(floor)
    answers, submits = found["answers"], found["submits"]
    assert isinstance(answers, list)
    assert isinstance(submits, list)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {len(answers)} answers\n")
    print("| key to text | median ms | p95 ms | median / floor | p95 / floor |")
    print("|---|---|---|---|---|")
    print(f"| floor: one widget | {floor_median:.1f} | {floor_p95:.1f} | 1.0 | 1.0 |")
    for name, times in (("answer, saved", answers), ("submit, 20 kB record", submits)):
        median, p95 = median_and_p95(times)
        ratios = f"{median / floor_median:.1f} | {p95 / floor_p95:.1f}"
        print(f"| {name} | {median:.1f} | {p95:.1f} | {ratios} |")
    cpu, received, memory = found["cpu"], found["bytes"], found["memory"]
    assert isinstance(cpu, float)
    assert isinstance(received, float)
    assert isinstance(memory, int)
    print("\n| measured | value |\n|---|---|")
    print(f"| processor time a key | {cpu * 1000:.1f} ms (floor {floor_cpu * 1000:.1f} ms) |")
    print(f"| bytes to the terminal a key | {received:.0f} |")
    print(f"| 50 keys in a burst | {found['burst']:.2f} s, all recorded: {is_whole} |")
    print(
        f"| start to queue of 400 cases | {found['start']:.2f} s "
        f"({found['start_cpu']:.2f} s of processor time) |"
    )
    print(f"| most memory held | {memory / 1024:.0f} MiB |")


if __name__ == "__main__":
    main()
