"""Which questions a case asks, given the answers so far: three-valued skip logic.

One forward pass decides all, because conditions look back only. A question whose condition rests
on an answer still to come is pending: neither asked nor skipped. An answer to a question that is
not asked (any more) is kept and never counted; it counts again when its branch reopens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from review.codebook import Codebook, Question, QuestionType, Value
from review.conditions import Condition, Leaf, Operator, Truth, evaluate, holds

if TYPE_CHECKING:
    from review.coding_state import Quote

_DERIVED = {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: "cannot_determine"}


class Applicability(StrEnum):
    """Whether a question is asked of this case."""

    APPLICABLE = "applicable"
    NOT_APPLICABLE = "not_applicable"
    PENDING = "pending"
    """An answer still to come decides."""


_APPLICABILITY = {
    Truth.TRUE: Applicability.APPLICABLE,
    Truth.FALSE: Applicability.NOT_APPLICABLE,
    Truth.BLANK: Applicability.PENDING,
    Truth.UNKNOWN: Applicability.PENDING,
}


@dataclass(frozen=True, slots=True)
class QuestionState:
    """One question of one coding."""

    question: Question
    applicability: Applicability
    gate: Truth
    """The same, where an undeterminable answer before it is read as not knowing: indicators rest
    on this, skip logic does not."""
    value: Value
    """The answer kept, counted or not."""
    is_counted: bool
    """Whether it is answered and asked of this case."""
    is_required: bool
    quote_needed: bool
    """Whether its answer needs a quote and none is pinned."""
    is_unconfirmed: bool = False
    """Whether its answer comes from an earlier version of the codebook, where it meant something
    else: it does not count until its coder confirms it."""

    @property
    def may_be_required(self) -> bool:
        """Whether some answers make it one that has to be answered."""
        return self.question.type is not QuestionType.TEXT or self.question.required_if is not None


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that keeps a coding from being handed in."""

    question_id: str
    reason: str
    """Plain words."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that follows from a codebook and the answers of one coding."""

    questions: tuple[QuestionState, ...]
    """The questions that can be asked, in order."""
    derived: Mapping[str, str]
    """Values that follow from answers: yes, no or cannot_determine; left out while an answer
    that they rest on is missing, and where they do not apply."""
    blockers: tuple[Blocker, ...]
    by_id: Mapping[str, QuestionState]

    def of_import(self) -> Sheet:
        """Return the same of a coding made elsewhere, which needs neither every answer nor quotes.

        What has to be confirmed has to be confirmed all the same.
        """
        waiting = {state.question.id for state in self.questions if state.is_unconfirmed}
        blockers = tuple(one for one in self.blockers if one.question_id in waiting)
        return replace(self, blockers=blockers)

    @property
    def is_complete(self) -> bool:
        """Whether the coding can be handed in."""
        return not self.blockers

    @property
    def counted(self) -> dict[str, Value]:
        """The answers that count, by question."""
        return {state.question.id: state.value for state in self.questions if state.is_counted}

    @property
    def uncounted(self) -> tuple[str, ...]:
        """Questions whose answer is kept and does not count, in order."""
        return tuple(
            state.question.id for state in self.questions if state.value and not state.is_counted
        )

    @property
    def applicable_count(self) -> int:
        """How many required questions this case asks, as far as is known."""
        return sum(state.is_required for state in self.questions)

    @property
    def answered_count(self) -> int:
        """How many of those are answered."""
        return sum(state.is_required and state.is_counted for state in self.questions)

    @property
    def most_left(self) -> int:
        """The most questions that can still have to be answered, if no answer is changed.

        Those that are asked and open, and those whose asking or need rests on an open one; none
        where nothing is open. Branches that exclude each other are all counted.
        """
        if self.answered_count == self.applicable_count:
            return 0
        return sum(
            not state.is_counted
            and state.applicability is not Applicability.NOT_APPLICABLE
            and state.may_be_required
            for state in self.questions
        )

    def state_of(self, question_id: str) -> QuestionState:
        """Return the state of a question that can be asked.

        Raises:
            KeyError: Where the codebook asks no such question.
        """
        return self.by_id[question_id]

    def next_open(self, after: str | None) -> str | None:
        """Return the next required question without an answer, going round at the end.

        Args:
            after: Begin behind this question; None begins at the first.
        """
        order = [state.question.id for state in self.questions]
        start = order.index(after) + 1 if after in order else 0
        turned = (*self.questions[start:], *self.questions[:start])
        return next(
            (state.question.id for state in turned if state.is_required and not state.is_counted),
            None,
        )


def read_sheet(
    codebook: Codebook,
    answers: Mapping[str, Value],
    quotes: Sequence[Quote],
    *,
    unconfirmed: frozenset[str] = frozenset(),
) -> Sheet:
    """Work out what a set of answers asks, counts and still needs.

    Args:
        codebook: The questions.
        answers: By question id; answers to questions that are not asked are kept and not counted.
        quotes: The passages pinned so far.
        unconfirmed: Questions whose answer is kept and read as still to come.
    """
    reading = _Reading(answers, frozenset(quote.question for quote in quotes), unconfirmed)
    for step in codebook.steps:
        reading.read(step)
    states = tuple(reading.states)
    return Sheet(
        questions=states,
        derived=MappingProxyType(reading.derived),
        blockers=tuple(blocker for state in states if (blocker := _blocker(state)) is not None),
        by_id=MappingProxyType({state.question.id: state for state in states}),
    )


class _Reading:
    """The forward pass over one set of answers."""

    def __init__(
        self, answers: Mapping[str, Value], quoted: frozenset[str], unconfirmed: frozenset[str]
    ) -> None:
        self._answers = answers
        self._quoted = quoted
        self._unconfirmed = unconfirmed
        self._asked: dict[str, Truth] = {}
        self._gates: dict[str, Truth] = {}
        self._values: dict[str, Value] = {}
        self._missing: dict[str, frozenset[str]] = {}
        self.states: list[QuestionState] = []
        self.derived: dict[str, str] = {}

    def read(self, step: Question) -> None:
        """Decide one question; those it rests on have been read."""
        asked = self._whether(step.ask_if)
        gate = asked
        if step.ask_if is not None and asked is not Truth.TRUE:
            gate = evaluate(step.ask_if, self._leaf_as_fact)
        self._asked[step.id] = asked
        self._gates[step.id] = gate
        self._missing[step.id] = step.missing_values
        if step.derive is not None:
            self._derive(step, step.derive)
            return
        value = self._answers.get(step.id, ())
        is_unconfirmed = bool(value) and step.id in self._unconfirmed
        self._values[step.id] = () if is_unconfirmed else value
        is_asked = asked is Truth.TRUE
        self.states.append(
            QuestionState(
                question=step,
                applicability=_APPLICABILITY[asked],
                gate=gate,
                value=value,
                is_counted=is_asked and bool(value) and not is_unconfirmed,
                is_required=is_asked and self._is_required(step),
                quote_needed=is_asked
                and step.id not in self._quoted
                and any(chosen in step.quote_if for chosen in value),
                is_unconfirmed=is_unconfirmed,
            )
        )

    def _derive(self, step: Question, rule: Condition) -> None:
        """Work out a value that follows from answers."""
        value = _DERIVED.get(evaluate(rule, self._leaf_as_fact))
        self._values[step.id] = ()
        if value is not None and self._asked[step.id] is Truth.TRUE:
            self._values[step.id] = (value,)
            self.derived[step.id] = value

    def _is_required(self, step: Question) -> bool:
        """Say whether an asked question has to be answered; blank parts of a rule do not bind."""
        if step.type is not QuestionType.TEXT:
            return True
        return step.required_if is not None and self._whether(step.required_if) is Truth.TRUE

    def _whether(self, condition: Condition | None) -> Truth:
        """Read a condition as skip logic does."""
        return Truth.TRUE if condition is None else evaluate(condition, self._leaf_as_answered)

    def _leaf_as_answered(self, leaf: Leaf) -> Truth:
        """Read a leaf as skip logic does: "cannot be determined" is an answer like others."""
        asked = self._asked[leaf.question]
        if asked is not Truth.TRUE:
            return asked
        value = self._values[leaf.question]
        if not value and leaf.operator is not Operator.ANSWERED:
            return Truth.BLANK
        return Truth.TRUE if holds(leaf, value) else Truth.FALSE

    def _leaf_as_fact(self, leaf: Leaf) -> Truth:
        """Read a leaf as a statement about the case: see :func:`leaf_as_fact`."""
        return leaf_as_fact(
            leaf,
            gate=self._gates[leaf.question],
            value=self._values[leaf.question] if self._asked[leaf.question] is Truth.TRUE else (),
            missing=self._missing[leaf.question],
        )


def leaf_as_fact(leaf: Leaf, *, gate: Truth, value: Value, missing: frozenset[str]) -> Truth:
    """Read a leaf as a statement about the case, for indicators and derived values.

    A question that was not asked makes the leaf false where its gate is settled, and unknown
    where the gate itself cannot be determined. "Cannot be determined" is not knowing.

    Args:
        leaf: The statement.
        gate: What is known of the question's being asked, by this same reading.
        value: The counted answer; empty where there is none.
        missing: The values of the question that say that the record does not tell.
    """
    if gate is not Truth.TRUE:
        return gate
    if leaf.operator is Operator.ANSWERED:
        return Truth.TRUE if holds(leaf, value) else Truth.FALSE
    if not value:
        return Truth.BLANK
    if any(chosen in missing for chosen in value):
        return Truth.UNKNOWN
    return Truth.TRUE if holds(leaf, value) else Truth.FALSE


def _blocker(state: QuestionState) -> Blocker | None:
    """Say what one question still needs, or None."""
    question = state.question
    if state.is_required and not state.is_counted:
        words = (
            "say why: an answer above asks for it"
            if question.type is QuestionType.TEXT
            else "confirm the answer, or answer anew"
            if state.is_unconfirmed
            else "not answered"
        )
        return Blocker(question.id, f"{question.id}: {words}")
    if state.is_counted and not all(question.groups_of(state.value)):
        return Blocker(question.id, f"{question.id}: not answered for both parties")
    if state.quote_needed:
        label = " / ".join(question.label_of(value) for value in state.value)
        return Blocker(question.id, f'{question.id}: the answer "{label}" needs a quote')
    return None
