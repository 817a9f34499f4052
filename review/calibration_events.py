"""What came of calibration: the facts that the log keeps."""

from __future__ import annotations

from typing import Literal

from sampling.recorded import Recorded, Row


class ScoredQuestion(Recorded):
    """How often one question was answered as expected."""

    question: str
    right: int
    asked: int


class CalibrationScored(Recorded):
    """A coder coded a whole set of training cases; none of them is a case of the sample."""

    v: Literal[1] = 1
    set_sha256: str
    """Of the training set: its texts and expected answers."""
    codebook_sha256: str
    cases: int
    questions: Row[ScoredQuestion]
    right: int
    """Outcome questions answered as expected, over all cases."""
    asked: int
    """Outcome questions that the set expects an answer to."""
    missed: int
    """Counter-allegations that were not seen."""
    is_passed: bool


class ReviewerAdmitted(Recorded):
    """The supervisor lets somebody code who is below the gate."""

    v: Literal[1] = 1
    name: str
    reason: str


CalibrationEvent = CalibrationScored | ReviewerAdmitted
