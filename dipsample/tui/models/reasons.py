"""The letters and words of why a case is put off, of what a flag is about, and of a referral."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

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


def referred_words(time: str) -> str:
    """Return what a coder is told who has referred a live risk.

    Args:
        time: Of the referral, such as ``14:03:07``.
    """
    return (
        f"Referred at {time[:5]}. Tell your supervisor now, by the route that your audit has "
        "agreed. You can go on coding."
    )
