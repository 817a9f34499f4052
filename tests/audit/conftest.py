"""A small drawn project in a plain file, and its front door opened by several people at once."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from dipsample.audit import Audit
from dipsample.opening import start_audit
from dipsample.project import OpenProject, World
from dipsample.settings import Settings
from dipsample.store import open_store
from dipsample.surroundings import FixedClock, FixedEntropy
from review.codebook import builtin_codebook
from sampling.frame import FrameSpec
from sampling.planning import PlanRequest
from tests.audit.one_run import BOSS, REVIEWERS, Open, Openers

SEED = "60921108449012345678"
RECORDS = 40
SPEC = FrameSpec(id_column="id", strata_columns=("area",), keep=("sex",), record=("told",))


def rows() -> list[dict[str, str]]:
    """Return the records; `told` and `left_out` are words that occur nowhere else."""
    return [
        {
            "id": f"rec-{number:03d}",
            "area": ("north", "south", "west")[number % 3],
            "sex": ("f", "m")[number % 2],
            "told": f"told{number:03d}told",
            "left_out": f"hidden{number:03d}hidden",
        }
        for number in range(RECORDS)
    ]


def csv_of(records: list[dict[str, str]], **how: object) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(records[0]), **how)  # type: ignore[arg-type]  # csv's options
    writer.writeheader()
    writer.writerows(records)
    return out.getvalue().encode()


def world(folder: Path, name: str) -> World:
    """Return fixed surroundings; each opener has entropy of its own, so that no id repeats."""
    return World(
        clock=FixedClock("2025-03-31T09:00:00Z"),
        entropy=FixedEntropy(name),
        data_folder=folder,
        device="fixed",
    )


def draw_from(extract: Path, project: Path) -> Audit:
    """Run init, frame, plan, draw and assign on an extract."""
    audit = start_audit(
        project,
        title="Small",
        codebook=builtin_codebook("da-short"),
        settings=Settings(),
        supervisor=BOSS,
        passphrase=None,
        world=world(project.parent, "init"),
    )
    audit.commit_frame(BOSS, extract, SPEC)
    audit.commit_plan(BOSS, PlanRequest(size=9))
    audit.draw(BOSS, extract, seed=SEED, source="dice, two witnesses")
    audit.assign(BOSS, REVIEWERS, double="0")
    return audit


def opened(path: Path, name: str) -> Audit:
    """Open a project as a process of its own would."""
    return Audit(OpenProject(open_store(path, passphrase=None), world(path.parent, name)))


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a project with nine cases dealt out to two coders; not to be changed."""
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "extract.csv").write_bytes(csv_of(rows()))
    draw_from(folder / "extract.csv", folder / "audit.dip").close()
    return folder / "audit.dip"


@pytest.fixture(scope="session")
def openers(drawn: Path) -> Openers:
    """Return a context for one run of many: a fresh copy, and a way to open it by name."""

    def fresh() -> Iterator[Open]:
        with TemporaryDirectory() as folder, ExitStack() as stack:
            path = Path(folder) / "audit.dip"
            shutil.copy(drawn, path)

            def open_as(name: str) -> Audit:
                audit = opened(path, name)
                stack.callback(audit.close)
                return audit

            yield open_as

    return fresh


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Audit]:
    """The small project, drawn from ``extract.csv`` into ``audit.dip`` of a folder of its own."""
    (tmp_path / "extract.csv").write_bytes(csv_of(rows()))
    audit = draw_from(tmp_path / "extract.csv", tmp_path / "audit.dip")
    yield audit
    audit.close()


@pytest.fixture
def records() -> list[dict[str, str]]:
    return rows()


@pytest.fixture
def draw() -> Callable[[Path, Path], Audit]:
    return draw_from


@pytest.fixture
def as_csv() -> Callable[..., bytes]:
    return csv_of
