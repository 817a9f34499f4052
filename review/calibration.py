"""Calibration: training cases with known answers, coded before live work, and the gate after them.

The gate is 80 % of the outcome questions answered as expected, and no counter-allegation missed.
Whoever took a calibration and is below the gate codes no case of the sample until a later set is
passed or the supervisor admits them with a reason. Whether anybody has to take one is the
supervisor's to say; disagreements are for discussion.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from review.applicability import Sheet
from review.calibration_events import CalibrationScored, ReviewerAdmitted, ScoredQuestion
from review.codebook import Codebook
from review.errors import CalibrationError
from review.events import Entry
from sampling.refusal import Refusal

GATE_PERCENT: Final = 80
LEAST_CASES: Final = 5
COUNTER_ALLEGATION: Final = ("C1", "yes")

BELOW_GATE: Final = Refusal(
    "below-gate",
    "Your last calibration is below the gate, so no case of the sample is yours to code yet.",
    "Code another training set with `dipsample calibrate`, or ask the supervisor to admit you.",
)


@dataclass(frozen=True, slots=True)
class TrainingCase:
    """An invented record with the answers that are expected."""

    id: str
    text: str
    expected: Mapping[str, str]
    """By question; questions that are not scored are left out."""
    lesson: str
    """What the case is there to show; empty where nothing is said."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """What a silent check shows, by column of the record; empty where the text is all there is."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that is not the expected one."""

    case_id: str
    question: str
    expected: str
    given: str
    """Empty where the question was not asked by the answers before it."""
    lesson: str


@dataclass(frozen=True, slots=True)
class Score:
    """What a coder made of a training set."""

    questions: tuple[ScoredQuestion, ...]
    """In the order of the codebook."""
    differences: tuple[Difference, ...]
    right: int
    asked: int
    missed: int

    @property
    def is_passed(self) -> bool:
        """Whether it meets the gate."""
        return self.right * 100 >= GATE_PERCENT * self.asked and not self.missed


def set_hash(cases: Sequence[TrainingCase]) -> str:
    """Return 64 hex digits over texts and expected answers."""
    content = [[one.id, one.text, dict(sorted(one.expected.items()))] for one in cases]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def read_training_set(content: bytes, *, source: str) -> tuple[TrainingCase, ...]:
    """Read a training set: JSON with a list ``vignettes`` of ``id``, ``text`` and ``expected``.

    Cases that are to be silent checks may have ``record`` besides: text by column.

    Raises:
        CalibrationError: Where it is not such a file, or holds under five cases.
    """
    try:
        read = json.loads(content)
        listed = [
            TrainingCase(
                id=str(one["id"]),
                text=str(one["text"]),
                expected={str(name): str(value) for name, value in one["expected"].items()},
                lesson=str(one.get("lesson", "")),
                columns={str(name): str(text) for name, text in one.get("record", {}).items()},
            )
            for one in read["vignettes"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CalibrationError(
            f"{source} is no training set; it should be JSON with a list 'vignettes', each with "
            "id, text and expected answers by question."
        ) from None
    if len(listed) < LEAST_CASES or len({one.id for one in listed}) < len(listed):
        raise CalibrationError(
            f"{source} holds {len(listed)} training cases; a set needs {LEAST_CASES}, each with "
            "an id of its own."
        )
    return tuple(listed)


def check_set(codebook: Codebook, cases: Sequence[TrainingCase]) -> None:
    """Refuse a set that the codebook cannot be trained with.

    Raises:
        CalibrationError: Where it expects an answer that the codebook does not offer, or names no
            outcome question.
    """
    for case in cases:
        for name, value in case.expected.items():
            question = codebook.by_id.get(name)
            if question is None or (question.options and value not in question.values):
                raise CalibrationError(
                    f"The training case {case.id} expects an answer to {name} that "
                    f"{codebook.id} {codebook.version} does not offer; use a set made for it."
                )
    if not any(codebook.question(name).outcome for case in cases for name in case.expected):
        raise CalibrationError("The training set expects no answer to an outcome question.")


def score(codebook: Codebook, cases: Sequence[TrainingCase], sheets: Mapping[str, Sheet]) -> Score:
    """Compare what a coder answered with what is expected.

    Args:
        codebook: The one that was coded with.
        cases: The training set.
        sheets: By case id, what follows from the coder's answers; every case has one.
    """
    differences, right, asked = [], dict[str, int](), dict[str, int]()
    for case in cases:
        counted = sheets[case.id].counted
        for name, expected in case.expected.items():
            given = "|".join(counted.get(name, ()))
            asked[name] = asked.get(name, 0) + 1
            right[name] = right.get(name, 0) + (given == expected)
            if given != expected:
                differences.append(Difference(case.id, name, expected, given, case.lesson))
    in_order = [one for one in codebook.questions if one.id in asked]
    outcomes = [one.id for one in in_order if one.outcome]
    return Score(
        questions=tuple(
            ScoredQuestion(question=one.id, right=right[one.id], asked=asked[one.id])
            for one in in_order
        ),
        differences=tuple(differences),
        right=sum(right[name] for name in outcomes),
        asked=sum(asked[name] for name in outcomes),
        missed=sum((one.question, one.expected) == COUNTER_ALLEGATION for one in differences),
    )


class Calibrations:
    """Who took a calibration, and who was admitted."""

    def __init__(self) -> None:
        self._scored: dict[str, list[Entry]] = {}
        self._admitted: dict[str, str] = {}

    def apply(self, entry: Entry) -> None:
        """Fold one event in."""
        match entry.event:
            case CalibrationScored():
                self._scored.setdefault(entry.writer, []).append(entry)
            case ReviewerAdmitted(name=name, reason=reason):
                self._admitted[name] = min(reason, self._admitted.get(name, reason))

    def scores_of(self, name: str) -> tuple[CalibrationScored, ...]:
        """Return a coder's results, oldest first."""
        entries = sorted(
            self._scored.get(name, []), key=lambda one: (one.time, one.stream, one.seq)
        )
        return tuple(one.event for one in entries if isinstance(one.event, CalibrationScored))

    def is_below_gate(self, name: str) -> bool:
        """Say whether a coder's last set was not passed, and nobody admitted them."""
        scores = self.scores_of(name)
        return bool(scores) and not scores[-1].is_passed and name not in self._admitted

    def admitted(self, name: str) -> str | None:
        """Return why a coder was admitted below the gate; None where they were not."""
        return self._admitted.get(name)
