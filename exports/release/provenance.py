"""The provenance sheet: every hash and version that the figures rest on."""

from __future__ import annotations

from exports.release.request import ReleaseRequest
from exports.release.tables import Column, ColumnKind, Shown, Table
from exports.release.titles import NOT_STATED, status_of, titled

_GROUP = 4


def provenance_table(request: ReleaseRequest, *, values_sha256: str) -> Table:
    """Return the items by which a file can be told to be this project's."""
    items = (
        *_project(request),
        *_sample(request),
        *_trail(request),
        ("Digest of the values", values_sha256),
        ("Disclosure control", "none was applied"),
    )
    return Table(
        name="provenance",
        sheet="Provenance",
        title=titled(request, "Provenance"),
        columns=(Column("Item", ColumnKind.TEXT), Column("Value", ColumnKind.TEXT)),
        rows=tuple((Shown(item), Shown(value or NOT_STATED)) for item, value in items),
    )


def in_groups(digest: str) -> str:
    """Return a digest in groups of four, for reading aloud."""
    return " ".join(digest[i : i + _GROUP] for i in range(0, len(digest), _GROUP))


def _project(request: ReleaseRequest) -> tuple[tuple[str, str], ...]:
    return (
        ("Project id", request.project.id),
        ("Status", "; ".join(status_of(request))),
        *_signature(request),
        ("Project file", "encrypted" if request.project.is_encrypted else "not encrypted"),
        ("Retention", request.project.retention or NOT_STATED),
    )


def _signature(request: ReleaseRequest) -> tuple[tuple[str, str], ...]:
    signature = request.signature
    if signature is None:
        return ()
    return (
        ("Signed off", f"{signature.at} by {signature.by}"),
        ("Statement", signature.statement),
        ("Hash of the final answers", in_groups(signature.heads_sha256)),
    )


def _sample(request: ReleaseRequest) -> tuple[tuple[str, str], ...]:
    frame, draw, book = request.frame, request.draw, request.coding.codebook
    return (
        ("Frame fingerprint", frame.fingerprint),
        ("Extract SHA-256", frame.source_digest),
        ("Draw", f"draw {draw.number} of {draw.of} on this frame"),
        ("Seed", draw.seed),
        ("Seed source", draw.seed_source),
        ("Sample digest", draw.sample_digest),
        ("Codebook", f"{book.id} {book.version}"),
        ("Codebook SHA-256", book.sha256),
        *_ended(request),
    )


def _ended(request: ReleaseRequest) -> tuple[tuple[str, str], ...]:
    later = None if request.ended is None else request.ended.ended_by
    if later is None:
        return ()
    return (("Codebook ended by", f"{later.codebook.version}, published at {later.time}"),)


def _trail(request: ReleaseRequest) -> tuple[tuple[str, str], ...]:
    trail = request.trail
    heads = tuple(
        (f"Head of the stream {head.stream}", f"{head.seq}: {head.hash}") for head in trail.heads
    )
    return (
        ("Log digest", trail.log_digest),
        ("Log digest in groups of four", in_groups(trail.log_digest)),
        ("Events in the log", f"{trail.events:,}"),
        *heads,
        ("Time of the last event", trail.stamp),
        ("Software", f"dipsample {trail.dipsample}"),
        ("Python", trail.python),
        *trail.libraries,
    )
