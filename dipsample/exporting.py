"""Writes the findings as a workbook, and writes down that it did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from dipsample.certifying import Progress, untold
from dipsample.ledger import digest
from dipsample.project import Happened, OpenProject
from dipsample.reporting import default_breakdowns, release
from exports.events import ReleaseMade
from exports.files import write_whole
from exports.release import Release
from exports.release.titles import PROVISIONAL
from exports.workbook import write_workbook

SUFFIX = ".xlsx"


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was exported."""

    path: Path
    sha256: str
    has_replaced: bool = False
    """Whether a file stood there before."""


def export(
    project: OpenProject,
    name: str,
    out: Path,
    *,
    by: Sequence[str] | None,
    date: str | None,
    progress: Progress = untold,
) -> Written:
    """Write the findings as a workbook; the same project gives the same bytes.

    The export itself becomes an event. A release rests on the events before it, exports at the
    end of a stream left out: asked for again with nothing else new, it is the same, and no
    further event is written. Of figures of an earlier codebook the event goes to the project as
    it is now; nothing is written into the past.

    Args:
        project: The project, or what it was when an earlier codebook ended.
        name: Who asks.
        out: A folder, or a file that ends in ``.xlsx``.
        by: Kept columns to break down by; None: all there are.
        date: ISO date printed on it; None: the day of the last event.
        progress: Told of the exact intervals that have to be worked out first.

    Raises:
        RefusedError: Where no sample is drawn yet.
        ExportError: Where a text cannot be carried or the file not be written.
    """
    made = project.intervals.exact(
        lambda of_strata: release(
            project, by=by, date=date, of_strata=of_strata, ended=project.ended
        ),
        progress,
    )
    content = write_workbook(made)
    path = out if out.suffix == SUFFIX else out / file_name(made)
    path.parent.mkdir(parents=True, exist_ok=True)
    has_replaced = path.exists()
    write_whole(path, content)
    event = ReleaseMade(
        format="xlsx",
        file_name=path.name,
        file_sha256=sha256(content).hexdigest(),
        values_sha256=made.values_sha256,
        status=made.status,
        by=default_breakdowns(project) if by is None else tuple(by),
        date=made.date,
        log_digest=digest(project.state.heads.values()),
        codebook=made.earlier_version,
    )
    present = project.present
    present.refresh()
    if event not in present.state.releases:
        present.write(name, [Happened(event)])
    return Written(path, event.file_sha256, has_replaced)


def file_name(made: Release) -> str:
    """Return the name of a workbook: lower case, with its status, an earlier codebook and date."""
    status = "provisional-" if PROVISIONAL in made.status else ""
    version = made.earlier_version.replace(".", "-")
    earlier = f"codebook-{version}-" if version else ""
    return f"official-sensitive-{status}da-dip-sample-findings-{earlier}{made.date}{SUFFIX}"
