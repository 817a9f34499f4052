"""Decide how the frame of a rolling draw grows, and when it is closed.

The extract of before is given once more beside the later one. That it is the committed one shows
by its fingerprint; that the later one holds all of its lines is looked up line by line. Nothing
of the records that were not drawn enters the project for it. It proves that no record left and
none changed its stratum, and that what coders are shown of the drawn ones is as it was. It does
not prove that nothing else was changed in the records that were not drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sampling.ceremony import Ceremony, GrowthEvent, frame_of
from sampling.draw import DrawnRecord, RankedRecord, sample_digest
from sampling.drawing import (
    FreshDraw,
    check_material,
    cut_into_parts,
    not_as_committed,
    why_not_this_extract,
)
from sampling.events import FrameClosed, FrameGrown, RecordsAdded
from sampling.extending import NOT_DRAWN
from sampling.frame import Frame
from sampling.growing_frame import ranked_anew
from sampling.redraw import changed_material, fault_of_fresh, first_difference
from sampling.refusal import Refusal
from sampling.rolling_redraw import drawn_at_once

_NOT_ROLLING = Refusal(
    rule="frame-is-closed",
    reason="The frame of this draw was closed when it was committed and takes in no record.",
    way_out="Draw later records as a wave in a project of its own, or plan the next draw with "
    "--rolling.",
)
_CLOSED = Refusal(
    rule="frame-is-closed",
    reason="The frame of this rolling draw was closed and takes in no record any more.",
    way_out="Draw later records as a wave in a project of its own.",
)
_OPEN = Refusal(
    rule="frame-is-open",
    reason="The frame of this rolling draw may still grow, so that no figure is final.",
    way_out="Close it first: dipsample extend PROJECT EXTRACT --close.",
)


@dataclass(frozen=True, slots=True)
class Later:
    """A later extract as it was read just now."""

    frame: Frame
    fresh: FreshDraw
    """What the share draws of it."""
    lost: int
    """Lines of the frame of before that it does not hold."""
    releases_before: int
    """How often findings had been exported before."""


def why_no_growth(state: Ceremony) -> Refusal | None:
    """Say why a frame does not grow, or is not closed, before any extract is read."""
    if state.drawn is None or state.plan is None:
        return NOT_DRAWN
    if state.plan.rolling is None:
        return _NOT_ROLLING
    return _CLOSED if state.is_closed else None


def why_not_final(state: Ceremony) -> Refusal | None:
    """Say why no figure of a project can be final; None where its frame is closed."""
    return _OPEN if state.is_open else None


def decide_growth(
    state: Ceremony, earlier: FreshDraw, later: Later, *, material_sha256: Mapping[str, str]
) -> tuple[GrowthEvent, ...] | Refusal:
    """Take a later extract into the frame, and draw of what is new.

    Args:
        state: Where the draw stands.
        earlier: What the share draws of the extract that the frame was last made of.
        later: The later extract.
        material_sha256: By record id, the SHA-256 of what coders are shown of each drawn record
            of the later extract.

    Returns:
        The growth and its records in parts; none where the later extract is the frame as it is.

    Raises:
        SamplingError: Where a drawn record has no material.
    """
    refusal = why_no_growth(state) or why_not_this_extract(
        state, earlier.fingerprint, strata=earlier.strata, units=earlier.units_fingerprint
    )
    if refusal is not None:
        return refusal
    if later.lost:
        return _would_lose(later.lost)
    seed = "" if state.seed is None else state.seed.seed
    fault = (
        first_difference(state, earlier.ranked)
        or fault_of_fresh(state, later.fresh.ranked, seed=seed, sizes={})
        or changed_material(state, material_sha256)
    )
    if fault is not None:
        return not_as_committed(fault)
    if later.frame.fingerprint == frame_of(state).fingerprint:
        return ()
    records = records_grown(state, later.fresh.ranked, seed=seed)
    check_material(records, material_sha256)
    return tuple(_events(state, later, records, material_sha256=material_sha256))


def records_grown(
    state: Ceremony, ranked: tuple[RankedRecord, ...], *, seed: str
) -> tuple[DrawnRecord, ...]:
    """Return all drawn records once the frame has grown, by case number; those there are keep it.

    Args:
        state: Where the draw stands; a sample is drawn.
        ranked: All that the share draws of the frame grown.
        seed: Of the draw.
    """
    known = {record.record_id for record in state.records}
    new = [record for record in ranked if record.record_id not in known]
    return ranked_anew((*state.records, *drawn_at_once(new, seed=seed, after=len(known))))


def decide_close(
    state: Ceremony, fingerprint: str, *, strata: Mapping[str, int]
) -> tuple[FrameClosed, ...] | Refusal:
    """Close the frame of a rolling draw; nothing where it is closed.

    Args:
        state: Where the draw stands.
        fingerprint: Of the extract that the frame was last made of, as read now.
        strata: Its records by stratum.
    """
    if state.is_closed:
        return why_not_this_extract(state, fingerprint, strata=strata) or ()
    refusal = why_no_growth(state) or why_not_this_extract(state, fingerprint, strata=strata)
    return refusal or (FrameClosed(fingerprint=fingerprint),)


def _would_lose(lines: int) -> Refusal:
    were = "1 record of the frame is" if lines == 1 else f"{lines:,} records of the frame are"
    return Refusal(
        rule="frame-only-grows",
        reason=f"{were} not in the later extract, or not in the same stratum.",
        way_out="Give a later extract that holds every record listed so far, as it was.",
    )


def _events(
    state: Ceremony,
    later: Later,
    records: tuple[DrawnRecord, ...],
    *,
    material_sha256: Mapping[str, str],
) -> Iterator[FrameGrown | RecordsAdded]:
    """Yield the growth and its new records in parts."""
    added = records[len(state.records) :]
    parts = list(cut_into_parts(added))
    number = len(state.growths) + 1
    yield FrameGrown(
        growth=number,
        before=frame_of(state).fingerprint,
        frame=later.frame,
        added=len(added),
        sample_digest=sample_digest(records),
        parts=len(parts),
        releases_before=later.releases_before,
        engine=later.fresh.engine,
    )
    for part, part_records in enumerate(parts, start=1):
        yield RecordsAdded(
            extension=number,
            part=part,
            records=part_records,
            material_sha256=tuple(material_sha256[record.record_id] for record in part_records),
        )
