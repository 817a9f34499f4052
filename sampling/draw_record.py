"""The record of a draw: one page that a witness signs, and all that drawing it again needs.

It holds what may be published (frame by its fingerprint and counts, plan, seed, digest of the
drawn records) and nothing else: no id of a record, no counts of other columns, no nonce. Whoever
has it and the extract can draw again without the project and without trusting whoever made it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import ClassVar, Literal

from pydantic import ValidationError

from sampling.ceremony import Ceremony, frame_of, plan_of
from sampling.errors import SamplingError
from sampling.events import SampleDrawn, SampleExtended, SeedRevealed
from sampling.frame import Frame
from sampling.joint_seed import commitment_of, joint_seed
from sampling.plan import Plan
from sampling.recorded import Recorded, Row, Widened
from sampling.redraw import ranks_to_read

FORMAT = "dipsample-draw-record-v1"


class LoggedStep(Recorded):
    """One step of the ceremony as the project's log holds it."""

    what: str
    time: str
    """RFC 3339, UTC: a claim of the writer's clock."""
    hash: str
    """Of the event: 64 hex digits."""


class Party(Recorded):
    """What one party brought to a joint seed."""

    name: str
    commitment: str
    contribution: str


class Ranks(Recorded):
    """How far one stratum is drawn."""

    stratum: str
    ranks: int
    """Records of the sample, of the reserve, and replaced ones."""


class GrownFrame(Recorded):
    """One growth of the frame of a rolling draw."""

    before: str
    """Fingerprint of the frame before."""
    fingerprint: str
    records: int
    """In the frame since."""
    added: int
    """Records drawn of those that were new."""


class DrawRecord(Widened):
    """Everything about a draw that may be published."""

    SPARE: ClassVar[frozenset[str]] = frozenset({"growths", "is_closed"})

    format: Literal["dipsample-draw-record-v1"] = "dipsample-draw-record-v1"
    title: str
    software: str
    """Name and version of the program that made the record."""
    frame: Frame
    """Without its nonce and without counts of kept columns."""
    has_nonce: bool
    """Whether the fingerprint covers a nonce, which a verifier has to be shown."""
    plan: Plan
    frames: int
    """Frames committed on these records in this project."""
    plans: int
    """Plans committed on these records in this project."""
    seed: SeedRevealed
    parties: Row[Party]
    """Of a joint seed; none where one party brought it."""
    joints_abandoned: int
    """Joint seeds given up after a contribution had been shown."""
    drawn: SampleDrawn
    draws: int
    """Draws made on these records in this project."""
    extensions: Row[SampleExtended]
    replaced: int
    """Cases that gave way to the next of the reserve."""
    ranks: Row[Ranks]
    """How far the strata are drawn by now, in the order of the plan."""
    sample_digest: str
    """Of all records drawn by now."""
    steps: Row[LoggedStep]
    growths: Row[GrownFrame] = ()
    """Of a rolling draw, how its frame grew; the frame of the record is the last one."""
    is_closed: bool = False
    """Whether the frame of a rolling draw takes in nothing more."""

    @property
    def draw_of_draws(self) -> str:
        """Such as ``draw 1 of 1 on this frame``."""
        return f"draw {self.drawn.draw_number} of {self.draws} on this frame"


def make_record(
    state: Ceremony, *, title: str, software: str, steps: tuple[LoggedStep, ...]
) -> DrawRecord:
    """Return the record of a draw.

    Args:
        state: Where the draw stands; a sample is drawn.
        title: What the audit is called.
        software: Name and version of the program.
        steps: Frame, plan, seed and draw as the log holds them.

    Raises:
        SamplingError: Where no sample is drawn, or the log holds a step that no rule allows.
    """
    frame, plan = frame_of(state), plan_of(state)
    if state.seed is None or state.drawn is None or state.sample_digest is None:
        raise SamplingError("No sample is drawn in this project yet, so there is no draw record.")
    public = frame.model_copy(update={"nonce": None, "kept_counts": (), "identifiability": ()})
    return DrawRecord(
        title=title,
        software=software,
        frame=public,
        has_nonce=frame.nonce is not None,
        plan=plan,
        frames=state.tries.frames,
        plans=state.tries.plans,
        seed=state.seed,
        parties=_parties(state),
        joints_abandoned=state.joints_abandoned,
        drawn=state.drawn,
        draws=state.tries.draws,
        extensions=state.extensions,
        replaced=len(state.replacements),
        ranks=_ranks(state),
        sample_digest=state.sample_digest,
        steps=steps,
        growths=tuple(
            GrownFrame(
                before=one.before,
                fingerprint=one.frame.fingerprint,
                records=one.frame.records,
                added=one.added,
            )
            for one in state.growths
        ),
        is_closed=state.is_closed,
    )


def _ranks(state: Ceremony) -> tuple[Ranks, ...]:
    """Return how far the strata are drawn: by the plan and its steps, or by a share of each."""
    taken = ranks_to_read(state)
    if plan_of(state).rolling is not None:
        taken = state.design.sample_sizes
    return tuple(Ranks(stratum=name, ranks=ranks) for name, ranks in taken.items())


def _parties(state: Ceremony) -> tuple[Party, ...]:
    joint = state.joint
    if joint is None or joint.unrevealed:
        return ()
    return tuple(
        Party(
            name=party,
            commitment=joint.commitments[party],
            contribution=joint.contributions[party],
        )
        for party in joint.parties
    )


def canonical(record: DrawRecord) -> str:
    """Return the record as JSON, one form for one content: sorted keys, one value a line."""
    return json.dumps(record.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, indent=1)


def record_digest(record: DrawRecord) -> str:
    """Return the SHA-256 of :func:`canonical` in UTF-8, as 64 hex digits: what a witness signs."""
    return sha256(canonical(record).encode("utf-8")).hexdigest()


def parse_record(text: str) -> DrawRecord:
    """Read a record from its JSON.

    Raises:
        SamplingError: Where it is not one of this format, or numbers in it do not fit together.
    """
    try:
        content = json.loads(text)
        if not isinstance(content, Mapping) or content.get("format") != FORMAT:
            raise SamplingError(f"This is not a draw record of the format {FORMAT}.")
        record = DrawRecord.model_validate(content)
    except (ValueError, RecursionError, ValidationError) as error:
        raise SamplingError(
            "The draw record cannot be read: it was cut or changed. Ask for it again."
        ) from error
    fault = _why_not_whole(record)
    if fault is not None:
        raise SamplingError(fault)
    return record


def _why_not_whole(record: DrawRecord) -> str | None:
    """Say where a record contradicts itself, or None."""
    frames = [record.plan.frame_fingerprint, record.drawn.frame_fingerprint]
    for growth in record.growths:
        frames.append(growth.before)
        if len(set(frames)) > 1:
            break
        frames = [growth.fingerprint]
    if any(one != record.frame.fingerprint for one in frames):
        return "The draw record names more than one frame."
    strata = record.plan.strata if record.plan.rolling is None else record.frame.strata
    if [one.stratum for one in record.ranks] != [one.name for one in strata]:
        return "The draw record speaks of other strata than its plan."
    return None


def why_not_this_seed(record: DrawRecord) -> str | None:
    """Say why the seed is not the one that the parties of the record made, or None.

    None as well where one party brought the seed: nothing then shows that it was not chosen.
    """
    if not record.parties:
        return None
    for party in record.parties:
        if commitment_of(party.contribution) != party.commitment:
            return f"The contribution of {party.name} is not what it committed to."
    if joint_seed(party.contribution for party in record.parties) != record.seed.seed:
        return "The seed is not the one that the contributions make."
    return None
