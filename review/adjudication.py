"""What an adjudicator may do: each rule returns events, or a refusal that says why.

Whoever decides over a case coded none of it. A coding is never changed by a decision: the final
answers stand beside the codings, and fall when one of those changes.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from review.answers import read_answer
from review.applicability import Applicability
from review.bench import Bench, read_bench, undeterminable
from review.codebook import Question, Value
from review.coding_state import CodingState
from review.decision_events import (
    AdjudicationClosed,
    AdjudicationInput,
    AdjudicationOpened,
    DecidedQuote,
    OverruleReason,
    QuestionDecided,
    Source,
)
from review.events import (
    CodingLocked,
    CodingReopened,
    CodingReturned,
    FlagKind,
    FlagRaised,
    ReviewEvent,
)
from review.fold import Review
from review.freshness import is_fresh, was_found_wrong
from review.handed_in import Compared, Match, do_agree, from_left_to_right, handed_in, is_all_in
from review.readiness import Decision
from review.supervision import words_of
from sampling.draw import Role
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


def why_not_adjudicate(review: Review, name: str, *, role: Role, case_id: str) -> Refusal | None:
    """Say why a person may not decide over a case, or None where they may.

    Args:
        review: Everything that was done.
        name: Who wants to.
        role: What the record was drawn for.
        case_id: The case.
    """
    if role is not Role.SAMPLE or review.exclusion_of(case_id) is not None:
        return Refusal(
            "not-in-sample",
            "This case is not in the sample, or was taken out of it.",
            "Choose a case of the sample.",
        )
    coders = {coding.reviewer for coding in review.codings_of(case_id)}
    if name in coders or name in {slot.reviewer for slot in review.slots_of(case_id)}:
        return Refusal(
            "own-case",
            "Whoever codes a case, or was to code it, cannot decide over its codings.",
            "Leave it to somebody who did not code it.",
        )
    return None


def open_adjudication(
    review: Review, name: str, case_id: str, *, seed: str, reason: str = "", may_overrule: bool
) -> Decision:
    """Begin to decide over the codings of a case.

    Args:
        review: Everything that was done.
        name: Who decides; may do so by :func:`why_not_adjudicate`.
        case_id: The case.
        seed: Of the draw: it says whose coding stands on the left.
        reason: Why before all codings are in, in the place of somebody else, or again.
        may_overrule: Whether they are the supervisor, who alone may do so with a reason.

    Returns:
        Events, the locking of the codings among them; none where they have begun already.
    """
    if not isinstance(open_bench(review, name, case_id), Refusal):
        return ()
    stops = _why_wait(review, name, case_id)
    if stops is not None and not (may_overrule and reason.strip() and stops.rule in _WAIVABLE):
        return stops
    words = _comment(reason)
    if isinstance(words, Refusal):
        return words
    codings = from_left_to_right(handed_in(review, case_id), review.reviewers, seed=seed)
    inputs = tuple(
        AdjudicationInput(reviewer=one.reviewer, revision=one.revision, head=one.head or "")
        for one in codings
    )
    codebook = "" if review.codebook is None else review.codebook.sha256
    opened = AdjudicationOpened(
        codebook_sha256=codebook, inputs=inputs, reason=words if stops is not None else ""
    )
    return (opened, *locking(review, case_id))


_WAIVABLE: Final = ("not-all-in", "adjudicated-by-another", "decided-already", "nothing-to-settle")
"""Rules that a supervisor may set aside with a reason."""


def _why_wait(review: Review, name: str, case_id: str) -> Refusal | None:
    """Say why a case is not to be decided now, or None."""
    codings = handed_in(review, case_id)
    if not codings:
        return Refusal(
            "nothing-handed-in",
            "Nobody has handed this case in, so there is nothing to decide over.",
            "Wait until it is handed in.",
        )
    current = review.decisions.adjudication_of(case_id)
    if current is not None and is_fresh(review, current):
        if not current.is_closed and current.adjudicator != name:
            return Refusal(
                "adjudicated-by-another",
                "Somebody else is deciding over this case.",
                "Take another case; the supervisor can take it over with a reason.",
            )
        if current.is_closed and not was_found_wrong(review, case_id):
            return Refusal(
                "decided-already",
                "This case is decided, and its codings have not changed since.",
                "The supervisor can have it decided again with a reason.",
            )
    if not is_all_in(review, case_id):
        return Refusal(
            "not-all-in",
            "Not everybody who is to code this case has handed it in.",
            "Wait for the others; the supervisor can begin early with a reason.",
        )
    if current is None and do_agree(review, codings) and not was_found_wrong(review, case_id):
        return Refusal(
            "nothing-to-settle",
            "The codings of this case agree, so there is nothing to settle.",
            "Take a case in conflict.",
        )
    return None


def locking(review: Review, case_id: str) -> tuple[ReviewEvent, ...]:
    """Return the events that fix the handed-in codings of a case; none where they are fixed."""
    return tuple(
        CodingLocked(reviewer=one.reviewer, revision=one.revision)
        for one in handed_in(review, case_id)
        if one.state is not CodingState.LOCKED
    )


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
    comment = _comment(ruling.comment)
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


def close_adjudication(review: Review, name: str, case_id: str) -> Decision:
    """Confirm all that is agreed, and close the case."""
    bench = open_bench(review, name, case_id)
    if isinstance(bench, Refusal):
        return bench
    if bench.open_questions:
        return Refusal(
            "undecided",
            f"Not decided yet: {', '.join(bench.open_questions)}.",
            "Decide each; what cannot be agreed may stay unresolved.",
        )
    confirmed = tuple(
        QuestionDecided(question=one.question.id, value=one.values[0], source=Source.AGREED)
        for one in bench.unconfirmed
    )
    return (*confirmed, AdjudicationClosed())


def _comment(text: str) -> str | Refusal:
    tidy = unicodedata.normalize("NFC", text).strip()
    if len(tidy) <= MAX_COMMENT_LENGTH:
        return tidy
    return Refusal(
        "comment-too-long",
        f"This has {len(tidy)} characters; at most {MAX_COMMENT_LENGTH} are kept.",
        "Shorten it.",
    )


def return_to_coder(
    review: Review, name: str, case_id: str, *, coder: int, question: str
) -> Decision:
    """Send one coding back to whoever made it, with a question.

    What was decided so far falls with it: the case is decided anew when it is handed in again.

    Args:
        review: Everything that was done.
        name: The adjudicator.
        case_id: The case.
        coder: Which coding, from 1 at the left.
        question: What the adjudicator asks.
    """
    bench = open_bench(review, name, case_id)
    if isinstance(bench, Refusal):
        return bench
    if not 1 <= coder <= len(bench.codings):
        return Refusal(
            "no-such-coding",
            f"This case has {len(bench.codings)} codings.",
            "Count them from the left, from 1.",
        )
    words = words_of(question)
    if isinstance(words, Refusal):
        return words
    coding = bench.codings[coder - 1]
    if coding.reviewer in review.left:
        return Refusal(
            "has-left",
            "Whoever made this coding has left the audit.",
            "Decide the case on what there is.",
        )
    return (
        CodingReopened(reviewer=coding.reviewer, revision=coding.revision, reason=words),
        CodingReturned(reviewer=coding.reviewer, revision=coding.revision, question=words),
    )
