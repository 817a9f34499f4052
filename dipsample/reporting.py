"""From the state of a project to findings, and to a release of them."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import dipsample
from dipsample.agreeing import double_coding
from dipsample.desk import codebook_of, sample_records
from dipsample.errors import RefusedError
from dipsample.ledger import digest
from dipsample.project import Happened, OpenProject, Snapshot, created_of
from dipsample.publishing import revisions_of
from dipsample.surroundings import person_of
from exports.events import ReleaseMade
from exports.files import write_whole
from exports.release import (
    CodingFacts,
    DrawFacts,
    Extension,
    Growth,
    ProjectFacts,
    Release,
    ReleaseRequest,
    ReviewerLoad,
    SignatureFacts,
    Trail,
    make_release,
)
from exports.release import Head as ReleaseHead
from exports.release.titles import PROVISIONAL
from exports.workbook import write_workbook
from review.applicability import Applicability
from review.case import (
    CaseState,
    case_state,
    count_states,
    double_coded_count,
    final_bench,
    final_sheet,
    sheet_in_conflict,
    unresolved_count,
)
from review.finding import Finding
from review.findings import STRATUM, CodedCase, find
from review.indicators import IndicatorKind, indicators_of
from review.open_frame import so_far
from review.persons import FRAME_COLUMN
from review.settled import settled
from review.sign_off import signature_in_force
from sampling.ceremony import Ceremony
from sampling.draw import Role
from sampling.frame import Frame
from sampling.inclusion import inclusions
from sampling.plan import Design, Plan

SUFFIX = ".xlsx"
NOT_DRAWN = "No sample is drawn in this project yet. Draw it first."
LIBRARIES = ("duckdb", "numpy", "openpyxl", "pydantic", "scipy")


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was exported."""

    path: Path
    sha256: str
    has_replaced: bool = False
    """Whether a file stood there before."""


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
) -> tuple[Finding, ...]:
    """Return the findings asked for; the plan's confidence unless another is given.

    While cases are open only the supervisor gets intervals, provisional ones.

    Raises:
        RefusedError: Where no sample is drawn yet.
        ReviewError: Where an indicator or a column is not known.
    """
    from dipsample.looking import look_of

    frame, plan = drawn_design(project)
    found = find(
        codebook_of(project),
        frame,
        plan,
        coded_cases(project),
        indicators=indicators,
        by=by,
        confidence=float(plan.confidence) if confidence is None else confidence,
        look=look_of(project, is_supervisor=is_supervisor),
    )
    return so_far(found) if project.state.ceremony.is_open else found


def default_breakdowns(project: Snapshot) -> tuple[str, ...]:
    """Return the kept columns whose counts the frame has, and the strata where there are any.

    The frame's number of persons arrested is kept for a sum, not for a breakdown.
    """
    frame, _ = drawn_design(project)
    columns = tuple(counts.column for counts in frame.kept_counts if counts.column != FRAME_COLUMN)
    return (*columns, STRATUM) if frame.is_stratified else columns


def release(project: Snapshot, *, by: Sequence[str] | None, date: str | None) -> Release:
    """Return the release that a project makes at present.

    Args:
        project: Its state is all that the figures rest on.
        by: Kept columns and ``stratum``; None: all there are.
        date: ISO date printed on it; None: the day of the last event.

    Raises:
        RefusedError: Where no sample is drawn yet.
    """
    from dipsample.looking import look_of

    columns = default_breakdowns(project) if by is None else tuple(by)
    frame, plan = drawn_design(project)
    return make_release(
        ReleaseRequest(
            project=_project_facts(project),
            frame=frame,
            plan=plan,
            draw=_draw_facts(project),
            coding=_coding_facts(project),
            findings=_released_findings(project, columns),
            trail=_trail(project, date),
            signature=_signature(project),
            agreement=double_coding(project, confidence=float(plan.confidence)),
            settled=settled(project.state.review, sample_records(project)),
            basis=look_of(project, is_supervisor=True).words,
        )
    )


def _released_findings(project: Snapshot, columns: Sequence[str]) -> tuple[Finding, ...]:
    """Return every finding over the whole frame, and by group those that are about incidents.

    How often a question could not be answered is said of the whole sample alone: by group it
    would fill the table with what nobody asked.
    """
    whole = findings(project, indicators=None, by=(), confidence=None)
    about_incidents = [
        one.id for one in indicators_of(codebook_of(project)) if one.kind is not IndicatorKind.ASKED
    ]
    grouped = findings(project, indicators=about_incidents, by=columns, confidence=None)
    return (*whole, *(one for one in grouped if one.by is not None))


def export(
    project: OpenProject, name: str, out: Path, *, by: Sequence[str] | None, date: str | None
) -> Written:
    """Write the findings as a workbook; the same project gives the same bytes.

    The export itself becomes an event. A release rests on the events before it, exports at the
    end of a stream left out: asked for again with nothing else new, it is the same, and no
    further event is written.

    Args:
        project: The project.
        name: Who asks.
        out: A folder, or a file that ends in ``.xlsx``.
        by: Kept columns to break down by; None: all there are.
        date: ISO date printed on it; None: the day of the last event.

    Raises:
        RefusedError: Where no sample is drawn yet.
        ExportError: Where a text cannot be carried or the file not be written.
    """
    made = release(project, by=by, date=date)
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
    )
    if event not in project.state.releases:
        project.write(name, [Happened(event)])
    return Written(path, event.file_sha256, has_replaced)


def _signature(project: Snapshot) -> SignatureFacts | None:
    """Return the signature that covers the sample exactly as it stands; None without one."""
    found = signature_in_force(project.state.review, sample_records(project))
    if found is None:
        return None
    by = code_of(project, found.by)
    return SignatureFacts(by, found.time, found.statement, found.heads_sha256)


def file_name(made: Release) -> str:
    """Return the name of a workbook: lower case, with its status and date."""
    status = "provisional-" if PROVISIONAL in made.status else ""
    return f"official-sensitive-{status}da-dip-sample-findings-{made.date}{SUFFIX}"


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


def _coding_facts(project: Snapshot) -> CodingFacts:
    review = project.state.review
    records = sample_records(project)
    codings = {record.case_id: review.codings_of(record.case_id) for record in records}
    handed_in = Counter(
        coding.reviewer
        for of_case in codings.values()
        for coding in of_case
        if coding.state.is_handed_in
    )
    cases = [case for case in coded_cases(project) if not case.is_in_conflict]
    states = count_states(review, records)
    return CodingFacts(
        codebook=codebook_of(project),
        reviewers=tuple(
            ReviewerLoad(code, handed_in[name]) for name, code in review.reviewers.items()
        ),
        states={state.value: n for state, n in states.items() if state is not CaseState.RESERVE},
        replaced=Counter(record.stratum for record in records if record.role is Role.REPLACED),
        used=Counter(case.stratum for case in cases if case.was_read),
        not_opened=_answers(cases, "E1", in_scope="yes"),
        out_of_scope=_answers(cases, "E2", in_scope="yes"),
        replaced_reasons=Counter(
            one.reason for one in project.state.ceremony.replacements.values()
        ),
        most_codings_of_a_case=max((len(of_case) for of_case in codings.values()), default=0),
        double_coded=double_coded_count(review, records),
        adjudicated=sum(
            final_bench(review, record.role, record.case_id) is not None for record in records
        ),
        unresolved=unresolved_count(review, records),
        revisions=revisions_of(project),
    )


def _answers(cases: Iterable[CodedCase], question: str, *, in_scope: str) -> dict[str, int]:
    """Count the final cases by their answer to a question of scope, those in scope left out.

    A case whose answer was left blank is counted under ``blank``, unless the question before it
    took it out already.
    """
    counts: Counter[str] = Counter()
    for case in cases:
        if case.sheet is None or question not in case.sheet.by_id:
            continue
        state = case.sheet.state_of(question)
        if state.is_counted:
            counts[state.value[0]] += 1
        elif state.applicability is Applicability.APPLICABLE:
            counts["blank"] += 1
    del counts[in_scope]
    return dict(counts)


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
