"""Who may code what, and what a supervisor may do: rules over the whole review.

In a file the supervisor is whoever made the project; that is checked where the person acting is
known. Here stands what follows from the review itself.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from review.case import CaseState, Review, case_state
from review.coding_state import CodingState
from review.events import (
    CaseExcluded,
    CodingReturned,
    FlagAnswered,
    ReviewerAdded,
    RiskAcknowledged,
)
from review.readiness import Decision
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

    Whoever began a case may go on with it. Otherwise one person codes a case: the one it is
    assigned to, or anybody where it is assigned to nobody.

    Args:
        review: Everything that was done.
        reviewer: Who wants to.
        role: What the record was drawn for.
        case_id: The case.
    """
    if (refusal := _why_not_open(review, role, case_id)) is not None:
        return refusal
    begun = {coding.reviewer for coding in review.codings_of(case_id)}
    if reviewer in begun:
        return None
    if begun:
        return Refusal(
            "coded-by-another",
            f"This case is being coded, or was coded, by {_codes(review, begun)}.",
            "Take another case from the queue.",
        )
    assigned = review.assigned.get(case_id)
    if assigned not in (None, reviewer):
        return Refusal(
            "assigned-to-another",
            f"This case is assigned to {_codes(review, {str(assigned)})}.",
            "Take a case of your own queue, or ask the supervisor to assign the cases anew.",
        )
    return None


def _why_not_open(review: Review, role: Role, case_id: str) -> Refusal | None:
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
            if review.exclusion_of(case_id) is None:
                return None
    return Refusal(
        "excluded",
        "This case was taken out of the audit by the supervisor.",
        "Take another case from the queue.",
    )


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
    if coding.state is not CodingState.SUBMITTED:
        return Refusal(
            "not-handed-in",
            "This coding is not handed in, so it cannot be sent back.",
            "Wait until it is handed in.",
        )
    words = words_of(question)
    if isinstance(words, Refusal):
        return words
    return (CodingReturned(reviewer=reviewer, revision=coding.revision, question=words),)


def answer_flag(review: Review, flag_id: str, *, text: str) -> Decision:
    """Answer a flag, which closes it."""
    flag = next((one for one in review.flags if one.flag_id == flag_id), None)
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


def exclude_case(review: Review, case_id: str, *, role: Role, reason: str) -> Decision:
    """Take a case of the sample out of the audit; it stays in the accounting."""
    if case_state(review, role, case_id) in (CaseState.EXCLUDED, CaseState.RESERVE):
        return Refusal(
            "not-in-sample",
            "This case is not in the sample, or was taken out already.",
            "Choose a case of the sample.",
        )
    words = words_of(reason)
    return words if isinstance(words, Refusal) else (CaseExcluded(reason=words),)


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
        if coding.state is not CodingState.SUBMITTED:
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
