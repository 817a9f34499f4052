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
from collections.abc import Sequence
from pathlib import Path

from dipsample.audit import Audit
from dipsample.demo.plan import DEMO
from dipsample.demo.run import PRACTICE, PROJECT, run_demo
from dipsample.project import OpenProject, World
from dipsample.store import open_store
from dipsample.surroundings import FixedClock, FixedEntropy
from dipsample.tui.app import Start
from dipsample.tui.program import Program

DOCS = Path(__file__).resolve().parents[1] / "docs"
TERM = "right_square_bracket"
CODING = ["enter", *"yyy1y", "comma", TERM, TERM, "apostrophe", "enter"]
FINDINGS = ["f", "down", "down"]


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


def main() -> None:
    """Write ``coding.svg`` and ``findings.svg``."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS
    os.environ["TZ"] = "UTC"
    os.environ.pop("NO_COLOR", None)
    time.tzset()
    with tempfile.TemporaryDirectory() as name:
        example = Path(name)
        run_demo(example, tell=print).audit.close()
        practice = opened(example / PRACTICE)
        coding = asyncio.run(
            draw(practice, DEMO.reviewers[0], CODING, start=Start.QUEUE, size=(110, 32))
        )
        practice.close()
        project = opened(example / PROJECT)
        findings = asyncio.run(
            draw(project, DEMO.supervisor, FINDINGS, start=Start.OVERVIEW, size=(110, 32))
        )
        project.close()
    (folder / "coding.svg").write_text(coding, encoding="utf-8")
    (folder / "findings.svg").write_text(findings, encoding="utf-8")


if __name__ == "__main__":
    main()
