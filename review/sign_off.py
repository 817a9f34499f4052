"""The signing-off of the sample: when it can be given, what it covers, when it holds.

A signature covers the final answers of every case by their hash. It holds while that hash is the
same: whatever changes a case, a codebook or the sample makes it void without anybody's doing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from review.case import CaseState, case_state
from review.decision_events import SignedOff, SignOffRevoked
from review.decisions import Signature
from review.fold import Review
from review.freshness import head_of
from review.handed_in import fingerprint
from review.readiness import Decision
from review.supervision import words_of
from sampling.draw import DrawnRecord, Role
from sampling.refusal import Refusal

_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Blockage:
    """Something that keeps the sample from being signed off."""

    case_id: str
    state: CaseState | None
    """How far the case is; None: a safeguarding referral of it waits for the supervisor."""


def blockages(review: Review, records: Iterable[DrawnRecord]) -> tuple[Blockage, ...]:
    """Return what keeps the sample from being signed off, by case.

    Args:
        review: Everything that was done.
        records: What was drawn; the reserve plays no part.
    """
    waiting = {one.case_id for one in review.referrals if one.acknowledged is None}
    found: list[Blockage] = []
    for record in records:
        if record.role is Role.RESERVE:
            continue
        state = case_state(review, record.role, record.case_id)
        if not state.is_settled:
            found.append(Blockage(record.case_id, state))
        if record.case_id in waiting:
            found.append(Blockage(record.case_id, None))
    return tuple(found)


def sample_head(review: Review, records: Iterable[DrawnRecord]) -> str:
    """Return the hash over the final answers of the whole sample: 64 hex digits.

    It covers every drawn case with its state and what its answers rest on, and the codebook that
    they are read with; the reserve is left out.
    """
    lines = sorted(
        (
            record.case_id,
            record.role.value,
            case_state(review, record.role, record.case_id).value,
            head_of(review, record.case_id),
        )
        for record in records
        if record.role is not Role.RESERVE
    )
    codebook = None if review.codebook is None else review.codebook.sha256
    return fingerprint("sign-off", codebook, lines)


def sign_off(
    review: Review, records: Sequence[DrawnRecord], *, sign_off_id: str, statement: str
) -> Decision:
    """Sign the sample off; nothing where it is signed as it stands.

    Args:
        review: Everything that was done.
        records: What was drawn.
        sign_off_id: A fresh id.
        statement: What the supervisor answers for.
    """
    found = blockages(review, records)
    if found:
        return Refusal(
            "not-settled",
            f"The sample cannot be signed off yet: {in_words(found)}.",
            "Settle these first.",
        )
    if signature_in_force(review, records) is not None:
        return ()
    words = words_of(statement)
    if isinstance(words, Refusal):
        return words
    cases = sum(record.role is not Role.RESERVE for record in records)
    if not cases:
        return Refusal(
            "nothing-drawn", "No sample is drawn, so there is nothing to sign.", "Draw it first."
        )
    head = sample_head(review, records)
    signed = SignedOff(sign_off_id=sign_off_id, statement=words, cases=cases, heads_sha256=head)
    return (signed,)


def revoke(review: Review, records: Sequence[DrawnRecord], *, reason: str) -> Decision:
    """Take the signature back that is in force."""
    signature = signature_in_force(review, records)
    if signature is None:
        return Refusal(
            "not-signed",
            "The sample is not signed off as it stands, so there is nothing to take back.",
            "Go on with the work.",
        )
    words = words_of(reason)
    if isinstance(words, Refusal):
        return words
    return (SignOffRevoked(sign_off_id=signature.sign_off_id, reason=words),)


def signature_in_force(review: Review, records: Sequence[DrawnRecord]) -> Signature | None:
    """Return the last signature that covers the sample exactly as it stands; None without one."""
    standing = [one for one in review.decisions.signatures if one.revoked is None]
    if not standing:
        return None
    head = sample_head(review, records)
    return next((one for one in reversed(standing) if one.heads_sha256 == head), None)


def in_words(found: Sequence[Blockage]) -> str:
    """Return what blocks, each kind with its cases: the first of them where there are many."""
    kinds: dict[str, list[str]] = {}
    for one in found:
        kind = "safeguarding referral waiting" if one.state is None else one.state.value
        kinds.setdefault(kind.replace("_", " "), []).append(one.case_id)
    return "; ".join(f"{kind}: {_listed(cases)}" for kind, cases in kinds.items())


def _listed(cases: Sequence[str]) -> str:
    more = len(cases) - _MOST_NAMED
    return ", ".join(cases[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
