"""What a supervisor does: frame, plan, draw, assignment, flags, codings made elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from dipsample.desk import codebook_of, joined, record_of
from dipsample.errors import RefusedError, RowsRefusedError
from dipsample.on_desk import roles_of
from dipsample.project import Happened, OpenProject, allowed
from dipsample.reporting import drawn_design
from dipsample.store.protocol import CaseMaterial, case_material
from review import supervision as rules
from review.codebook import Codebook
from review.imports import ImportOutcome, RowsRefused, read_codings
from review.indicators import Indicator, IndicatorKind, indicators_of
from sampling.ceremony import decide_frame, decide_plan
from sampling.draw import DrawnRecord, Role
from sampling.drawing import decide_draw, why_no_draw
from sampling.engines import OpenFrame, open_frame
from sampling.errors import PlanError
from sampling.extracts.naming import Extract
from sampling.frame import Frame, FrameSpec
from sampling.plan import Plan
from sampling.planning import PlanRequest, make_plan
from sampling.reading import read_draw, why_not_as_committed
from sampling.redraw import drawn_by_plan, ranks_to_read
from sampling.waves import read_waves, wave_fingerprint


def commit_frame(
    project: OpenProject,
    name: str,
    extract: Extract,
    spec: FrameSpec,
    *,
    with_nonce: bool,
    lines_to: Path | None,
    earlier_waves: Sequence[Path] = (),
) -> Frame:
    """Read an extract whole, and write its frame into the log.

    Args:
        project: The project.
        name: The supervisor.
        extract: The file.
        spec: How it becomes a frame.
        with_nonce: Whether a random line is hashed with the ids, where they can be guessed.
        lines_to: A new file for the lines of the fingerprint; None for none.
        earlier_waves: Lists of the records that earlier waves drew, which are left out.

    Raises:
        ExtractError: Where the extract has faults; it carries all of them.
        RefusedError: Where the seed is known already.
    """
    nonce = project.fresh_hex(32) if with_nonce else None
    waves = read_waves((file.name, file.read_bytes()) for file in earlier_waves)
    if waves:
        spec = spec.model_copy(update={"excluded": wave_fingerprint(waves)})
    with open_frame(extract, spec, nonce=nonce) as opened:
        opened.leave_out(waves)
        frame = opened.frame
        events = allowed(decide_frame(project.state.ceremony, frame, earlier_waves=waves))
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
    if request.stopping is not None:
        _check_indicator(codebook_of(project), request.stopping.on)
    plan = make_plan(ceremony.frame, request)
    events = allowed(decide_plan(ceremony, plan))
    project.write(name, [Happened(event) for event in events])
    return plan


def _check_indicator(codebook: Codebook, name: str) -> None:
    """Refuse a rule that stops on what has no exact interval.

    Raises:
        PlanError: Where it is none of the codebook's indicators of incidents.
    """
    known = [one.id for one in stopping_indicators(codebook)]
    if name not in known:
        raise PlanError(
            f"A rule cannot stop on {name}; with this codebook it is one of {', '.join(known)}."
        )


def stopping_indicators(codebook: Codebook) -> tuple[Indicator, ...]:
    """Return the indicators that have an exact interval at a stop: those of incidents."""
    return tuple(one for one in indicators_of(codebook) if one.kind is IndicatorKind.INCIDENTS)


def draw(project: OpenProject, name: str, extract: Extract, *, seed: str, source: str) -> int:
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
    take = ranks_to_read(state, seed=seed)
    with reopen(frame, extract, earlier_waves=state.earlier_waves) as opened:
        allowed(why_not_as_committed(state, opened) or ())
        fresh = read_draw(opened, plan, seed=seed, take=take)
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


@contextmanager
def reopen(
    frame: Frame, extract: Extract, *, earlier_waves: tuple[str, ...]
) -> Iterator[OpenFrame]:
    """Open an extract as it was committed.

    Args:
        frame: The frame that it was committed as.
        extract: Where it is.
        earlier_waves: Ids that the frame leaves out because earlier waves drew them.

    Raises:
        ExtractError: Where it cannot be read.
    """
    with open_frame(extract, frame.spec, nonce=frame.nonce) as opened:
        opened.leave_out(earlier_waves)
        yield opened


def materials(
    frame: Frame, opened: OpenFrame, records: tuple[DrawnRecord, ...]
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


def acknowledge_risk(project: OpenProject, name: str, case_id: str, action: str) -> None:
    """Say what was done about a safeguarding referral."""
    decided = rules.acknowledge_risk(project.state.review, case_id, action=action)
    project.write(name, [Happened(event, case_id) for event in allowed(decided)])


def answer_flag(project: OpenProject, name: str, flag_id: str, text: str) -> None:
    """Answer a flag, which closes it."""
    review = project.state.review
    flags = (*review.flags, *review.flags_at_checks)
    case_id = next((one.case_id for one in flags if one.flag_id == flag_id), None)
    decided = rules.answer_flag(review, flag_id, text=text)
    project.write(name, [Happened(event, case_id) for event in allowed(decided)])


def return_case(project: OpenProject, name: str, case_id: str, question: str) -> None:
    """Send the handed-in codings of a case back to their coders, all or none."""
    review = project.state.review
    if case_id in review.gold.cases:
        raise RefusedError(
            "This is a silent check: what its coder first handed in counts, and nobody corrects "
            "it. Ask about a case of the sample."
        )
    if record_of(project, case_id).role is Role.REPLACED:
        raise RefusedError(
            "This case was replaced and is out of the audit. Ask about the case that took its "
            "place."
        )
    handed_in = [
        coding.reviewer for coding in review.codings_of(case_id) if coding.state.is_handed_in
    ]
    if not handed_in:
        raise RefusedError("Nobody has handed this case in. Wait until somebody has.")
    decided = [
        event
        for reviewer in handed_in
        for event in allowed(rules.return_coding(review, case_id, reviewer, question=question))
    ]
    project.write(name, [Happened(event, case_id) for event in decided])


def import_codings(project: OpenProject, name: str, file: Path) -> ImportOutcome:
    """Take in a CSV of codings made elsewhere, all of it or nothing.

    Raises:
        CodingsRefusedError: Where cells are refused; it names all of them.
        RowsRefusedError: Where cases are taken; it names the rows of all of them.
        RefusedError: Where no sample is drawn.
    """
    project.refresh()
    drawn_design(project)
    outcome = read_codings(
        file.read_bytes(),
        source=file.name,
        codebook=codebook_of(project),
        review=project.state.review,
        roles=roles_of(project),
        reviewer=name,
    )
    if isinstance(outcome, RowsRefused):
        refusal = outcome.refusal
        raise RowsRefusedError(f"{refusal.reason} {refusal.way_out}", outcome.cells)
    if outcome.events:
        happened = [Happened(event, case_id) for case_id, event in outcome.events]
        project.write(name, (*joined(project, name), *happened))
    return outcome
