"""What an adjudicator says of one question: the rule that makes a decision of it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from review.answers import read_answer
from review.applicability import Applicability
from review.bench import Bench, read_bench, undeterminable
from review.codebook import Question, Value
from review.decision_events import DecidedQuote, OverruleReason, QuestionDecided, Source
from review.events import FlagKind, FlagRaised
from review.fold import Review
from review.freshness import is_fresh
from review.handed_in import Compared, Match
from review.readiness import Decision
from sampling.refusal import Refusal

CODERS: Final = (Source.CODER_1, Source.CODER_2, Source.CODER_3)
MAX_COMMENT_LENGTH: Final = 1000
_GAP: Final = "the codebook does not settle this"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an adjudicator says of one question."""

    question: str
    source: Source
    value: Value = ()
    """The answer of an ``own`` ruling; empty takes a decision back. Other sources tell theirs."""
    reason: OverruleReason | None = None
    comment: str = ""
    quote: DecidedQuote | None = None


def open_bench(review: Review, name: str, case_id: str) -> Bench | Refusal:
    """Return what a person is deciding on, or why they are not."""
    current = review.decisions.adjudication_of(case_id)
    if current is None or current.adjudicator != name or current.is_closed:
        return Refusal(
            "not-opened",
            "You are not deciding over this case.",
            "Open it first.",
        )
    if not is_fresh(review, current):
        return Refusal(
            "stale",
            "A coding of this case changed after you began, so what you decided fell.",
            "Open the case again once all its codings are in.",
        )
    return read_bench(review, current)


def decide_question(
    review: Review, name: str, case_id: str, ruling: Ruling, *, flag_id: str
) -> Decision:
    """Decide one question of a case, replace the decision, or take it back.

    Args:
        review: Everything that was done.
        name: The adjudicator.
        case_id: The case.
        ruling: What they say.
        flag_id: A fresh id for the proposal to change the codebook that a gap makes.

    Returns:
        Events; none where the same is decided already.
    """
    bench = open_bench(review, name, case_id)
    if isinstance(bench, Refusal):
        return bench
    compared = bench.compared_on(ruling.question)
    if compared is None:
        return Refusal(
            "not-asked",
            "No question of that name can be decided: free text never conflicts.",
            "Choose a question of the list.",
        )
    before = bench.adjudication.decisions.get(ruling.question)
    if ruling.source is Source.OWN and not ruling.value:
        return () if before is None else (_taken_back(ruling.question),)
    decided = _decided(bench, compared, ruling)
    if isinstance(decided, Refusal):
        return decided
    if decided == before:
        return ()
    gap = OverruleReason.CODEBOOK_GAP
    is_new_gap = decided.reason is gap and (before is None or before.reason is not gap)
    return (decided, *((_proposal(decided, flag_id),) if is_new_gap else ()))


def _taken_back(question: str) -> QuestionDecided:
    return QuestionDecided(question=question, value=(), source=Source.OWN)


def _decided(bench: Bench, compared: Compared, ruling: Ruling) -> QuestionDecided | Refusal:
    """Return the decision that a ruling comes to, or why it is none."""
    question = compared.question
    if (refusal := _why_not_asked(bench, question)) is not None:
        return refusal
    value = _value(compared, ruling)
    if isinstance(value, Refusal):
        return value
    comment = tidy_comment(ruling.comment)
    if isinstance(comment, Refusal):
        return comment
    is_overruling = any(one and one != value for one in compared.values)
    if is_overruling and ruling.reason is None:
        return Refusal(
            "reason-needed",
            f"{question.id}: the codings do not all say this, so a reason is needed.",
            "Say why: misread, codebook gap, record unclear, judgement or slip.",
        )
    return QuestionDecided(
        question=question.id,
        value=value,
        source=_source(compared, ruling.source, value),
        reason=ruling.reason if is_overruling else None,
        comment=comment,
        quote=ruling.quote,
    )


def _why_not_asked(bench: Bench, question: Question) -> Refusal | None:
    """Say why the final answers so far ask no such question, or None."""
    match bench.sheet.state_of(question.id).applicability:
        case Applicability.APPLICABLE:
            return None
        case Applicability.PENDING:
            return Refusal(
                "pending",
                f"Whether {question.id} is asked rests on a question that is not decided yet.",
                "Decide the questions above it first.",
            )
        case Applicability.NOT_APPLICABLE:
            return Refusal(
                "not-asked",
                f"{question.id} is not asked of this case, by what is decided so far.",
                "Change the decision that closes it, if that is wrong.",
            )


def _value(compared: Compared, ruling: Ruling) -> Value | Refusal:
    """Return the final answer that a ruling stands for, or why it stands for none."""
    question = compared.question
    match ruling.source:
        case Source.CODER_1 | Source.CODER_2 | Source.CODER_3:
            place = CODERS.index(ruling.source)
            value = compared.values[place] if place < len(compared.values) else ()
            return value or Refusal(
                "no-answer-there",
                f"That coding does not answer {question.id}.",
                "Take another one, or give an answer of your own.",
            )
        case Source.AGREED:
            if compared.match is Match.AGREED:
                return compared.values[0]
            return Refusal(
                "not-agreed",
                f"The codings do not agree on {question.id}.",
                "Take a side, or give an answer of your own.",
            )
        case Source.UNRESOLVED:
            return undeterminable(question) or Refusal(
                "always-tells",
                f"{question.id} has no answer for what cannot be told.",
                "Take a side, or give an answer of your own.",
            )
        case Source.OWN:
            return read_answer(question, ruling.value)


def _source(compared: Compared, source: Source, value: Value) -> Source:
    """Return where an answer comes from: an own one that a coder gave too is that coder's."""
    if source is not Source.OWN or value not in compared.values:
        return source
    if compared.match is Match.AGREED:
        return Source.AGREED
    place = compared.values.index(value)
    return CODERS[place] if place < len(CODERS) else source


def _proposal(decided: QuestionDecided, flag_id: str) -> FlagRaised:
    """Return the draft of a change to the codebook that a gap in it makes."""
    text = f"{decided.question}: {decided.comment or _GAP}"
    return FlagRaised(flag_id=flag_id, kind=FlagKind.CODEBOOK, text=text)


def tidy_comment(text: str) -> str | Refusal:
    """Return a comment composed and without space around it, or why it cannot be kept."""
    tidy = unicodedata.normalize("NFC", text).strip()
    if len(tidy) <= MAX_COMMENT_LENGTH:
        return tidy
    return Refusal(
        "comment-too-long",
        f"This has {len(tidy)} characters; at most {MAX_COMMENT_LENGTH} are kept.",
        "Shorten it.",
    )
