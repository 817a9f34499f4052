"""Draw the pictures of the documentation from the real program, on the example.

Usage: python scripts/pictures.py [FOLDER]

The same bytes each time: the example's clock, entropy and records are fixed. The pictures load
nothing from outside; they use the monospaced font of whoever looks at them.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from dipsample.audit import Audit
from dipsample.demo.extract import make_extract
from dipsample.demo.plan import DEMO
from dipsample.demo.run import CODEBOOK, PRACTICE, PROJECT, run_demo
from dipsample.demo.team import Team
from dipsample.opening import start_audit
from dipsample.project import OpenProject, World
from dipsample.settings import Settings
from dipsample.store import open_store
from dipsample.surroundings import FixedClock, FixedEntropy
from dipsample.tui.app import Start
from dipsample.tui.program import Program
from review.codebook import builtin_codebook
from sampling.frame import FrameSpec

DOCS = Path(__file__).resolve().parents[1] / "docs"
TERM = "right_square_bracket"
CODING = ["enter", *"yyy1y", "comma", TERM, TERM, "apostrophe", "enter"]
FINDINGS = ["f", "down", "down"]
ADJUDICATION = ["u"]
PLAN = [*"400", "down", *"5"]
REVIEWERS = DEMO.reviewers[::2]
SIZE = (110, 32)


def opened(path: Path) -> Audit:
    """Open a project of the example with surroundings that never change."""
    world = World(
        clock=FixedClock("2026-01-12T14:03:00Z"),
        entropy=FixedEntropy(f"pictures:{path.name}"),
        data_folder=path.parent,
        device="pictures",
    )
    return Audit(OpenProject(open_store(path, passphrase=None), world))


async def draw(
    audit: Audit, name: str, keys: Sequence[str], *, start: Start, size: tuple[int, int]
) -> str:
    """Press keys in the real program, and return a picture of it."""
    program = Program(audit, name=name, start=start, ticks=lambda: 0.0)
    async with program.run_test(size=size) as pilot:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await program.workers.wait_for_complete()
        await pilot.pause()
        return without_outside_fonts(program.export_screenshot(title="dipsample"))


def without_outside_fonts(picture: str) -> str:
    """Return a picture that asks no server for a font."""
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
    return picture.replace("Fira Code, monospace", "monospace")


def to_be_decided(practice: Audit) -> None:
    """Let two scripted reviewers code the practice cases, so that some differ."""
    made = make_extract(DEMO.incidents, seed=DEMO.extract_seed)
    practice.assign(DEMO.supervisor, REVIEWERS, double="all")
    team = Team.of(practice, made)
    for name in REVIEWERS:
        for item in practice.queue(name):
            if not item.state.is_handed_in:
                team.code(name, item.case_id)


def to_be_planned(path: Path, extract: Path) -> Audit:
    """Return a project with the example's frame and no plan."""
    world = World(FixedClock(DEMO.starts_at), FixedEntropy("pictures"), path.parent, "pictures")
    audit = start_audit(
        path,
        title=DEMO.title,
        codebook=builtin_codebook(CODEBOOK),
        settings=Settings(),
        supervisor=DEMO.supervisor,
        passphrase=None,
        world=world,
    )
    spec = FrameSpec(
        id_column=DEMO.id_column, strata_columns=DEMO.strata, keep=DEMO.keep, record=DEMO.record
    )
    audit.commit_frame(DEMO.supervisor, extract, spec)
    return audit


def pictures(example: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the picture of each page, from the files of the example."""

    def shot(audit: Audit, name: str, keys: Sequence[str], start: Start) -> str:
        return asyncio.run(draw(audit, name, keys, start=start, size=SIZE))

    practice = opened(example / PRACTICE)
    yield "coding", shot(practice, REVIEWERS[0], CODING, Start.QUEUE)
    to_be_decided(practice)
    yield "adjudication", shot(practice, DEMO.adjudicator, ADJUDICATION, Start.DECIDE)
    practice.close()
    project = opened(example / PROJECT)
    yield "findings", shot(project, DEMO.supervisor, FINDINGS, Start.OVERVIEW)
    project.close()
    planned = to_be_planned(example / "planned.dip", example / DEMO.extract_name)
    yield "plan", shot(planned, DEMO.supervisor, PLAN, Start.HOME)
    planned.close()


def main() -> None:
    """Write every picture of the documentation."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS
    os.environ["TZ"] = "UTC"
    os.environ.pop("NO_COLOR", None)
    time.tzset()
    with tempfile.TemporaryDirectory() as name:
        run_demo(Path(name), tell=print).audit.close()
        for page, picture in pictures(Path(name)):
            (folder / f"{page}.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
