"""How far raters who coded the same cases agree: six statistics with intervals, no resampling.

Case texts, reviewers' names and the store are unknown here: ratings come in as plain values, and
figures go out. Imports no numeric library until a figure is asked for.
"""

from review.agreement.figure import Figure
from review.agreement.questions import (
    REPORTED,
    STATISTICS,
    CodedTwice,
    DoubleCoding,
    QuestionAgreement,
    agreement_by_question,
)
from review.agreement.summary import Agreement, agreement

__all__ = [
    "REPORTED",
    "STATISTICS",
    "Agreement",
    "CodedTwice",
    "DoubleCoding",
    "Figure",
    "QuestionAgreement",
    "agreement",
    "agreement_by_question",
]
