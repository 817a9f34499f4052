"""Who may code what, and what a supervisor may do: rules over the whole review.

In a file the supervisor is whoever made the project; that is checked where the person acting is
known. Here stands what follows from the review itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from review.calibration import BELOW_GATE
from review.case import Review
from review.coding_state import CodingState
from review.events import (
    CodingReopened,
    CodingReturned,
    FlagAnswered,
    ReviewerAdded,
    RiskAcknowledged,
)
from review.readiness import Decision
from review.slots import Slot
from sampling.draw import ReplacementReason, Role
from sampling.refusal import Refusal

MAX_WORDS = 1000

_SAYS: Final = {
    ReplacementReason.NOT_IN_SCOPE: ("E2", "no"),
    ReplacementReason.DUPLICATE_RECORD: ("E1", "no_duplicate"),
    ReplacementReason.RESTRICTED: ("E1", "no_restricted"),
}
"""The answer that a coder who handed the case in has to have given, by reason."""

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,31}")


def why_not_code(review: Review, reviewer: str, *, role: Role, case_id: str) -> Refusal | None:
    """Say why a person may not code a case, or None where they may.

    Those to whom a case is assigned code it, each blind to the others, and whoever began it may go
    on. A case that is assigned to nobody is coded by one person, whoever begins it.

    Args:
        review: Everything that was done.
        reviewer: Who wants to.
        role: What the record was drawn for.
        case_id: The case.
    """
    if (refusal := _why_not_open(role)) is not None:
        return refusal
    if reviewer in review.left:
        return Refusal(
            "left",
            "You have left this audit, so you code no more cases of it.",
            "Ask the supervisor, who can let you join under a new name.",
        )
    slots = review.slots_of(case_id)
    own = next((slot for slot in slots if slot.reviewer == reviewer), None)
    if own is not None and own.state is CodingState.WITHDRAWN:
        return Refusal(
            "withdrawn",
            "The supervisor took this case off you; what you wrote is kept and not counted.",
            "Take another case from the queue.",
        )
    is_begun = own is not None and own.state is not CodingState.NOT_STARTED
    if review.calibrations.is_below_gate(reviewer) and not is_begun:
        return BELOW_GATE
    if own is not None:
        return None
    if review.assigned_to(case_id):
        return Refusal(
            "assigned-to-another",
            "This case is assigned to somebody else.",
            "Take a case of your own queue, or ask the supervisor to assign the cases anew.",
        )
    if any(slot.is_required for slot in slots):
        return Refusal(
            "coded-by-another",
            f"This case is being coded, or was coded, by {_codes(review, _holders(slots))}.",
            "Take another case from the queue.",
        )
    return None


def _holders(slots: Sequence[Slot]) -> set[str]:
    return {slot.reviewer for slot in slots if slot.is_required}


def _why_not_open(role: Role) -> Refusal | None:
    """Say why nobody may code a case, or None."""
    match role:
        case Role.RESERVE:
            return Refusal(
                "reserve",
                "This case is held in reserve and is not part of the sample.",
                "Code the cases of the sample.",
            )
        case Role.REPLACED:
            return Refusal(
                "replaced",
                "This case was replaced from the reserve and is out of the audit.",
                "Code the case that took its place.",
            )
        case Role.SAMPLE:
            return None


def add_reviewer(review: Review, name: str) -> Decision:
    """Let a person join under the next code; nothing where they have joined already."""
    if not _NAME.fullmatch(name):
        return Refusal(
            "reviewer-name",
            "A name has 1 to 32 characters out of a-z, 0-9, dot, hyphen and underscore, "
            "and begins with a letter or digit.",
            "Use a short name such as the login name.",
        )
    if name in review.reviewers:
        return ()
    return (ReviewerAdded(name=name, code=f"R{len(review.reviewers) + 1}"),)


def return_coding(review: Review, case_id: str, reviewer: str, *, question: str) -> Decision:
    """Send a handed-in coding back to its coder with a question."""
    coding = review.coding_of(case_id, reviewer)
    if coding.state is CodingState.LOCKED:
        return Refusal(
            "locked",
            "This coding is locked, because others rest on it, so it cannot be sent back.",
            "Open it again with a reason: dipsample reopen.",
        )
    if coding.state is not CodingState.SUBMITTED:
        return Refusal(
            "not-handed-in",
            "This coding is not handed in, so it cannot be sent back.",
            "Wait until it is handed in.",
        )
    if reviewer in review.left:
        return Refusal(
            "left",
            "Whoever coded this case has left the audit, so it cannot be sent back.",
            "Let the case be decided on what there is.",
        )
    words = words_of(question)
    if isinstance(words, Refusal):
        return words
    return (CodingReturned(reviewer=reviewer, revision=coding.revision, question=words),)


def reopen_coding(review: Review, case_id: str, reviewer: str, *, reason: str) -> Decision:
    """Open a locked coding again, for its coder to hand it in as a new revision.

    What was handed in before is kept, and agreement goes on resting on the first.
    """
    coding = review.coding_of(case_id, reviewer)
    if coding.state is not CodingState.LOCKED:
        return Refusal(
            "not-locked",
            "This coding is not locked, so there is nothing to open again.",
            "Send it back with a question while it is only handed in.",
        )
    if reviewer in review.left:
        return Refusal(
            "left",
            "Whoever coded this case has left the audit, so nobody could change it.",
            "Let the case be decided on what there is.",
        )
    words = words_of(reason)
    if isinstance(words, Refusal):
        return words
    return (CodingReopened(reviewer=reviewer, revision=coding.revision, reason=words),)


def answer_flag(review: Review, flag_id: str, *, text: str) -> Decision:
    """Answer a flag, which closes it."""
    flags = (*review.flags, *review.flags_at_checks)
    flag = next((one for one in flags if one.flag_id == flag_id), None)
    if flag is None or flag.answer is not None:
        return Refusal(
            "no-open-flag",
            "There is no open flag of that number.",
            "Choose one of the open flags.",
        )
    words = words_of(text)
    return words if isinstance(words, Refusal) else (FlagAnswered(flag_id=flag_id, text=words),)


def acknowledge_risk(review: Review, case_id: str, *, action: str) -> Decision:
    """Say what was done about the safeguarding referrals of a case."""
    waiting = [one for one in review.referrals if one.case_id == case_id and not one.acknowledged]
    if not waiting:
        return Refusal(
            "no-open-referral",
            "No safeguarding referral of this case is waiting.",
            "Choose one of the referrals on the list.",
        )
    words = words_of(action)
    return words if isinstance(words, Refusal) else (RiskAcknowledged(action=words),)


def why_not_replace(review: Review, case_id: str, reason: ReplacementReason) -> Refusal | None:
    """Say why a case that was handed in may not be replaced, or None where nothing speaks against.

    Otherwise a case could be made to leave for what its coder found in it.

    Args:
        review: Everything that was done.
        case_id: A case of the sample.
        reason: Why it is to be replaced.
    """
    question, value = _SAYS[reason]
    for coding in review.codings_of(case_id):
        if not coding.state.is_handed_in:
            continue
        sheet = review.sheet_of(coding)
        if question in sheet.by_id and sheet.counted.get(question, ()) != (value,):
            return Refusal(
                "coded-otherwise",
                f"This case was handed in with other answers than {question} {value}, so it "
                f"cannot leave the sample as {reason}.",
                "Send it back to its coder with a question, if the answer is wrong.",
            )
    return None


def words_of(text: str) -> str | Refusal:
    """Return a supervisor's words, composed and without space around them."""
    tidy = unicodedata.normalize("NFC", text).strip()
    if 0 < len(tidy) <= MAX_WORDS:
        return tidy
    return Refusal(
        "words",
        f"This needs 1 to {MAX_WORDS} characters, and {len(tidy)} were given.",
        "Say it in a sentence or two.",
    )


def _codes(review: Review, names: set[str]) -> str:
    """Return the codes of people; nobody is named to anybody."""
    known = review.reviewers
    return " and ".join(sorted(known.get(name, "somebody else") for name in names))
