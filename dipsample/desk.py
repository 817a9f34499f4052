"""A coder's desk: the queue, one case, and what may be done to it.

Every function here that changes something is one durable commit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dipsample.errors import InputError, LeakFoundError
from dipsample.on_desk import DeskCase, desk_case, desk_cases
from dipsample.project import Happened, OpenProject, Snapshot, allowed
from dipsample.store.protocol import CaseMaterial
from dipsample.views import CaseFile, QueueItem
from review import coding as rules
from review.carrying import carried, carry_over, rework
from review.case import Review
from review.codebook import Codebook, QuestionType, Value
from review.coding import Coding, CodingState
from review.events import Entry, FlagKind, LeakConfirmed, ReviewEvent
from review.supervision import add_reviewer, why_not_code
from sampling.draw import DrawnRecord, Role
from sampling.personal import scan
from sampling.refusal import Refusal

NOTE = "note"
FLAG = "flag"
ADJOURNED = (CodingState.DEFERRED, CodingState.SUBMITTED, CodingState.LOCKED)

Rule = Callable[[Coding, Codebook], tuple[ReviewEvent, ...] | Refusal]


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """One answer of a case that is written at once."""

    question: str
    value: Value


@dataclass(frozen=True, slots=True)
class NewQuote:
    """One quote of a case that is written at once."""

    question: str
    field: str
    start: int
    end: int


def queue(project: OpenProject, name: str) -> tuple[QueueItem, ...]:
    """Return the cases that a person codes: to do first, then deferred, then handed in."""
    from dipsample.looking import held_cases

    review, held = project.state.review, held_cases(project)
    items = []
    for record in desk_cases(project, name):
        coding = review.coding_of(record.case_id, name)
        if record.case_id in held and coding.state is CodingState.NOT_STARTED:
            continue
        if _why_not(review, record, name) is None or _is_own_work(coding):
            items.append(_queue_item(review, record, coding))
    return tuple(sorted(items, key=_place_in_queue))


def _is_own_work(coding: Coding) -> bool:
    """Say whether a coder handed a case in and may look at it whatever became of it."""
    return bool(coding.revision) and coding.state is not CodingState.WITHDRAWN


def _place_in_queue(item: QueueItem) -> int:
    if item.state not in ADJOURNED or item.to_confirm:
        return 0
    return ADJOURNED.index(item.state) + 1


def _queue_item(review: Review, record: DeskCase, coding: Coding) -> QueueItem:
    sheet = review.sheet_of(coding)
    return QueueItem(
        case_id=record.case_id,
        stratum=record.stratum,
        state=coding.state,
        answered=sheet.answered_count,
        asked=sheet.applicable_count,
        open_flags=_open_flags(review, record.case_id, coding.reviewer),
        flag_answer=_flag_answer(review, record.case_id, coding.reviewer),
        returned=coding.returned_question,
        deferred=coding.deferral_reason,
        last_time=coding.last_time,
        to_confirm=rework(review.versions, coding).questions or len(coding.unconfirmed),
        active_seconds=coding.active_seconds,
    )


def _open_flags(review: Review, case_id: str, name: str) -> int:
    return sum(flag.answer is None and flag.reviewer == name for flag in review.flags_of(case_id))


def _flag_answer(review: Review, case_id: str, name: str) -> str | None:
    """Return what the supervisor answered to this person's last flag on a case."""
    own = [flag for flag in review.flags_of(case_id) if flag.reviewer == name]
    return own[-1].answer if own else None


def case_file(project: OpenProject, name: str, case_id: str) -> CaseFile:
    """Return one case as its coder sees it.

    Raises:
        InputError: Where the sample has no such case.
        RefusedError: Where somebody else codes it.
    """
    review = project.state.review
    record = desk_case(project, case_id)
    coding = review.coding_of(case_id, name)
    if not _is_own_work(coding):
        allowed(_why_not(review, record, name) or ())
        _check_not_held(project, coding)
    (material,) = project.store.cases((case_id,))
    return CaseFile(
        case_id=case_id,
        stratum=record.stratum,
        record=record_text(project, material),
        kept=_shown(material.kept),
        coding=coding,
        sheet=review.sheet_of(coding),
        open_flags=_open_flags(review, case_id, name),
        flag_answer=_flag_answer(review, case_id, name),
        is_referred=any(one.reviewer == name for one in review.referrals_of(case_id)),
    )


def record_text(project: Snapshot, material: CaseMaterial) -> dict[str, str]:
    """Return what coders see of a case, field by field, in the order that the frame named.

    Without record columns it is the kept ones.
    """
    frame = project.state.ceremony.frame
    spec = None if frame is None else frame.spec
    shown = _shown(material.record or material.kept)
    order = () if spec is None else spec.record if material.record else spec.keep
    return {name: shown[name] for name in order} if order else shown


def _shown(columns: Mapping[str, str | None]) -> dict[str, str]:
    return {name: value or "" for name, value in columns.items()}


def change(project: OpenProject, name: str, case_id: str, rule: Rule) -> CaseFile:
    """Let a rule decide on a person's coding of a case, and write what it decided.

    Raises:
        RefusedError: Where the rule says no, or somebody else codes the case.
    """
    project.refresh()
    record = desk_case(project, case_id)
    review = project.state.review
    allowed(_why_not(review, record, name) or ())
    codebook = codebook_of(project)
    coding = review.coding_of(case_id, name)
    _check_not_held(project, coding)
    carrying = carry_over(review.versions, coding)
    decided = allowed(rule(carried(coding, carrying), codebook))
    has_work = any(one.confirm or one.answer for one in carrying)
    events = (*carrying, *decided) if decided or has_work else ()
    joining = joined(project, name) if events else ()
    project.write(name, (*joining, *(Happened(event, case_id) for event in events)))
    return case_file(project, name, case_id)


def answer(
    project: OpenProject,
    name: str,
    case_id: str,
    given: NewAnswer,
    *,
    active_seconds: int,
    confirm: str | None,
) -> CaseFile:
    """Answer one question; a text that looks like personal data needs a reason to be kept.

    Raises:
        LeakFoundError: Where a text does, and ``confirm`` is None.
    """

    def rule(coding: Coding, codebook: Codebook) -> tuple[ReviewEvent, ...] | Refusal:
        leak: tuple[ReviewEvent, ...] = ()
        if codebook.question(given.question).type is QuestionType.TEXT:
            leak = checked_text(given.question, "".join(given.value), confirm)
        decided = rules.set_answer(
            coding, codebook, given.question, given.value, active_seconds=active_seconds
        )
        return decided if isinstance(decided, Refusal) or not decided else (*decided, *leak)

    return change(project, name, case_id, rule)


def note(
    project: OpenProject, name: str, case_id: str, text: str, *, confirm: str | None
) -> CaseFile:
    """Write the note on a case anew; as :func:`answer` for personal data."""

    def rule(coding: Coding, codebook: Codebook) -> tuple[ReviewEvent, ...] | Refusal:
        leak = checked_text(NOTE, text, confirm)
        decided = rules.set_note(coding, codebook, text)
        return decided if isinstance(decided, Refusal) or not decided else (*decided, *leak)

    return change(project, name, case_id, rule)


def flag(
    project: OpenProject,
    name: str,
    case_id: str,
    kind: FlagKind,
    text: str,
    *,
    confirm: str | None,
) -> CaseFile:
    """Ask the supervisor something about a case; as :func:`answer` for personal data."""
    flag_id = project.fresh_hex(8)

    def rule(_coding: Coding, _codebook: Codebook) -> tuple[ReviewEvent, ...] | Refusal:
        leak = checked_text(FLAG, text, confirm)
        decided = rules.raise_flag(flag_id=flag_id, kind=kind, text=text)
        return decided if isinstance(decided, Refusal) else (*decided, *leak)

    return change(project, name, case_id, rule)


def checked_text(where: str, text: str, confirm: str | None) -> tuple[LeakConfirmed, ...]:
    """Return the event that says why a text with signs of personal data was kept.

    Raises:
        LeakFoundError: Where there are such signs and no reason.
    """
    hits = scan(text)
    if not hits:
        return ()
    kinds = tuple(sorted({str(hit.kind) for hit in hits}))
    if not confirm or not confirm.strip():
        raise LeakFoundError(
            f"The text looks as if it held {', '.join(kinds)}; take it out, or keep it with a "
            "reason.",
            hits=hits,
        )
    return (LeakConfirmed(where=where, kinds=kinds, reason=confirm.strip()),)


def code_at_once(
    project: OpenProject,
    name: str,
    case_id: str,
    answers: Sequence[NewAnswer],
    quotes: Sequence[NewQuote],
) -> None:
    """Open, answer, quote and hand in a case in one commit, by the same rules as key by key.

    Raises:
        RefusedError: Where any of the steps is refused; nothing is written then.
    """

    def give(one: NewAnswer) -> Rule:
        return lambda coding, codebook: rules.set_answer(coding, codebook, one.question, one.value)

    steps = (
        *(give(one) for one in answers),
        *(pinning(project, case_id, one) for one in quotes),
        rules.submit,
    )
    change(project, name, case_id, lambda coding, codebook: _run(coding, codebook, steps))


def pinning(project: OpenProject, case_id: str, given: NewQuote) -> Rule:
    """Return the rule that pins a passage of a case's record, as it is kept."""
    (material,) = project.store.cases((case_id,))
    text = record_text(project, material)
    return lambda coding, codebook: rules.pin_quote(
        coding,
        codebook,
        record=text,
        question=given.question,
        field=given.field,
        start=given.start,
        end=given.end,
        record_sha256=material.sha256,
    )


def opening(coding: Coding, _codebook: Codebook) -> tuple[ReviewEvent, ...] | Refusal:
    """Begin a case."""
    return rules.open_coding(coding)


def resuming(coding: Coding, _codebook: Codebook) -> tuple[ReviewEvent, ...] | Refusal:
    """Take a deferred case up again."""
    return rules.resume(coding)


def recalling(coding: Coding, _codebook: Codebook) -> tuple[ReviewEvent, ...] | Refusal:
    """Take a handed-in case back."""
    return rules.recall(coding)


def _run(
    coding: Coding, codebook: Codebook, steps: Sequence[Rule]
) -> tuple[ReviewEvent, ...] | Refusal:
    """Decide several steps, each on the coding that the ones before leave."""
    decided: list[ReviewEvent] = []
    for step in steps:
        events = step(coding, codebook)
        if isinstance(events, Refusal):
            return events
        for event in events:
            coding = rules.apply_to_coding(coding, _as_if_written(coding, event))
        decided.extend(events)
    return tuple(decided)


def _as_if_written(coding: Coding, event: ReviewEvent) -> Entry:
    """Return an event as its coder would have written it next."""
    return Entry(
        event=event,
        case_id=coding.case_id,
        writer=coding.reviewer,
        stream="",
        seq=0,
        time=coding.last_time or "",
    )


def joined(project: OpenProject, name: str) -> tuple[Happened, ...]:
    """Return the event by which a person joins; none where they have."""
    return tuple(Happened(event) for event in allowed(add_reviewer(project.state.review, name)))


def _check_not_held(project: Snapshot, coding: Coding) -> None:
    """Refuse to begin a case that waits for a look of the plan's rule.

    Raises:
        RefusedError: Where it waits.
    """
    from dipsample.looking import HELD, held_cases

    if coding.state is CodingState.NOT_STARTED and coding.case_id in held_cases(project):
        allowed(HELD)


def _why_not(review: Review, record: DeskCase, name: str) -> Refusal | None:
    return why_not_code(review, name, role=record.role, case_id=record.case_id)


def sample_records(project: Snapshot) -> tuple[DrawnRecord, ...]:
    """Return the records drawn for the sample by case number: those replaced, not the reserve."""
    return tuple(
        record for record in project.state.ceremony.records if record.role is not Role.RESERVE
    )


def record_of(project: OpenProject, case_id: str) -> DrawnRecord:
    """Return one drawn record.

    Raises:
        InputError: Where nothing of that number was drawn.
    """
    for record in project.state.ceremony.records:
        if record.case_id == case_id:
            return record
    raise InputError(f"The sample has no case {case_id}; `cases` lists those there are.")


def codebook_of(project: Snapshot) -> Codebook:
    """Return the codebook of the project.

    Raises:
        InputError: Where it has none.
    """
    codebook = project.state.review.codebook
    if codebook is None:
        raise InputError("The project has no codebook; it was not started to the end.")
    return codebook
