"""The codings of a case that count, and where they agree.

Free text and notes never conflict. A question that one coding asks and another does not is open
until it is decided whether the case asks it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from review.applicability import Sheet
from review.codebook import Codebook, Question, QuestionType, Value
from review.coding_state import Coding
from review.fold import Review
from sampling.tickets import ticket

SIDE = "side"
"""The label of the tickets that say whose coding an adjudicator sees on the left."""


class Match(StrEnum):
    """How the codings of a case compare on one question."""

    AGREED = "agreed"
    CONFLICT = "conflict"
    ONE_SIDED = "one_sided"
    """Some codings answer it; the others do not, because they do not ask it or left it blank."""
    UNASKED = "unasked"


@dataclass(frozen=True, slots=True)
class Compared:
    """One question in the codings of a case."""

    question: Question
    values: tuple[Value, ...]
    """The counted answer of each coding; empty where there is none."""

    @property
    def match(self) -> Match:
        """How the codings compare."""
        given = {value for value in self.values if value}
        if not given:
            return Match.UNASKED
        if len(given) > 1:
            return Match.CONFLICT
        return Match.AGREED if all(self.values) else Match.ONE_SIDED


def compare(codebook: Codebook, sheets: Sequence[Sheet]) -> tuple[Compared, ...]:
    """Set the counted answers of several codings of a case side by side.

    Args:
        codebook: The one that they are read with.
        sheets: What follows from each.

    Returns:
        Every question that can conflict, in the order of the codebook.
    """
    counted = [sheet.counted for sheet in sheets]
    return tuple(
        Compared(question, tuple(one.get(question.id, ()) for one in counted))
        for question in codebook.questions
        if question.type is not QuestionType.TEXT
    )


def is_agreed(compared: Sequence[Compared]) -> bool:
    """Say whether codings differ nowhere."""
    differ = (Match.CONFLICT, Match.ONE_SIDED)
    return not any(one.match in differ for one in compared)


def agreed_answers(compared: Sequence[Compared]) -> dict[str, Value]:
    """Return the answers on which all codings agree, by question."""
    return {one.question.id: one.values[0] for one in compared if one.match is Match.AGREED}


def handed_in(review: Review, case_id: str) -> tuple[Coding, ...]:
    """Return the codings of a case that count, in order of the coder's name.

    Where the case is assigned they are those of its slots; late work beside them is kept and not
    counted. Where nobody has it, everything that was handed in counts.
    """
    codings = (one for one in review.codings_of(case_id) if one.state.is_handed_in)
    if not review.assigned_to(case_id):
        return tuple(codings)
    holders = {slot.reviewer for slot in review.slots_of(case_id) if slot.is_required}
    return tuple(one for one in codings if one.reviewer in holders)


def is_all_in(review: Review, case_id: str) -> bool:
    """Say whether every coding that a case waits for is handed in."""
    waited_for = [slot for slot in review.slots_of(case_id) if slot.is_required]
    return bool(waited_for) and all(slot.state.is_handed_in for slot in waited_for)


def is_left_unconfirmed(review: Review, case_id: str) -> bool:
    """Say whether a case rests on answers that nobody is there to confirm.

    Their meaning has changed since and whoever gave them left: somebody has to decide the case on
    what there is.
    """
    return any(
        coding.reviewer in review.left and review.is_to_confirm(coding)
        for coding in handed_in(review, case_id)
    )


def do_agree(review: Review, codings: Sequence[Coding]) -> bool:
    """Say whether codings of one case differ nowhere.

    Raises:
        ReviewError: Where the project has no codebook.
    """
    first, *others = codings
    if all(_choices(review, one) == _choices(review, first) for one in others):
        return True
    codebook = review.codebook
    sheets = [review.sheet_of(coding) for coding in codings]
    return codebook is not None and is_agreed(compare(codebook, sheets))


def _choices(review: Review, coding: Coding) -> dict[str, Value]:
    """Return the answers of a coding without its texts: where they are equal, so is what counts."""
    asked = {} if review.codebook is None else review.codebook.by_id
    return {
        question: value
        for question, value in coding.answers.items()
        if question in asked and asked[question].type is not QuestionType.TEXT
    }


def from_left_to_right(
    codings: Sequence[Coding], codes: Mapping[str, str], *, seed: str
) -> tuple[Coding, ...]:
    """Return codings in the order in which an adjudicator sees them.

    It is the order of the ``side`` tickets of case and code, such as ``C-0012 R3``: neither the
    order of joining nor that of the slots, and anybody can repeat it.

    Args:
        codings: Of one case.
        codes: Code by name; a name without one stands under itself.
        seed: The seed of the draw.

    Raises:
        TicketError: Where the seed is not allowed.
    """

    def side(coding: Coding) -> str:
        code = codes.get(coding.reviewer, coding.reviewer)
        return ticket(SIDE, seed, f"{coding.case_id} {code}")

    return tuple(sorted(codings, key=side))


def fingerprint(*parts: object) -> str:
    """Return the SHA-256 of plain data in one canonical form."""
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return sha256(text.encode()).hexdigest()
