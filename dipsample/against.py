"""Are the numbers of a workbook this project's? The figures are made again and compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from dipsample.ledger import Event
from dipsample.project import Earlier, OpenProject, created_of
from dipsample.reporting import release
from dipsample.state import ProjectState
from exports.compare import differences, read_provenance
from exports.errors import ExportError
from exports.events import ReleaseMade
from exports.workbook import write_workbook
from review.comparability import VersionClass, class_of
from sampling.refusal import Refusal

_HEAD = re.compile(r"([0-9]+): ([0-9a-f]{64})")
_HEAD_ITEM = "Head of the stream "
MAX_NAMED = 5

Found = tuple[str, bool, str]


def check_workbook(project: OpenProject, workbook: Path) -> Iterator[Found]:
    """Compare a workbook with the project it claims to come from.

    Args:
        project: The project.
        workbook: The file; read as hostile input.

    Yields:
        Name of the check, whether it passed, and one sentence. Nothing further after a failure.

    Raises:
        ExportError: Where the file is not a workbook of ours.
    """
    provenance = read_provenance(workbook)
    if provenance.get("Project id") != project.store.project.id:
        yield "workbook", False, "it names another project."
        return
    heads = _heads(provenance)
    events = list(project.store.events())
    missing = heads.keys() - {event.hash for event in events}
    if missing or not heads:
        yield "workbook", False, _what_is_missing(heads, missing, events)
        return
    then = _up_to(project, events, heads)
    later = project.state.content_events - then.state.content_events
    grown = "nothing was added since" if not later else f"the log has grown by {later:,} events"
    yield "workbook", True, f"its heads are in the log, unchanged; {grown}"
    yield from _compare(project, then, workbook, provenance)


def _heads(provenance: Mapping[str, str]) -> dict[str, int]:
    """Return seq by hash of the heads that the workbook prints."""
    found = {}
    for item, value in provenance.items():
        match = _HEAD.fullmatch(value) if item.startswith(_HEAD_ITEM) else None
        if match:
            found[match[2]] = int(match[1])
    return found


def _what_is_missing(heads: Mapping[str, int], missing: set[str], events: Sequence[Event]) -> str:
    if not heads:
        return "it prints no head of a log; its Provenance sheet was changed."
    seq = min(heads[one] for one in missing)
    if any(event.seq >= seq for event in events):
        return f"a stream was rewritten or cut off before event {seq}, which it prints."
    return f"event {seq} of a stream, which it prints, is missing: the log was cut off."


def _up_to(project: OpenProject, events: Sequence[Event], heads: Mapping[str, int]) -> Earlier:
    """Return the project as it was when the workbook was made."""
    last = {event.stream: event.seq for event in events if event.hash in heads}
    state = ProjectState()
    state.apply_all(event for event in events if event.seq <= last.get(event.stream, 0))
    return Earlier(project.store, state)


def _compare(
    project: OpenProject, then: Earlier, workbook: Path, provenance: Mapping[str, str]
) -> Iterator[Found]:
    """Make the release of that moment again and compare every cell."""
    created_of(then)
    digest = provenance.get("Digest of the values", "")
    recorded = _recorded(project, digest)
    if recorded is None:
        yield "numbers", False, "the log knows no export with the digest of values it prints."
        return
    ended = _ended(project, recorded)
    try:
        made = release(then, by=recorded.by, date=recorded.date, ended=ended)
    except ExportError as problem:
        yield "numbers", False, str(problem)
        return
    if made.values_sha256 != digest:
        yield (
            "numbers",
            False,
            "the same export made again by this version has other values; use the version of "
            f"dipsample that it names: {provenance.get('Software', 'unknown')}.",
        )
        return
    compared = differences(write_workbook(made), workbook)
    if not compared.cells:
        under = f" under the earlier codebook {made.earlier_version}" if ended else ""
        yield "numbers", True, f"every cell is this project's{under}; {compared.form}"
        return
    named = "; ".join(
        f"{cell.sheet} {cell.cell} prints {cell.printed!r} and should be {cell.recomputed!r}"
        for cell in compared.cells[:MAX_NAMED]
    )
    count = (
        "1 cell differs" if len(compared.cells) == 1 else f"{len(compared.cells):,} cells differ"
    )
    yield "numbers", False, f"{count}: {named}"


def _recorded(project: OpenProject, digest: str) -> ReleaseMade | None:
    return next((one for one in project.state.releases if one.values_sha256 == digest), None)


def _ended(project: OpenProject, recorded: ReleaseMade) -> VersionClass | None:
    """Return the versions of an earlier codebook that an export rests on; None: those in force."""
    if not recorded.codebook:
        return None
    found = class_of(project.state.review.versions, recorded.codebook)
    return None if isinstance(found, Refusal) or found.ended_by is None else found
