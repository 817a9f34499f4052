"""The ceremony of a draw: frame, then plan, then seed and draw, each once and in that order.

Rules are pure. :func:`apply` folds what happened into a state; each ``decide`` function answers a
command with the events to append, with none where the same was decided before, or with a
:class:`Refusal`. What changes a sample after its draw, extension and replacement, folds in here
and is decided in modules of its own. Whoever knows the seed before the frame and the plan are
fixed can choose the sample, so neither may change once the seed is known, and everything that was
tried before it on the same records stays counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from sampling.draw import DrawnRecord, Role
from sampling.errors import SamplingError
from sampling.events import (
    CaseReplaced,
    EarlierWavesListed,
    FrameClosed,
    FrameCommitted,
    FrameGrown,
    JointSeedOpened,
    PlanCommitted,
    RecordsAdded,
    RecordsDrawn,
    ReserveRenumbered,
    SampleDrawn,
    SampleExtended,
    SeedCommitted,
    SeedContributed,
    SeedRevealed,
)
from sampling.frame import Frame
from sampling.growing_frame import ranked_anew, strata_of
from sampling.joint_seed import JointSeed
from sampling.looking import CodingStopped, LookTaken
from sampling.plan import Plan
from sampling.refusal import Refusal
from sampling.steps import Step, after_step
from sampling.waves import listed

DrawEvent = SeedRevealed | SampleDrawn | RecordsDrawn
ExtensionEvent = SampleExtended | RecordsAdded
GrowthEvent = FrameGrown | RecordsAdded | FrameClosed
JointSeedEvent = JointSeedOpened | SeedCommitted | SeedContributed
SamplingEvent = (
    EarlierWavesListed
    | FrameCommitted
    | PlanCommitted
    | JointSeedEvent
    | DrawEvent
    | ExtensionEvent
    | GrowthEvent
    | CaseReplaced
    | ReserveRenumbered
    | LookTaken
    | CodingStopped
)


@dataclass(frozen=True, slots=True)
class Tries:
    """What this project saw decided on one set of records."""

    frames: int = 0
    plans: int = 0
    draws: int = 0


@dataclass(frozen=True, slots=True)
class Ceremony:
    """Where the draw of a project stands."""

    frame: Frame | None = None
    """The frame committed last."""
    earlier_waves: tuple[str, ...] = ()
    """Ids that earlier waves drew and that the frame leaves out, sorted by bytes."""
    plan: Plan | None = None
    """The plan committed last on that frame; None after a new frame."""
    joint: JointSeed | None = None
    """The seed that several parties are making, or have made; None where one party brings it."""
    joints_abandoned: int = 0
    """How often such a seed was given up after a contribution had been shown."""
    seed: SeedRevealed | None = None
    drawn: SampleDrawn | None = None
    records: tuple[DrawnRecord, ...] = ()
    """Sample and reserve, in the order of their case numbers."""
    material_sha256: tuple[str, ...] = ()
    """For each record the SHA-256 of what coders are shown of it."""
    steps: tuple[Step, ...] = ()
    """Extensions, replacements, renumberings and the stop since the draw, in order."""
    growths: tuple[FrameGrown, ...] = ()
    """Of a rolling draw, the later extracts that its frame took in, in order."""
    is_closed: bool = False
    """Whether the frame of a rolling draw takes in nothing more."""
    looks: tuple[LookTaken, ...] = ()
    """Looks at provisional figures of a stratified sample, in order."""
    late: int = 0
    """Frames and plans written once the seed was known, which no rule allows: without effect."""
    tries_by_ids: Mapping[str, Tries] = field(default_factory=dict)
    """Tries by the fingerprint of the ids alone: other strata, nonce or order of rows make no
    other frame of it."""

    @property
    def tries(self) -> Tries:
        """What was tried on the records of the present frame."""
        return Tries() if self.frame is None else self._tries_on(self.frame)

    @property
    def is_seed_known(self) -> bool:
        """Whether the seed, or a party's part of it, is known to this project."""
        shown = self.joint is not None and self.joint.is_begun_to_show
        return self.seed is not None or shown

    @property
    def is_open(self) -> bool:
        """Whether the frame may still grow, so that no figure is final."""
        return self.plan is not None and self.plan.rolling is not None and not self.is_closed

    @property
    def draw_of_draws(self) -> str:
        """The count that every output prints: ``draw 1 of 1 on this frame``."""
        number = 0 if self.drawn is None else self.drawn.draw_number
        return f"draw {number} of {self.tries.draws} on this frame"

    @property
    def extensions(self) -> tuple[SampleExtended, ...]:
        """The extensions of the draw, in order."""
        return tuple(step for step in self.steps if isinstance(step, SampleExtended))

    @property
    def replacements(self) -> dict[str, CaseReplaced]:
        """What happened to each replaced case, by its case number."""
        return {step.case_id: step for step in self.steps if isinstance(step, CaseReplaced)}

    @property
    def stopped(self) -> CodingStopped | None:
        """Where coding stopped by the rule of the plan; None where it did not."""
        return next((step for step in self.steps if isinstance(step, CodingStopped)), None)

    @property
    def sample_digest(self) -> str | None:
        """The digest of all drawn records; None where none is drawn."""
        later = self.growths or self.extensions
        latest = later[-1] if later else self.drawn
        return None if latest is None else latest.sample_digest

    @property
    def design(self) -> Plan:
        """The plan with sample and reserve of each stratum as they are now.

        Raises:
            SamplingError: Where no plan is committed.
        """
        plan = plan_of(self)
        if self.drawn is None:
            return plan
        if plan.rolling is not None:
            return strata_of(plan, frame_of(self), self.records)
        counts = Counter((record.stratum, record.role) for record in self.records)
        return plan.model_copy(
            update={
                "strata": tuple(
                    stratum.model_copy(
                        update={
                            "sample": counts[stratum.name, Role.SAMPLE],
                            "reserve": counts[stratum.name, Role.RESERVE],
                        }
                    )
                    for stratum in plan.strata
                )
            }
        )

    def _tries_on(self, frame: Frame) -> Tries:
        return self.tries_by_ids.get(frame.ids_fingerprint, Tries())


def apply(state: Ceremony, event: SamplingEvent) -> Ceremony:
    """Return the state after one event that the rules allowed."""
    match event:
        case EarlierWavesListed() | FrameCommitted() | PlanCommitted():
            return _before_seed(state, event)
        case JointSeedOpened() | SeedCommitted() | SeedContributed():
            return _with_joint_seed(state, event)
        case SeedRevealed():
            return replace(state, seed=event)
        case SampleDrawn():
            drawn = replace(state, drawn=event, records=(), material_sha256=(), steps=(), looks=())
            return _counted(drawn, draws=1)
        case (
            SampleExtended() | CaseReplaced() | CodingStopped() | ReserveRenumbered() | LookTaken()
        ):
            return _after_draw(state, event)
        case FrameGrown() | FrameClosed():
            return _with_growth(state, event)
        case (
            RecordsDrawn(records=records, material_sha256=material)
            | RecordsAdded(records=records, material_sha256=material)
        ):
            every = state.records + records
            return replace(
                state,
                records=ranked_anew(every) if state.growths else every,
                material_sha256=state.material_sha256 + material,
            )
        case _:
            assert_never(event)


def _with_growth(state: Ceremony, event: FrameGrown | FrameClosed) -> Ceremony:
    """Return the state after a rolling draw's frame grew or was closed.

    What was tried on the records of before counts on: they are all there.
    """
    match event:
        case FrameGrown(frame=frame):
            tries = {**state.tries_by_ids, frame.ids_fingerprint: state.tries}
            growths = (*state.growths, event)
            return replace(state, frame=frame, growths=growths, tries_by_ids=tries)
        case FrameClosed():
            return replace(state, is_closed=True)
        case _:
            assert_never(event)


def _before_seed(
    state: Ceremony, event: EarlierWavesListed | FrameCommitted | PlanCommitted
) -> Ceremony:
    """Return the state after a frame or plan, or after a part of the list of what is left out."""
    match event:
        case FrameCommitted() | PlanCommitted() if state.is_seed_known:
            return replace(state, late=state.late + 1)
        case PlanCommitted(plan=plan):
            return _counted(replace(state, plan=plan, joint=None), plans=1)
        case EarlierWavesListed(part=part, record_ids=record_ids):
            before = state.earlier_waves if part > 1 else ()
            return replace(state, earlier_waves=before + record_ids)
        case FrameCommitted(frame=frame):
            waves = state.earlier_waves if frame.spec.excluded is not None else ()
            now = replace(state, frame=frame, earlier_waves=waves, plan=None, joint=None)
            return _counted(now, frames=1)
        case _:
            assert_never(event)


def _with_joint_seed(state: Ceremony, event: JointSeedEvent) -> Ceremony:
    """Return the state after one step of a seed that several parties make."""
    joint = state.joint or JointSeed(())
    match event:
        case JointSeedOpened(parties=parties):
            abandoned = state.joints_abandoned + joint.is_begun_to_show
            return replace(state, joint=JointSeed(parties), joints_abandoned=abandoned)
        case SeedCommitted(party=party, commitment=commitment):
            committed = {**joint.commitments, party: commitment}
            return replace(state, joint=replace(joint, commitments=committed))
        case SeedContributed(party=party, contribution=contribution):
            shown = {**joint.contributions, party: contribution}
            return replace(state, joint=replace(joint, contributions=shown))
        case _:
            assert_never(event)


def _after_draw(state: Ceremony, event: Step | LookTaken) -> Ceremony:
    """Return the state after a step that changes the sample, or a look that does not."""
    if isinstance(event, LookTaken):
        return replace(state, looks=(*state.looks, event))
    changed = after_step(state.records, event)
    after = replace(state, records=changed, steps=(*state.steps, event))
    if not isinstance(event, ReserveRenumbered):
        return after
    material = {
        record.record_id: sha256
        for record, sha256 in zip(state.records, state.material_sha256, strict=True)
    }
    anew = {one.now: one.material_sha256 for one in event.moved}
    return replace(
        after,
        material_sha256=tuple(
            anew.get(record.case_id, material[record.record_id]) for record in changed
        ),
    )


def frame_of(state: Ceremony) -> Frame:
    """Return the committed frame.

    Raises:
        SamplingError: Where none is.
    """
    if state.frame is None:
        raise SamplingError("No frame is committed in this project yet; commit one first.")
    return state.frame


def plan_of(state: Ceremony) -> Plan:
    """Return the committed plan.

    Raises:
        SamplingError: Where none is.
    """
    if state.plan is None:
        raise SamplingError("No plan is committed in this project yet; commit one first.")
    return state.plan


def replay(events: Iterable[SamplingEvent]) -> Ceremony:
    """Return the state after all the events, from nothing."""
    state = Ceremony()
    for event in events:
        state = apply(state, event)
    return state


def decide_frame(
    state: Ceremony, frame: Frame, *, earlier_waves: tuple[str, ...] = ()
) -> tuple[EarlierWavesListed | FrameCommitted, ...] | Refusal:
    """Commit a frame; before the seed a new one takes the place of the old one and its plan.

    Args:
        state: Where the draw stands.
        frame: The frame as read from the extract.
        earlier_waves: Ids that the frame leaves out because earlier waves drew them.

    Returns:
        The frame, after the list of what it leaves out if there is one; none where this very frame
        is committed already; a refusal after the seed.
    """
    if frame == state.frame:
        return ()
    if state.is_seed_known:
        return Refusal(
            rule="frame-before-seed",
            reason="The seed of this project is known, so its frame can no longer change.",
            way_out="Start a new project for another frame.",
        )
    return (*listed(earlier_waves), FrameCommitted(frame=frame))


def decide_plan(state: Ceremony, plan: Plan) -> tuple[PlanCommitted, ...] | Refusal:
    """Commit a plan; before the seed a new one takes the place of the old one.

    Args:
        state: Where the draw stands.
        plan: A plan made on the committed frame.

    Returns:
        One event; none where this very plan is committed already; a refusal without a frame,
        for another frame, or after the seed.
    """
    if state.frame is None:
        return Refusal(
            rule="frame-before-plan",
            reason="No frame is committed, so there is nothing to plan on.",
            way_out="Commit the frame first.",
        )
    if plan == state.plan:
        return ()
    if state.is_seed_known:
        return Refusal(
            rule="plan-before-seed",
            reason="The seed of this project is known, so its plan can no longer change.",
            way_out="Start a new project for another plan.",
        )
    if not _fits(plan, state.frame):
        return Refusal(
            rule="plan-of-this-frame",
            reason="The plan was made on another frame than the one that is committed.",
            way_out="Make the plan again on the committed frame.",
        )
    return (PlanCommitted(plan=plan),)


def _fits(plan: Plan, frame: Frame) -> bool:
    """Say whether the plan is one of this frame and takes no more than each stratum holds."""
    return (
        plan.frame_fingerprint == frame.fingerprint
        and [stratum.name for stratum in plan.strata] == [s.name for s in frame.strata]
        and (plan.first_stage is None or plan.first_stage.units == frame.units)
        and all(
            stratum.population == size.records
            and (plan.rolling is not None or stratum.sample > 0)
            and stratum.sample <= size.records
            and 0 <= stratum.reserve <= size.records - stratum.sample
            for stratum, size in zip(plan.strata, frame.strata, strict=True)
        )
    )


def _counted(state: Ceremony, *, frames: int = 0, plans: int = 0, draws: int = 0) -> Ceremony:
    """Count one more try on the records of the present frame."""
    if state.frame is None:
        return state
    before = state.tries
    after = Tries(before.frames + frames, before.plans + plans, before.draws + draws)
    return replace(state, tries_by_ids={**state.tries_by_ids, state.frame.ids_fingerprint: after})
