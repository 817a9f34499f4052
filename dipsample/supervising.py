"""What a supervisor does: frame, plan, draw, assignment, flags, codings made elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from dipsample.desk import codebook_of, joined, record_of, sample_records
from dipsample.errors import RefusedError, UsageError
from dipsample.project import Happened, OpenProject, allowed
from dipsample.reporting import drawn_design
from dipsample.store.protocol import CaseMaterial, case_material
from dipsample.surroundings import check_name
from review import supervision as rules
from review.assignment import assign as deal
from review.assignment import decide_assignment
from review.case import Review
from review.coding import CodingState
from review.events import AssignedCase, ReviewerAdded
from review.imports import ImportOutcome, read_codings
from sampling.ceremony import decide_frame, decide_plan
from sampling.draw import DrawnRecord, Role
from sampling.drawing import FreshDraw, decide_draw, why_no_draw, why_not_this_extract
from sampling.engines.duckdb import DuckDBFrame, open_frame
from sampling.frame import Frame, FrameSpec
from sampling.plan import Plan
from sampling.planning import PlanRequest, make_plan
from sampling.redraw import drawn_by_plan, ranks_to_read
from sampling.refusal import Refusal
from sampling.tickets import SAMPLE


def commit_frame(
    project: OpenProject,
    name: str,
    extract: Path,
    spec: FrameSpec,
    *,
    with_nonce: bool,
    lines_to: Path | None,
) -> Frame:
    """Read an extract whole, and write its frame into the log.

    Args:
        project: The project.
        name: The supervisor.
        extract: The file.
        spec: How it becomes a frame.
        with_nonce: Whether a random line is hashed with the ids, where they can be guessed.
        lines_to: A new file for the lines of the fingerprint; None for none.

    Raises:
        ExtractError: Where the extract has faults; it carries all of them.
        RefusedError: Where the seed is known already.
    """
    nonce = project.fresh_hex(32) if with_nonce else None
    with open_frame(extract, spec, nonce=nonce) as opened:
        frame = opened.frame
        events = allowed(decide_frame(project.state.ceremony, frame))
        if lines_to is not None:
            opened.write_lines(lines_to)
        project.write(name, [Happened(event) for event in events])
    return frame


def commit_plan(project: OpenProject, name: str, request: PlanRequest) -> Plan:
    """Make a plan on the committed frame and write it into the log.

    Raises:
        RefusedError: Where no frame is committed, or the seed is known.
        PlanError: Where the frame cannot carry what is asked for.
    """
    ceremony = project.state.ceremony
    if ceremony.frame is None:
        raise RefusedError(
            "No frame is committed, so there is nothing to plan on. Commit the frame first."
        )
    plan = make_plan(ceremony.frame, request)
    events = allowed(decide_plan(ceremony, plan))
    project.write(name, [Happened(event) for event in events])
    return plan


def draw(project: OpenProject, name: str, extract: Path, *, seed: str, source: str) -> int:
    """Draw the sample; drawing the same again writes nothing.

    Args:
        project: The project.
        name: The supervisor.
        extract: The file that was committed.
        seed: The seed.
        source: One sentence: where it came from and who saw it.

    Returns:
        How many events were written: 0 where this draw is in the log already.

    Raises:
        TicketError: Where the seed is not allowed.
        RefusedError: Without frame and plan, for another seed, or another extract.
    """
    state = project.state.ceremony
    allowed(why_no_draw(state, seed=seed, source=source) or ())
    frame, plan = _frame_and_plan(project)
    take = ranks_to_read(state)
    with reopen(frame, extract) as opened:
        fingerprint, strata = opened.fingerprint(), opened.stratum_sizes()
        allowed(why_not_this_extract(state, fingerprint, strata=strata) or ())
        fresh = FreshDraw(
            fingerprint=fingerprint,
            strata=strata,
            ranked=opened.draw(SAMPLE, seed, take),
            engine=opened.engine_version,
        )
        records = state.records or drawn_by_plan(plan, fresh.ranked, seed=seed)
        cases = materials(frame, opened, records)
    events = allowed(
        decide_draw(
            state,
            fresh,
            seed=seed,
            source=source,
            material_sha256={case.record_id: case.sha256 for case in cases},
        )
    )
    return len(project.write(name, [Happened(event) for event in events], cases=cases))


def reopen(frame: Frame, extract: Path) -> AbstractContextManager[DuckDBFrame]:
    """Open an extract as it was committed."""
    return open_frame(extract, frame.spec, nonce=frame.nonce)


def materials(
    frame: Frame, opened: DuckDBFrame, records: tuple[DrawnRecord, ...]
) -> tuple[CaseMaterial, ...]:
    """Return what the project keeps of the drawn records: kept and record columns alone."""
    spec = frame.spec
    columns = tuple(dict.fromkeys((*spec.keep, *spec.record)))
    rows = opened.rows([record.record_id for record in records], columns)
    return tuple(
        case_material(
            record.case_id,
            record.record_id,
            kept=_some(rows[record.record_id], spec.keep),
            record=_some(rows[record.record_id], spec.record),
        )
        for record in records
    )


def _some(row: Mapping[str, str | None], columns: tuple[str, ...]) -> dict[str, str | None]:
    return {column: row[column] for column in columns}


def _frame_and_plan(project: OpenProject) -> tuple[Frame, Plan]:
    ceremony = project.state.ceremony
    if ceremony.frame is None or ceremony.plan is None:
        raise RefusedError("Frame and plan come before the draw. Commit them first.")
    return ceremony.frame, ceremony.plan


def assign(project: OpenProject, name: str, reviewers: Sequence[str]) -> None:
    """Deal the cases of the sample out, one to a case; people new to the project join.

    Args:
        project: The project.
        name: The supervisor.
        reviewers: Names; those who join get their codes in this order.

    Raises:
        UsageError: Where there is no name, one stands twice, or one is not allowed.
        RefusedError: Where no sample is drawn.
    """
    names = [check_name(reviewer) for reviewer in reviewers]
    if not names or len(set(names)) < len(names):
        raise UsageError("Name at least one reviewer, and each once: --reviewers a,b,c.")
    seed = project.state.ceremony.seed
    if seed is None:
        raise RefusedError("No sample is drawn in this project yet. Draw it first.")
    codes = dict(project.state.review.reviewers)
    joining = []
    for reviewer in names:
        if reviewer not in codes:
            codes[reviewer] = f"R{len(codes) + 1}"
            joining.append(Happened(ReviewerAdded(name=reviewer, code=codes[reviewer])))
    by_stratum: dict[str, list[str]] = {}
    for record in sample_records(project):
        if record.role is Role.SAMPLE:
            by_stratum.setdefault(record.stratum, []).append(record.case_id)
    in_order = sorted(names, key=lambda reviewer: int(codes[reviewer][1:]))
    review = project.state.review
    dealt = [_kept(review, one) for one in deal(by_stratum, in_order, seed.seed)]
    events = allowed(decide_assignment(review.assigned, dealt))
    project.write(name, (*joining, *(Happened(event) for event in events)))


def _kept(review: Review, dealt: AssignedCase) -> AssignedCase:
    """Return a slot as dealt, or with the person who has begun its case."""
    begun = review.codings_of(dealt.case_id)
    return dealt.model_copy(update={"reviewer": begun[0].reviewer}) if begun else dealt


def acknowledge_risk(project: OpenProject, name: str, case_id: str, action: str) -> None:
    """Say what was done about a safeguarding referral."""
    decided = rules.acknowledge_risk(project.state.review, case_id, action=action)
    project.write(name, [Happened(event, case_id) for event in allowed(decided)])


def answer_flag(project: OpenProject, name: str, flag_id: str, text: str) -> None:
    """Answer a flag, which closes it."""
    review = project.state.review
    case_id = next((one.case_id for one in review.flags if one.flag_id == flag_id), None)
    decided = rules.answer_flag(review, flag_id, text=text)
    project.write(name, [Happened(event, case_id) for event in allowed(decided)])


def return_case(project: OpenProject, name: str, case_id: str, question: str) -> None:
    """Send the handed-in coding of a case back to its coder."""
    review = project.state.review
    if record_of(project, case_id).role is Role.REPLACED:
        raise RefusedError(
            "This case was replaced and is out of the audit. Ask about the case that took its "
            "place."
        )
    handed_in = [
        coding.reviewer
        for coding in review.codings_of(case_id)
        if coding.state is CodingState.SUBMITTED
    ]
    if not handed_in:
        raise RefusedError("Nobody has handed this case in. Wait until somebody has.")
    for reviewer in handed_in:
        decided = rules.return_coding(review, case_id, reviewer, question=question)
        project.write(name, [Happened(event, case_id) for event in allowed(decided)])


def import_codings(project: OpenProject, name: str, file: Path) -> ImportOutcome:
    """Take in a CSV of codings made elsewhere, all of it or nothing.

    Raises:
        CodingsRefusedError: Where cells are refused; it names all of them.
        RefusedError: Where somebody else coded one of the cases, or no sample is drawn.
    """
    project.refresh()
    drawn_design(project)
    outcome = read_codings(
        file.read_bytes(),
        source=file.name,
        codebook=codebook_of(project),
        review=project.state.review,
        records=project.state.ceremony.records,
        reviewer=name,
    )
    decided = allowed(outcome) if isinstance(outcome, Refusal) else outcome
    assert isinstance(decided, ImportOutcome)  # noqa: S101  a refusal has been raised
    if decided.events:
        happened = [Happened(event, case_id) for case_id, event in decided.events]
        project.write(name, (*joined(project, name), *happened))
    return decided
