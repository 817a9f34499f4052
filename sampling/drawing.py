"""Decide a draw.

An engine hands in what it drew; everything about it that can be worked out without the extract
(ranks, tickets, order, roles, case numbers, digest) is worked out again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sampling.ceremony import Ceremony, DrawEvent, frame_of, plan_of
from sampling.differences import changed_counts
from sampling.draw import DrawnRecord, RankedRecord, Role, sample_digest
from sampling.errors import SamplingError
from sampling.events import RecordsDrawn, SampleDrawn, SeedRevealed
from sampling.ranks_by_size import sizes_to_record
from sampling.redraw import changed_material, drawn_by_plan, fault_of_fresh, first_difference
from sampling.refusal import Refusal
from sampling.size_weighted import Sizes
from sampling.tickets import check_seed

MAX_PART_RECORDS = 2000
MAX_PART_BYTES = 700_000
"""An event of the log has at most one mebibyte; long ids and strata make smaller parts."""

_HASH_BYTES = 68
_LONGEST_SOURCE = 500

_NO_FRAME = Refusal(
    rule="frame-before-seed",
    reason="No frame is committed, and a seed known before it could choose the sample.",
    way_out="Commit frame and plan first, then take a new seed.",
)
_NO_PLAN = Refusal(
    rule="plan-before-seed",
    reason="No plan is committed on this frame, and a seed known before it could choose the "
    "sample.",
    way_out="Commit the plan first, then take a new seed.",
)


@dataclass(frozen=True, slots=True)
class FreshDraw:
    """What an engine read and drew just now."""

    fingerprint: str
    """Fingerprint of the extract, with the nonce of the committed frame."""
    strata: Mapping[str, int]
    """Records of the extract by stratum."""
    ranked: tuple[RankedRecord, ...]
    """Every rank from 1 to the last one drawn of every stratum, in any order."""
    engine: str
    """Name and version, such as ``duckdb 2.0.0``."""
    sizes: Mapping[str, Sizes] = field(default_factory=dict)
    """Of a size-weighted draw, what its chances rest on, by stratum."""
    units_fingerprint: str | None = None
    """Of the extract; None where the frame has no units."""


def why_no_draw(state: Ceremony, *, seed: str, source: str) -> Refusal | None:
    """Say why this project does not take this seed, before any extract is read.

    Args:
        state: Where the draw stands.
        seed: The seed as typed.
        source: One sentence: where it came from and who saw it.

    Returns:
        None where the seed may be used: nothing but the extract can then stand in the way.

    Raises:
        TicketError: Where the seed is not one that the specification allows.
    """
    if state.frame is None:
        return _NO_FRAME
    if state.plan is None:
        return _NO_PLAN
    check_seed(seed)
    if state.seed is not None and state.seed.seed != seed:
        return Refusal(
            rule="one-seed",
            reason="This project already has a seed, and it is another one.",
            way_out="Draw with the seed that the log shows, or start a new project.",
        )
    if state.joint is not None and state.joint.seed != seed:
        return Refusal(
            rule="joint-seed",
            reason="Several parties are making the seed of this project, and this is not it.",
            way_out="Let every party show its contribution, then draw without --seed.",
        )
    if not source.strip() or not source.isprintable() or len(source) > _LONGEST_SOURCE:
        return Refusal(
            rule="seed-has-a-source",
            reason=f"The source of a seed is one line of 1 to {_LONGEST_SOURCE} printable "
            "characters, and this one is not.",
            way_out="Say in one sentence where the seed came from and who saw it.",
        )
    return None


def why_not_this_extract(
    state: Ceremony, fingerprint: str, *, strata: Mapping[str, int], units: str | None = None
) -> Refusal | None:
    """Say how an extract differs from the committed frame; None where it is the same.

    Args:
        state: Where the draw stands; a frame is committed.
        fingerprint: Of the extract as read now, with the nonce of the frame.
        strata: Records of the extract by stratum.
        units: Fingerprint of the units of the extract; None where the frame has none.

    Raises:
        SamplingError: Where no frame is committed.
    """
    frame = frame_of(state)
    if fingerprint == frame.fingerprint and units == frame.units_fingerprint:
        return None
    if fingerprint == frame.fingerprint:
        return Refusal(
            rule="same-extract",
            reason="The extract is not the one that was committed: its records lie in other units.",
            way_out="Give the extract as it was committed; other units are another frame.",
        )
    return Refusal(
        rule="same-extract",
        reason=f"The extract is not the one that was committed: {changed_counts(frame, strata)}.",
        way_out="Give the extract as it was committed; other records are another frame.",
    )


def decide_draw(
    state: Ceremony,
    fresh: FreshDraw,
    *,
    seed: str,
    source: str,
    material_sha256: Mapping[str, str],
) -> tuple[DrawEvent, ...] | Refusal:
    """Reveal the seed and record the draw.

    Args:
        state: Where the draw stands.
        fresh: What the engine drew under this seed with the plan's sizes.
        seed: The seed.
        source: One sentence: where it came from and who saw it.
        material_sha256: By record id, the SHA-256 of what coders are shown of it.

    Returns:
        Seed, draw and its records in parts; none where this very draw is in the log already.

    Raises:
        TicketError: Where the seed is not one that the specification allows.
        SamplingError: Where a drawn record has no material.
    """
    refusal = why_no_draw(state, seed=seed, source=source) or why_not_this_extract(
        state, fresh.fingerprint, strata=fresh.strata, units=fresh.units_fingerprint
    )
    if refusal is not None:
        return refusal
    if state.drawn is not None:
        return _decide_again(state, fresh, material_sha256)
    plan = plan_of(state)
    fault = fault_of_fresh(state, fresh.ranked, seed=seed, sizes=fresh.sizes)
    if fault is not None:
        return not_as_committed(fault)
    records = drawn_by_plan(plan, fresh.ranked, seed=seed)
    revealed = (SeedRevealed(seed=seed, source=source),) if state.seed is None else ()
    drawn = _record(state, records, fresh=fresh, material_sha256=material_sha256)
    return (*revealed, *drawn)


def _decide_again(
    state: Ceremony, fresh: FreshDraw, material_sha256: Mapping[str, str]
) -> tuple[DrawEvent, ...] | Refusal:
    """Answer a draw that is in the log already: nothing to write where it is the same."""
    difference = first_difference(state, fresh.ranked, sizes=fresh.sizes)
    if difference is None:
        difference = changed_material(state, material_sha256)
    return () if difference is None else not_as_committed(difference)


def not_as_committed(fault: str) -> Refusal:
    """Refuse an extract from which the draw of the log cannot be made again."""
    return Refusal(
        rule="draw-as-committed",
        reason=fault,
        way_out="Give the extract as it was committed, and run verify on this project.",
    )


def _record(
    state: Ceremony,
    records: tuple[DrawnRecord, ...],
    *,
    fresh: FreshDraw,
    material_sha256: Mapping[str, str],
) -> Iterator[SampleDrawn | RecordsDrawn]:
    """Yield the draw and its records in parts."""
    check_material(records, material_sha256)
    parts = list(cut_into_parts(records))
    number = state.tries.draws + 1
    in_sample = sum(record.role is Role.SAMPLE for record in records)
    yield SampleDrawn(
        draw_number=number,
        frame_fingerprint=frame_of(state).fingerprint,
        sample=in_sample,
        reserve=len(records) - in_sample,
        sample_digest=sample_digest(records),
        parts=len(parts),
        engine=fresh.engine,
        sizes=sizes_to_record(plan_of(state), fresh.sizes),
    )
    for part, part_records in enumerate(parts, start=1):
        yield RecordsDrawn(
            draw_number=number,
            part=part,
            records=part_records,
            material_sha256=tuple(material_sha256[record.record_id] for record in part_records),
        )


def check_material(records: Sequence[DrawnRecord], material_sha256: Mapping[str, str]) -> None:
    """Refuse records of which it is not known what coders are shown.

    Raises:
        SamplingError: Where there are any.
    """
    bare = sum(record.record_id not in material_sha256 for record in records)
    if bare:
        raise SamplingError(f"{bare} drawn records have no material; read the extract again.")


def cut_into_parts(records: Iterable[DrawnRecord]) -> Iterator[tuple[DrawnRecord, ...]]:
    """Yield the records in order, cut so that each part fits into one event."""
    part: list[DrawnRecord] = []
    part_bytes = 0
    for record in records:
        record_bytes = len(record.model_dump_json().encode("utf-8")) + _HASH_BYTES
        if part and (len(part) == MAX_PART_RECORDS or part_bytes + record_bytes > MAX_PART_BYTES):
            yield tuple(part)
            part, part_bytes = [], 0
        part.append(record)
        part_bytes += record_bytes
    if part:
        yield tuple(part)
