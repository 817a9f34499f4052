"""A frame of areas and stations, and its plan page worked by keys alone."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

from dipsample.audit import Audit
from dipsample.tui.app import Start
from dipsample.tui.program import Program
from sampling.frame import FrameSpec
from tests.tui.pressing import SMALL, SUPERVISOR, Type, screens_after

See = Callable[..., list[str]]
"""Commits a frame with these settings, presses lots of keys, and returns the screen after each."""
STRATA: dict[str, object] = {"strata_columns": ("area",)}
UNITS: dict[str, object] = {**STRATA, "unit_column": "station", "size_column": "crimes"}


def plan_page(
    audit: Audit, extract: Path, type_keys: Type, records: Iterable[tuple[str, str, str, int]]
) -> See:
    """Return what commits a frame of these records and presses keys on its plan page.

    Args:
        audit: Without a frame.
        extract: Where to write the records.
        type_keys: The fixture that types keys.
        records: Id, area, station and crimes of each.
    """
    with extract.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "area", "station", "crimes"])
        writer.writerows(records)

    def press(
        frame: dict[str, object], *lots: Iterable[str], size: tuple[int, int] = SMALL
    ) -> list[str]:
        spec = FrameSpec.model_validate({"id_column": "id", **frame})
        audit.commit_frame(SUPERVISOR, extract, spec)
        app = Program(audit, name=SUPERVISOR, start=Start.HOME, ticks=lambda: 0.0)
        return screens_after(app, lots, type_keys, size=size)

    return press
