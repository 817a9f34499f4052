"""What a later version does to decisions, and to codings that were made elsewhere."""

from __future__ import annotations

import json

from review.carrying import carry_over
from review.case import CaseState
from review.codebook import Codebook, codebook_from_body
from review.codebook_events import AnswerConfirmed, CodebookRevised
from review.coding import submit
from review.coding_state import CodingState
from review.events import CodingImported, ImportedAnswer
from review.fold import Review
from sampling.refusal import Refusal
from tests.review import decided
from tests.review.decided import Audit


def reworded(codebook: Codebook, question: str) -> Codebook:
    body = json.loads(codebook.body)
    body["version"] = "2.0.0"
    for one in body["question"]:
        if one["id"] == question:
            one["ask"] = "Something else?"
    return codebook_from_body(json.dumps(body))


def revised(old: Codebook, question: str, *cosmetic: str) -> CodebookRevised:
    new = reworded(old, question)
    return CodebookRevised(
        id=new.id,
        version=new.version,
        sha256=new.sha256,
        body=new.body,
        parent_sha256=old.sha256,
        reason="words were unclear",
        cosmetic=cosmetic,
    )


def decided_against_both() -> Audit:
    """Neither coder asks Q2; the adjudicator opens it with an own answer, and answers it."""
    audit = decided.Audit()
    audit.hand_in("ann", {"Q1": ("no",), "Q3": ("no",)})
    audit.hand_in("bob", {"Q1": ("cannot_determine",), "Q3": ("no",)})
    audit.open()
    audit.decide("Q1", "yes")
    audit.decide("Q2", "yes")
    audit.close()
    assert audit.state() is CaseState.FINAL
    return audit


def test_an_own_answer_of_the_adjudicator_falls_with_the_meaning_of_its_question() -> None:
    audit = decided_against_both()
    audit.write("boss", revised(decided.CODEBOOK, "Q2"))
    assert not audit.review.is_outdated(decided.CASE)
    assert audit.state() is CaseState.STALE
    audit.open()
    audit.decide("Q1", "yes")
    audit.decide("Q2", "no")
    audit.close()
    assert audit.state() is CaseState.FINAL


def test_a_decision_stands_where_the_new_words_mean_the_same_or_are_of_another_question() -> None:
    audit = decided_against_both()
    audit.write("boss", revised(decided.CODEBOOK, "Q2", "Q2"))
    assert audit.state() is CaseState.FINAL
    audit = decided_against_both()
    audit.write("boss", revised(decided.CODEBOOK, "Q4"))
    assert audit.state() is CaseState.FINAL


def imported(**answers: str) -> Audit:
    audit = decided.Audit(coders=("ann",))
    given = tuple(ImportedAnswer(question=name, value=(one,)) for name, one in answers.items())
    sha = decided.CODEBOOK.sha256
    event = CodingImported(codebook_sha256=sha, answers=given, source_sha256="0" * 64)
    audit.write("ann", event, decided.CASE)
    return audit


def test_an_imported_coding_with_blanks_need_not_be_completed_for_a_later_version() -> None:
    audit = imported(Q1="yes")
    assert audit.state() is CaseState.FINAL
    audit.write("boss", revised(decided.CODEBOOK, "Q2"))
    assert audit.state() is CaseState.FINAL


def test_an_imported_coding_is_handed_in_again_once_its_answers_are_confirmed() -> None:
    audit = imported(Q1="yes")
    new = reworded(decided.CODEBOOK, "Q1")
    audit.write("boss", revised(decided.CODEBOOK, "Q1"))
    assert audit.state() is CaseState.STALE
    review: Review = audit.review
    (event,) = carry_over(review.versions, review.coding_of(decided.CASE, "ann"))
    assert (event.confirm, event.answer) == (("Q1",), ())
    audit.write("ann", event, decided.CASE)
    coding = review.coding_of(decided.CASE, "ann")
    assert coding.state is CodingState.DRAFT
    refused = submit(coding, new)
    assert isinstance(refused, Refusal)
    assert "Q1" in refused.reason
    assert "Q3" not in refused.reason
    audit.write("ann", AnswerConfirmed(question="Q1", value=("yes",)), decided.CASE)
    audit.allow("ann", submit(review.coding_of(decided.CASE, "ann"), new))
    assert audit.state() is CaseState.FINAL
    assert review.sheet_of(review.coding_of(decided.CASE, "ann")).counted == {"Q1": ("yes",)}
