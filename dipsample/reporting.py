"""From the state of a project to findings, and to a release of them."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from importlib.metadata import version

import dipsample
from dipsample.agreeing import double_coding
from dipsample.coding_facts import coding_facts
from dipsample.desk import codebook_of, sample_records
from dipsample.errors import RefusedError
from dipsample.ledger import digest
from dipsample.project import Snapshot, created_of
from dipsample.surroundings import person_of
from exports.release import (
    DrawFacts,
    Extension,
    Growth,
    ProjectFacts,
    Release,
    ReleaseRequest,
    SignatureFacts,
    Trail,
    make_release,
)
from exports.release import Head as ReleaseHead
from review.case import (
    CaseState,
    case_state,
    final_sheet,
    sheet_in_conflict,
)
from review.comparability import VersionClass
from review.finding import Finding
from review.findings import STRATUM, CodedCase, find, readings
from review.indicators import IndicatorKind, indicators_of
from review.looking import Look
from review.open_frame import so_far
from review.persons import FRAME_COLUMN
from review.settled import settled
from review.sign_off import signature_in_force
from review.targets import held
from sampling.ceremony import Ceremony
from sampling.estimation import IntervalOfStrata, stratified
from sampling.frame import Frame
from sampling.inclusion import inclusions
from sampling.plan import Design, Plan

NOT_DRAWN = "No sample is drawn in this project yet. Draw it first."
LIBRARIES = ("duckdb", "numpy", "openpyxl", "pydantic", "scipy")


def coded_cases(project: Snapshot) -> tuple[CodedCase, ...]:
    """Return every case of the sample with its final answers, if it has them.

    Replaced ones are among them: they were drawn, and say what they say of the frame.
    """
    review = project.state.review
    records = sample_records(project)
    kept = {
        case.case_id: {name: value or "" for name, value in case.kept.items()}
        for case in project.store.cases([record.case_id for record in records])
    }
    frame_errors = {
        case_id
        for case_id, event in project.state.ceremony.replacements.items()
        if event.reason.is_frame_error
    }
    chances = _chances(project.state.ceremony)
    return tuple(
        CodedCase(
            case_id=record.case_id,
            stratum=record.stratum,
            kept=kept[record.case_id],
            sheet=final_sheet(review, record.role, record.case_id)
            or sheet_in_conflict(review, record.role, record.case_id),
            excluded=case_state(review, record.role, record.case_id) is CaseState.EXCLUDED,
            is_frame_error=record.case_id in frame_errors,
            is_in_conflict=sheet_in_conflict(review, record.role, record.case_id) is not None,
            chance=chances.get(record.case_id),
            unit=record.unit,
        )
        for record in records
    )


def _chances(ceremony: Ceremony) -> dict[str, Fraction]:
    """Return the probability of each record where those of a stratum differ; else nothing."""
    if ceremony.drawn is None or ceremony.design.design is Design.SIMPLE:
        return {}
    return {case_id: one.probability for case_id, one in inclusions(ceremony).items()}


def drawn_design(project: Snapshot) -> tuple[Frame, Plan]:
    """Return the frame of a project that has drawn, and its plan with the sizes of now.

    Raises:
        RefusedError: Where no sample is drawn yet.
    """
    ceremony = project.state.ceremony
    if ceremony.frame is None or ceremony.plan is None or ceremony.drawn is None:
        raise RefusedError(NOT_DRAWN)
    return ceremony.frame, ceremony.design


def findings(
    project: Snapshot,
    *,
    indicators: Sequence[str] | None,
    by: Sequence[str],
    confidence: float | None,
    is_supervisor: bool = True,
    of_strata: IntervalOfStrata = stratified,
) -> tuple[Finding, ...]:
    """Return the findings asked for; the plan's confidence unless another is given.

    While cases are open only the supervisor gets intervals, provisional ones.

    Args:
        project: Its state is all that the figures rest on.
        indicators: Ids; None for all.
        by: Kept columns and ``stratum``.
        confidence: 0.5 up to but not 1; None for the plan's.
        is_supervisor: Whether the supervisor asks.
        of_strata: What gives the interval of strata; works out every one unless given.

    Raises:
        RefusedError: Where no sample is drawn yet.
        ReviewError: Where an indicator or a column is not known.
    """
    from dipsample.looking import look_of

    frame, plan = drawn_design(project)
    cases = coded_cases(project)
    look = replace(look_of(project, is_supervisor=is_supervisor), of_strata=of_strata)
    found = find(
        codebook_of(project),
        frame,
        plan,
        cases,
        indicators=indicators,
        by=by,
        confidence=float(plan.confidence) if confidence is None else confidence,
        look=look,
    )
    found = so_far(found) if project.state.ceremony.is_open else found
    return _held_against_target(project, found, cases, look)


def _held_against_target(
    project: Snapshot, found: tuple[Finding, ...], cases: Sequence[CodedCase], look: Look
) -> tuple[Finding, ...]:
    """Return findings, the one that the project's target is for with that held against it."""
    target = created_of(project).settings.target_set
    wanted = [
        one for one in found if target and one.by is None and one.indicator == target.indicator
    ]
    if target is None or not wanted:
        return found
    (finding,) = wanted
    frame, plan = drawn_design(project)
    resting_on = readings(
        codebook_of(project), frame, plan, cases, indicators=(finding.indicator,), look=look
    )
    judged = held(finding, resting_on.get(finding.indicator), target)
    return tuple(judged if one is finding else one for one in found)


def default_breakdowns(project: Snapshot) -> tuple[str, ...]:
    """Return the kept columns whose counts the frame has, and the strata where there are any.

    The frame's number of persons arrested is kept for a sum, not for a breakdown.
    """
    frame, _ = drawn_design(project)
    columns = tuple(counts.column for counts in frame.kept_counts if counts.column != FRAME_COLUMN)
    return (*columns, STRATUM) if frame.is_stratified else columns


def release(
    project: Snapshot,
    *,
    by: Sequence[str] | None,
    date: str | None,
    of_strata: IntervalOfStrata = stratified,
    ended: VersionClass | None = None,
) -> Release:
    """Return the release that a project makes, as it is or as it was.

    Args:
        project: Its state is all that the figures rest on.
        by: Kept columns and ``stratum``; None: all there are.
        date: ISO date printed on it; None: the day of the last event.
        of_strata: As :func:`findings`.
        ended: The versions of an earlier codebook, where the project is as it was when they ended.

    Raises:
        RefusedError: Where no sample is drawn yet.
    """
    from dipsample.correcting import second_figures
    from dipsample.looking import look_of

    columns = default_breakdowns(project) if by is None else tuple(by)
    frame, plan = drawn_design(project)
    return make_release(
        ReleaseRequest(
            project=_project_facts(project),
            frame=frame,
            plan=plan,
            draw=_draw_facts(project),
            coding=coding_facts(project, coded_cases(project)),
            findings=_released_findings(project, columns, of_strata),
            trail=_trail(project, date),
            signature=_signature(project),
            agreement=double_coding(project, confidence=float(plan.confidence)),
            second_figures=second_figures(project),
            settled=settled(project.state.review, sample_records(project)),
            basis=look_of(project, is_supervisor=True).words,
            ended=ended,
        )
    )


def _released_findings(
    project: Snapshot, columns: Sequence[str], of_strata: IntervalOfStrata
) -> tuple[Finding, ...]:
    """Return every finding over the whole frame, and by group those that are about incidents.

    How often a question could not be answered is said of the whole sample alone: by group it
    would fill the table with what nobody asked.
    """
    whole = findings(project, indicators=None, by=(), confidence=None, of_strata=of_strata)
    about_incidents = [
        one.id for one in indicators_of(codebook_of(project)) if one.kind is not IndicatorKind.ASKED
    ]
    grouped = findings(
        project, indicators=about_incidents, by=columns, confidence=None, of_strata=of_strata
    )
    return (*whole, *(one for one in grouped if one.by is not None))


def _signature(project: Snapshot) -> SignatureFacts | None:
    """Return the signature that covers the sample exactly as it stands; None without one."""
    found = signature_in_force(project.state.review, sample_records(project))
    if found is None:
        return None
    by = code_of(project, found.by)
    return SignatureFacts(by, found.time, found.statement, found.heads_sha256)


def draw_json(project: Snapshot) -> dict[str, object]:
    """Return the draw as the machine-readable findings print it."""
    facts = _draw_facts(project)
    frame, _ = drawn_design(project)
    return {
        "fingerprint": frame.fingerprint,
        "seed": facts.seed,
        "number": facts.number,
        "of": facts.of,
    }


def _project_facts(project: Snapshot) -> ProjectFacts:
    created = created_of(project)
    settings = created.settings
    return ProjectFacts(
        id=project.store.project.id,
        title=created.title,
        is_encrypted=not created.is_synthetic,
        **settings.model_dump(),
    )


def _draw_facts(project: Snapshot) -> DrawFacts:
    ceremony = project.state.ceremony
    if ceremony.drawn is None or ceremony.seed is None:
        raise RefusedError(NOT_DRAWN)
    return DrawFacts(
        seed=ceremony.seed.seed,
        seed_source=ceremony.seed.source,
        number=ceremony.drawn.draw_number,
        of=ceremony.tries.draws,
        frames=ceremony.tries.frames,
        plans=ceremony.tries.plans,
        sample_digest=ceremony.sample_digest or ceremony.drawn.sample_digest,
        extensions=tuple(
            Extension(one.before, one.size, one.releases_before) for one in ceremony.extensions
        ),
        growths=tuple(Growth(one.frame.records, one.releases_before) for one in ceremony.growths),
        is_open=ceremony.is_open,
    )


def _trail(project: Snapshot, date: str | None) -> Trail:
    heads = sorted(project.state.heads.values())
    stamp = project.state.last_time or project.store.project.created
    return Trail(
        log_digest=digest(heads),
        heads=tuple(
            ReleaseHead(stream_label(project, head.stream), head.seq, head.hash) for head in heads
        ),
        events=project.state.content_events,
        stamp=stamp,
        date=date or stamp[: len("2026-01-01")],
        dipsample=dipsample.__version__,
        python=platform.python_version(),
        libraries=tuple((name, version(name)) for name in LIBRARIES),
    )


def stream_label(project: Snapshot, stream: str) -> str:
    """Return a stream with the person's code in the place of the name."""
    device = stream.rpartition(".")[2]
    return f"{code_of(project, person_of(stream))}.{device}"


def code_of(project: Snapshot, name: str) -> str:
    """Return how a person appears in outputs: R1, R2, ``supervisor``, or ``other``."""
    if name == created_of(project).supervisor:
        return "supervisor"
    return project.state.review.reviewers.get(name, "other")
