"""Cases with known answers: a training set in a project of its own, and silent checks."""

from __future__ import annotations

from dipsample.audit import Audit
from dipsample.desk import NewQuote
from review.applicability import read_sheet
from review.calibration import TrainingCase


def train(audit: Audit, name: str, *, is_right: bool) -> None:
    """Let a coder take the next training set, with every counter-allegation missed or none."""
    cases = audit.next_training_set(name)
    with audit.training(name, cases) as (training, _):
        by_id = {one.id: one for one in cases}
        ids = {row.case_id: row.record_id for row in training.cases()}
        for item in training.queue(name):
            answer(training, name, item.case_id, by_id[ids[item.case_id]], is_right=is_right)
        assert audit.score_training(name, cases, training) is not None


def answer(audit: Audit, name: str, case_id: str, case: TrainingCase, *, is_right: bool) -> None:
    """Answer a case as expected, but for the counter-allegation where that is wrong."""
    (field, *_) = audit.case_file(name, case_id).record
    given = {question: (value,) for question, value in case.expected.items()}
    if not is_right and given.get("C1") == ("yes",):
        given["C1"] = ("no",)
    given |= {"Z3": ("high",), "Z4": ("The record does not say.",)}
    asked = audit.codebook
    sheet = read_sheet(asked, given, ())
    answers = {
        one.question.id: one.value for one in sheet.questions if one.is_counted and one.value
    }
    quotes = [
        NewQuote(one.question.id, field, 0, 20) for one in sheet.questions if one.quote_needed
    ]
    audit.code_at_once(name, case_id, answers, quotes)
