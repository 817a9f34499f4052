"""The letters and words of why a case is put off or a coder overruled, and of flags and referrals.

The letters of why a coder is overruled are no keys of answers in the short codebook: one that is
typed a step late, when the question is an answer again, is refused there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from review.decision_events import OverruleReason
from review.events import DeferralReason, FlagKind

Code = TypeVar("Code")


@dataclass(frozen=True, slots=True)
class Reason(Generic[Code]):
    """A code and its words."""

    code: Code
    label: str


DEFERRALS: Final[Mapping[str, Reason[DeferralReason]]] = {
    "c": Reason(DeferralReason.RECORD_CUT_OFF, "The record is cut off"),
    "f": Reason(DeferralReason.NEEDS_ANOTHER_FILE, "It needs another file"),
    "s": Reason(DeferralReason.ASK_SUPERVISOR, "To ask the supervisor"),
    "d": Reason(DeferralReason.TOO_DISTRESSING, "Too distressing; no details needed"),
    "o": Reason(DeferralReason.OTHER, "Another reason"),
}

FLAGS: Final[Mapping[str, Reason[FlagKind]]] = {
    "q": Reason(FlagKind.QUESTION, "A question to the supervisor"),
    "c": Reason(FlagKind.CODEBOOK, "Something about the codebook"),
    "r": Reason(FlagKind.RECORD, "Something wrong with the record"),
    "i": Reason(FlagKind.CONFLICT_OF_INTEREST, "A conflict of interest: I should not code it"),
}

OVERRULES: Final[Mapping[str, Reason[OverruleReason]]] = {
    "i": Reason(OverruleReason.MISREAD, "misread"),
    "g": Reason(OverruleReason.CODEBOOK_GAP, "codebook gap"),
    "c": Reason(OverruleReason.RECORD_UNCLEAR, "record unclear"),
    "j": Reason(OverruleReason.JUDGEMENT, "judgement"),
    "s": Reason(OverruleReason.SLIP, "slip"),
}


def referred_words(time: str) -> str:
    """Return what a coder is told who has referred a live risk.

    Args:
        time: Of the referral, such as ``14:03:07``.
    """
    return (
        f"Referred at {time[:5]}. Tell your supervisor now, by the route that your audit has "
        "agreed. You can go on coding."
    )
