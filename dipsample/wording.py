"""Events in words, for people who read the log: never the text of a record, a note or a flag."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sampling.draw import DrawnRecord

_PLAIN: Mapping[str, str] = {
    "ProjectCreated": "started the project",
    "EarlierWavesListed": "listed the records of earlier waves, part {part} of {parts}",
    "FrameCommitted": "committed a frame of {frame[records]} records",
    "PlanCommitted": "committed a plan",
    "JointSeedOpened": "began a joint seed",
    "SeedCommitted": "took in the commitment of {party} to the joint seed",
    "SeedContributed": "took in the contribution of {party} to the joint seed",
    "SeedRevealed": "revealed the seed",
    "SampleDrawn": "drew {sample} records and {reserve} in reserve",
    "RecordsDrawn": "wrote down the drawn records, part {part}",
    "SampleExtended": "extended the sample from {before} to {size} records",
    "RecordsAdded": "wrote down the added records, part {part}",
    "FrameGrown": "took a later extract into the frame, {frame[records]} records by now",
    "FrameClosed": "closed the frame",
    "ReserveRenumbered": "gave reserve cases other numbers",
    "CaseReplaced": "replaced the case by {replaced_by}: {reason}",
    "LookTaken": "looked at provisional figures, look {number} of {of}, at {cases} cases",
    "CodingStopped": "stopped coding at {coded} of {planned} cases, by the rule of the plan",
    "CodebookPublished": "took the codebook {id} {version}",
    "CodebookRevised": "published the codebook {id} {version}",
    "CodingCarriedOver": "took the coding up under a later version of the codebook",
    "ReviewerAdded": "added {code}",
    "ReviewerLeft": "noted that somebody left the audit",
    "CasesAssigned": "dealt the cases out",
    "CalibrationScored": "coded a training set: {right} of {asked} outcome questions as expected",
    "GoldPlaced": "put silent checks among the cases",
    "GoldDealt": "dealt silent checks to coders",
    "ReviewerAdmitted": "admitted a coder who is below the gate of calibration",
    "CodingOpened": "opened the case",
    "QuotePinned": "pinned a quote to {question}",
    "QuoteRemoved": "took a quote off {question}",
    "NoteSet": "wrote the note",
    "LeakConfirmed": "kept a text that looked like personal data, with a reason",
    "CodingDeferred": "deferred the case",
    "CodingResumed": "took the case up again",
    "CodingSubmitted": "handed the case in",
    "CodingRecalled": "took the case back",
    "CodingReturned": "sent the case back to its coder",
    "CodingLocked": "locked a coding of the case",
    "CodingReopened": "opened a locked coding of the case again",
    "CodingWithdrawn": "took the case off its coder",
    "CodingImported": "took in a coding made elsewhere",
    "FlagRaised": "raised a flag: {kind}",
    "FlagAnswered": "answered a flag",
    "RiskReferred": "made a safeguarding referral",
    "RiskAcknowledged": "acknowledged a safeguarding referral",
    "AdjudicationOpened": "began to decide the case",
    "AdjudicationClosed": "decided the case",
    "QaChosen": "had cases chosen for a quality check",
    "QaPassed": "checked the case and found nothing wrong",
    "QaFailed": "checked the case and found it wrong",
    "SignedOff": "signed the sample off: {cases} cases",
    "SignOffRevoked": "took the signature back",
    "ReleaseMade": "wrote the findings as {format}",
}
_WITH_REASON: Mapping[str, str] = {
    "AdjudicationClosed": "decided the case: answers that a check found wrong stand, with a reason"
}
"""What is said instead where an event carries the reason that it has only at times."""
_LONGEST_VALUE = 40


def in_words(kind: str, data: Mapping[str, object]) -> str:
    """Say what an event did.

    Args:
        kind: The kind of the event.
        data: Its payload.

    Returns:
        A few words; a kind that this version does not know is named as such.
    """
    if kind == "AnswerSet":
        return f"answered {data['question']}: {_value(data['old'])} -> {_value(data['new'])}"
    if kind == "AnswerUndone":
        return f"undid {data['question']}: back to {_value(data['restored'])}"
    if kind == "AnswerRedone":
        return f"did {data['question']} again: {_value(data['restored'])}"
    if kind == "AnswerConfirmed":
        return f"confirmed {data['question']}: {_value(data['value'])}"
    if kind == "QuestionDecided":
        return f"decided {data['question']}: {_value(data['value'])} ({data['source']})"
    if kind == "ReleaseMade" and data.get("codebook"):
        version = data["codebook"]
        return f"wrote the findings as {data['format']}, under the earlier codebook {version}"
    if kind in _PLAIN:
        words = _WITH_REASON if data.get("reason") and kind in _WITH_REASON else _PLAIN
        return words[kind].format_map(data)
    return f"{kind} (made by a newer version)"


def drawn_again_words(records: Sequence[DrawnRecord]) -> str:
    """Return how many records were drawn again, by what they are in the sample."""
    from sampling.draw import Role

    counts = Counter(record.role for record in records)
    words = {
        Role.SAMPLE: "in the sample",
        Role.RESERVE: "in reserve",
        Role.REPLACED: "replaced",
    }
    parts = [f"{counts[role]:,} {said}" for role, said in words.items() if counts[role]]
    return f"{len(records):,} records drawn again ({', '.join(parts)})"


def _value(value: object) -> str:
    """Return an answer as codes; free text is not repeated in the log's words."""
    if not isinstance(value, list) or not value:
        return "blank"
    codes = [str(one) for one in value]
    if any(" " in code or len(code) > _LONGEST_VALUE for code in codes):
        return "a text"
    return ", ".join(codes)


def state_words(state: str, *, has_open_referral: bool) -> str:
    """Return the state of a case in words; never as if nothing waited where a referral does."""
    words = state.replace("_", " ")
    return f"{words}, referral open" if has_open_referral else words
