"""A small project with everything in it, made once and copied for each test."""

from __future__ import annotations

import asyncio
import csv
import os
import shutil
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from textual import events
from textual.keys import key_to_character
from textual.pilot import Pilot

from dipsample.audit import Audit
from dipsample.desk import NewQuote
from dipsample.opening import start_audit
from dipsample.project import OpenProject, World
from dipsample.settings import Settings
from dipsample.store import open_store
from dipsample.surroundings import FixedClock, FixedEntropy
from dipsample.tui.app import Start
from dipsample.tui.program import Program
from review.applicability import read_sheet
from review.codebook import builtin_codebook
from sampling.frame import FrameSpec
from sampling.planning import PlanRequest
from tests.tui.pressing import Type

SUPERVISOR, CODER = "sup", "r1"
CASES = 12

ORDINARY = (
    "Day 0 22:14. Female caller [P1] states her partner [P2] pushed her into a door and took her "
    "phone. 22:41 officers attend. [P1] has redness to her upper arm. [P2] is arrested at 22:52 "
    "on suspicion of common assault. [P1] makes no further allegation.\n"
    "Day 1 09:30. In interview [P2] says [P1] hit him first and wants to make an allegation. "
    "Both are known to officers. No other incident between them is recorded within the window."
)
HOSTILE = (
    "=[red]Not red[/] and [@click=app.quit]not a link[/]. "
    "Turned \N{RIGHT-TO-LEFT OVERRIDE}round\N{POP DIRECTIONAL FORMATTING}. Wide \u6f22\u5b57 and "
    "combining e\N{COMBINING ACUTE ACCENT}. Arrested at 10:00, \u05e9\u05dc\u05d5\u05dd."
)


@pytest.fixture(autouse=True)
def _utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Times are shown in the zone of the computer: for snapshots that is UTC."""
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.delenv("NO_COLOR", raising=False)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def world(start: str = "2026-03-02T14:00:00Z", *, device: str = "aaaa1111") -> World:
    """Return fixed surroundings: the clock moves one second at every question."""
    return World(
        clock=FixedClock(start),
        entropy=FixedEntropy(f"{device} {start}"),
        data_folder=Path(os.devnull),
        device=device,
    )


def make_project(folder: Path, narratives: Sequence[str], *, size: int, title: str) -> Path:
    """Make a project with a drawn sample of ``size`` of the records, not assigned yet."""
    extract = folder / "extract.csv"
    with extract.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["incident", "flag", "bcu", "narrative"])
        for number, text in enumerate(narratives):
            flag, bcu = "yes" if number < 10 else "no", "NE" if number % 2 else "SW"
            writer.writerow([f"DA-{number:03}", flag, bcu, text])
    path = folder / "audit.dip"
    audit = start_audit(
        path,
        title=title,
        codebook=builtin_codebook("da-short"),
        settings=Settings(),
        supervisor=SUPERVISOR,
        passphrase=None,
        world=world("2026-03-01T09:00:00Z"),
    )
    strata = ("flag",) if len(narratives) > 20 else ()
    spec = FrameSpec(
        id_column="incident", strata_columns=strata, keep=("bcu",), record=("narrative",)
    )
    audit.commit_frame(SUPERVISOR, extract, spec)
    audit.commit_plan(SUPERVISOR, PlanRequest(size=size, reserve="0"))
    audit.draw(SUPERVISOR, extract, seed="60921108440123456789", source="dice, two witnesses")
    audit.close()
    return path


@pytest.fixture(scope="session")
def finished_draw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a drawn sample, not assigned yet."""
    folder = tmp_path_factory.mktemp("tui-project")
    return make_project(folder, [ORDINARY] * 60, size=CASES, title="Dip sample 2026 Q1")


@pytest.fixture
def empty_audit(tmp_path: Path) -> Iterator[Audit]:
    """A project that was only just started."""
    project = start_audit(
        tmp_path / "new.dip",
        title="Dip sample 2026 Q2",
        codebook=builtin_codebook("da-short"),
        settings=Settings(),
        supervisor=SUPERVISOR,
        passphrase=None,
        world=world(),
    )
    yield project
    project.close()


@pytest.fixture
def hostile_audit(tmp_path: Path) -> Iterator[Audit]:
    """A project whose every record tries to be more than text."""
    path = make_project(tmp_path, [HOSTILE] * 3, size=2, title="[b]Title[/b]")
    project = opened(path)
    yield project
    project.close()


def opened(path: Path, *, start: str = "2026-03-02T14:00:00Z") -> Audit:
    """Open a project with fixed surroundings."""
    return Audit(OpenProject(open_store(path, passphrase=None), world(start)))


@pytest.fixture
def project_path(finished_draw: Path, tmp_path: Path) -> Path:
    """A fresh copy of the project, its cases given to one coder."""
    path = tmp_path / "audit.dip"
    shutil.copy(finished_draw, path)
    audit = opened(path, start="2026-03-02T13:00:00Z")
    audit.assign(SUPERVISOR, [CODER])
    audit.close()
    return path


@pytest.fixture
def audit(project_path: Path) -> Iterator[Audit]:
    """That copy, open."""
    project = opened(project_path)
    yield project
    project.close()


# Screens ----------------------------------------------------------------------------------------


SHORT_NAMES = {"minus": "-", "slash": "/", "backslash": "\\", "plus": "+"}
"""Names of the toolkit that are not those of Unicode."""


@pytest.fixture
def type_keys() -> Type:
    """Types keys and lets each be dealt with; the toolkit's own way waits 60 ms a key."""

    async def type_all(app: Program, keys: Iterable[str]) -> None:
        for key in keys:
            send_key(app, key)
            await settle(app)
            await app.workers.wait_for_complete()
            await settle(app)

    return type_all


@pytest.fixture
def throw_keys() -> Type:
    """Types all keys at once, then lets the program deal with them."""

    async def throw(app: Program, keys: Iterable[str]) -> None:
        for key in keys:
            send_key(app, key)
        for _ in range(10):
            await settle(app)

    return throw


def send_key(app: Program, key: str) -> None:
    """Type a key, given by the toolkit's name."""
    character = SHORT_NAMES.get(key) or (key if len(key) == 1 else key_to_character(key))
    event = events.Key(key, character)
    event.set_sender(app)
    assert app._driver is not None
    app._driver.send_message(event)


async def settle(app: Program) -> None:
    """Wait until no widget has a message left to deal with."""
    calm = 0
    while calm < 3:
        await asyncio.sleep(0.001)
        is_calm = all(node._message_queue.empty() for node in app._registry)
        calm = calm + 1 if is_calm else 0


def drive(app: Program, script: Callable[[Pilot[None]], Awaitable[None]]) -> None:
    """Run a script on the program at 80 columns by 24 rows."""

    async def run() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await script(pilot)

    asyncio.run(run())


@pytest.fixture
def press(type_keys: Type) -> Callable[[Program, str], str]:
    """Presses keys, given by name and blanks between, and returns the screen."""

    def go(app: Program, keys: str) -> str:
        shown: list[str] = []

        async def script(pilot: Pilot[None]) -> None:
            await type_keys(app, keys.split())
            await app.workers.wait_for_complete()
            await pilot.pause()
            shown.append("\n".join(s.text for s in app.screen._compositor.render_strips()))

        drive(app, script)
        return shown[0]

    return go


@pytest.fixture
def run_script() -> Callable[[Program, Callable[[Pilot[None]], Awaitable[None]]], None]:
    """Runs a script on the program."""
    return drive


@pytest.fixture
def program(audit: Audit) -> Callable[..., Program]:
    """Makes the program on the project; its stop-watch stands still."""

    def make(name: str = CODER, start: Start = Start.HOME) -> Program:
        return Program(audit, name=name, start=start, ticks=lambda: 0.0)

    return make


@pytest.fixture
def same_as_snapshot(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with the committed one; DIPSAMPLE_UPDATE_SNAPSHOTS=1 writes it anew."""
    folder = request.path.parent / "snapshots"

    def compare(name: str, text: str) -> None:
        path = folder / f"{name}.txt"
        if os.environ.get("DIPSAMPLE_UPDATE_SNAPSHOTS") == "1":
            folder.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"there is no snapshot {name}"
        assert text == path.read_text(encoding="utf-8"), f"{name} differs from its snapshot"

    return compare


# Deciding ---------------------------------------------------------------------------------------

CONFLICT = {
    "E1": ("yes",), "E2": ("yes",), "A1": ("no",), "A8": ("neither",), "A10": ("neither",),
    "A11": ("neither",), "Z3": ("high",), "Z5": ("no",),
}  # fmt: skip
"""Answers of a case on which two coders then differ over C1."""


@pytest.fixture
def decidable(finished_draw: Path, tmp_path: Path) -> Iterator[Audit]:
    """A project whose first case two coders coded differently: r1 sees a counter-allegation."""
    project = _in_conflict(finished_draw, tmp_path / "decidable.dip")
    yield project
    project.close()


@pytest.fixture
def finished_copy(finished_draw: Path, tmp_path: Path) -> Iterator[Callable[[], Audit]]:
    """Makes another project that is as `decidable` was."""
    made: list[Audit] = []

    def make() -> Audit:
        made.append(_in_conflict(finished_draw, tmp_path / f"other-{len(made)}.dip"))
        return made[-1]

    yield make
    for project in made:
        project.close()


def _in_conflict(finished_draw: Path, path: Path) -> Audit:
    shutil.copy(finished_draw, path)
    project = opened(path)
    project.assign(SUPERVISOR, [CODER, "r2"], double="all")
    case_id = project.cases()[0].case_id
    at = ORDINARY.index("In interview")
    quote = NewQuote("C1", "narrative", at, ORDINARY.index("Both are known") - 1)
    for name, value, quotes in ((CODER, "yes", (quote,)), ("r2", "no", ())):
        answers = whole(project, {**CONFLICT, "C1": (value,)})
        project.code_at_once(name, case_id, answers, quotes)
    return project


def whole(audit: Audit, answers: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Answer whatever else the case asks with the first answer offered."""
    given: dict[str, tuple[str, ...]] = {}
    while asked := read_sheet(audit.codebook, given, ()).next_open(None):
        offered = audit.codebook.question(asked).values
        given[asked] = answers.get(asked) or offered[:1]
    return given
