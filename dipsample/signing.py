"""Quality checks and the signing-off: what ends an audit."""

from __future__ import annotations

import re
from fractions import Fraction

from dipsample.decision_views import OverruledAnswer, QualityCheck, SignOffView
from dipsample.desk import sample_records
from dipsample.errors import RefusedError, UsageError
from dipsample.on_desk import desk_case
from dipsample.overview import cases_referred
from dipsample.project import Happened, OpenProject, Snapshot, allowed
from dipsample.reporting import code_of
from exports.rounding import counted
from review.adjudication import locking
from review.case import CaseState, case_state, count_states, unresolved_count
from review.codebook import Question, Value
from review.gold_scores import CheckedAnswer, checked_answers
from review.overruled import Overruled, decided_cases, overruled
from review.quality_check import choose_checks, fail_check, pass_check
from review.sign_off import blockages, revoke, sample_head, sign_off, signature_in_force
from sampling.draw import Role
from sampling.growing import why_not_final

FRAME_OPEN = "it may still grow: close it first"
REFERRAL = "a safeguarding referral waits"
_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3})?)%")
_WHOLE = 100


def view(project: OpenProject) -> SignOffView:
    """Return whether the sample is signed off, or what keeps it from being."""
    review, records = project.state.review, sample_records(project)
    counts = count_states(review, records)
    signature = signature_in_force(review, records)
    return SignOffView(
        blockers=tuple(
            (one.case_id, REFERRAL if one.state is None else one.state.value.replace("_", " "))
            for one in blockages(review, records)
        )
        + ((("frame", FRAME_OPEN),) if project.state.ceremony.is_open else ()),
        cases=len(records),
        final=counts[CaseState.FINAL],
        excluded=counts[CaseState.EXCLUDED],
        unresolved=unresolved_count(review, records),
        head=sample_head(review, records),
        signed_by=None if signature is None else code_of(project, signature.by),
        signed_at=None if signature is None else signature.time,
        statement=None if signature is None else signature.statement,
    )


def is_signed(project: Snapshot) -> bool:
    """Say whether a signature covers the sample exactly as it stands."""
    return signature_in_force(project.state.review, sample_records(project)) is not None


def sign(project: OpenProject, name: str, statement: str) -> SignOffView:
    """Sign the sample off, and lock its codings.

    Raises:
        RefusedError: Where cases are open, which it names, or where the frame may still grow.
    """
    review, records = project.state.review, sample_records(project)
    allowed(why_not_final(project.state.ceremony) or ())
    sign_off_id = project.fresh_hex(8)
    signed = allowed(sign_off(review, records, sign_off_id=sign_off_id, statement=statement))
    cases = (*(record.case_id for record in records), *review.gold.cases)
    fixed = [
        Happened(event, case_id)
        for case_id in cases
        for event in (locking(review, case_id) if signed else ())
    ]
    project.write(name, (*fixed, *(Happened(event) for event in signed)))
    return view(project)


def take_back(project: OpenProject, name: str, reason: str) -> SignOffView:
    """Take the signature back that is in force."""
    events = allowed(revoke(project.state.review, sample_records(project), reason=reason))
    project.write(name, [Happened(event) for event in events])
    return view(project)


def choose(project: OpenProject, name: str, share: str) -> tuple[QualityCheck, ...]:
    """Have cases chosen by ticket for a quality check.

    Args:
        project: The project.
        name: The supervisor.
        share: Such as ``10%`` or ``40``.

    Raises:
        UsageError: Where it is neither a share nor a number.
        RefusedError: Where it is none of the sample, or no sample is drawn.
    """
    seed = project.state.ceremony.seed
    if seed is None:
        raise RefusedError("No sample is drawn in this project yet. Draw it first.")
    cases = [record.case_id for record in sample_records(project) if record.role is Role.SAMPLE]
    events = allowed(
        choose_checks(
            project.state.review, cases, number=_number(share, len(cases)), seed=seed.seed
        )
    )
    project.write(name, [Happened(event) for event in events])
    return quality_checks(project)


def _number(share: str, cases: int) -> int:
    """Return how many cases a share or number stands for; a share is rounded up."""
    percent = _SHARE.fullmatch(share.strip())
    if percent is not None and Fraction(percent[1]) <= _WHOLE:
        return -(-cases * Fraction(percent[1]) // _WHOLE)
    if share.strip().isascii() and share.strip().isdigit():
        return int(share)
    raise UsageError("Give a share such as 10%, or a number of cases such as 40.")


def quality_checks(project: Snapshot, *, with_referrals: bool = False) -> tuple[QualityCheck, ...]:
    """Return the cases that were chosen for a quality check, with how far each is.

    Args:
        project: The project.
        with_referrals: Whether to tell which of them have a safeguarding referral that waits.
    """
    review = project.state.review
    referred = cases_referred(project) if with_referrals else frozenset()
    return tuple(
        QualityCheck(
            record.case_id,
            case_state(review, record.role, record.case_id),
            record.case_id in referred,
        )
        for record in sample_records(project)
        if review.decisions.is_chosen_for_check(record.case_id)
    )


def look(project: OpenProject, name: str, case_id: str, *, wrong: str | None) -> QualityCheck:
    """Say what a quality check at a case found.

    Args:
        project: The project.
        name: Who looked.
        case_id: The case.
        wrong: What is wrong with its final answers; None: nothing.
    """
    project.refresh()
    review, role = project.state.review, desk_case(project, case_id).role
    decided = (
        pass_check(review, name, role=role, case_id=case_id)
        if wrong is None
        else fail_check(review, name, role=role, case_id=case_id, reason=wrong)
    )
    project.write(name, [Happened(event, case_id) for event in allowed(decided)])
    return QualityCheck(case_id, case_state(project.state.review, role, case_id))


def overruled_answers(project: Snapshot, name: str) -> tuple[OverruledAnswer, ...]:
    """Return where a person's answers were not the final ones: for that person alone.

    Once the sample is signed off, their answers to silent checks that are not the expected ones
    are among them.
    """
    found = overruled(project.state.review, sample_records(project), name)
    words = tuple(_in_words(one) for one in found)
    if not is_signed(project):
        return words
    checked = checked_answers(project.state.review, name)
    return (*words, *(_of_check(one) for one in checked if not one.is_right))


def nothing_overruled(project: Snapshot, name: str) -> str:
    """Say what an empty list of overruled answers means: for the person alone whose list it is."""
    number = decided_cases(project.state.review, sample_records(project), name)
    if number:
        words = f"None of your answers was overruled in your {counted(number, 'decided case')}."
    else:
        words = (
            "No case that you coded has been decided yet; a case stands here once it is decided."
        )
    waits = bool(project.state.review.gold.cases) and not is_signed(project)
    return f"{words} What came of silent checks opens at sign-off." if waits else words


def _of_check(one: CheckedAnswer) -> OverruledAnswer:
    return OverruledAnswer(
        case_id=one.case_id,
        question=one.question.id,
        own=_answer(one.question, _values(one.given)) or "not asked of this case",
        final=_answer(one.question, _values(one.expected)),
        reason="silent check",
    )


def _values(joined_values: str) -> Value:
    return tuple(joined_values.split("|")) if joined_values else ()


def _in_words(one: Overruled) -> OverruledAnswer:
    final = _answer(one.question, one.final) or "not asked of this case"
    return OverruledAnswer(
        case_id=one.case_id,
        question=one.question.id,
        own=_answer(one.question, one.own),
        final=f"{final} (not agreed)" if one.is_unresolved else final,
        reason="" if one.reason is None else one.reason.value.replace("_", " "),
    )


def _answer(question: Question, value: Value) -> str:
    return ", ".join(question.label_of(one) for one in value)
