"""What the plan page holds: the wishes as typed, and the plan that they come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sampling.errors import SamplingError
from sampling.plan import Allocation, Plan
from sampling.planning import DEFAULT_MINIMUM, DEFAULT_RESERVE, PlanRequest, make_plan

if TYPE_CHECKING:
    from sampling.forecast import Forecast
    from sampling.frame import Frame
    from sampling.preview import PlanPreview


class Aim(StrEnum):
    """What the size follows from; the value is the letter that chooses it."""

    SIZE = "s"
    MARGIN = "m"
    DETECT = "d"


class Field(StrEnum):
    """The lines of the page."""

    AIM = "aim"
    AMOUNT = "amount"
    EXPECTED = "expected"
    CONFIDENCE = "confidence"
    ALLOCATION = "allocation"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    RESERVE = "reserve"


AIM_WORDS: Final = {Aim.SIZE: "size", Aim.MARGIN: "margin", Aim.DETECT: "detect"}
ALLOCATION_LETTERS: Final = {
    "p": Allocation.PROPORTIONAL,
    "e": Allocation.EQUAL,
    "w": Allocation.POWER,
    "n": Allocation.NEYMAN,
}
_ASKS: Final = {
    Aim.SIZE: "Type how many records are to be read.",
    Aim.MARGIN: "Type how wide the interval may be, in points to each side.",
    Aim.DETECT: "Type the share of the frame at which one case must be seen.",
}
_AMOUNT_NAMES: Final = {
    Aim.SIZE: "records to read",
    Aim.MARGIN: "half-width wanted, %",
    Aim.DETECT: "see one if so many %",
}
_NAMES: Final = {
    Field.EXPECTED: "prevalence expected, %",
    Field.CONFIDENCE: "confidence, %",
    Field.MINIMUM: "least per stratum",
    Field.MAXIMUM: "most per stratum",
    Field.RESERVE: "reserve, number or %",
}
_WHOLE: Final = (Field.MINIMUM, Field.MAXIMUM)
_LONGEST: Final = 10


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """The wishes as typed; percentages as people say them."""

    aim: Aim = Aim.SIZE
    allocation: Allocation = Allocation.PROPORTIONAL
    typed: Mapping[Field, str] = field(
        default_factory=lambda: {
            Field.CONFIDENCE: "95",
            Field.MINIMUM: str(DEFAULT_MINIMUM),
            Field.RESERVE: DEFAULT_RESERVE,
        }
    )
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    """Prevalence expected by stratum, from a file."""

    def aiming(self, aim: Aim) -> PlanDraft:
        """Return the draft with another aim; the amount of the former one says nothing of it."""
        if aim is self.aim:
            return self
        return replace(self, aim=aim, typed={**self.typed, Field.AMOUNT: ""})

    def sharing(self, allocation: Allocation) -> PlanDraft:
        """Return the draft with another allocation."""
        return replace(self, allocation=allocation)

    def with_rates(self, rates: Mapping[str, Decimal]) -> PlanDraft:
        """Return the draft with a prevalence expected by stratum, in place of the one typed."""
        return replace(self, rates=rates, typed={**self.typed, Field.EXPECTED: ""})

    def takes(self, where: Field, character: str) -> bool:
        """Say whether a character can be typed on a line."""
        held = self.typed.get(where, "")
        if where in (Field.AIM, Field.ALLOCATION) or len(held) >= _LONGEST:
            return False
        if character == "%":
            return where is Field.RESERVE and held.isdigit()
        if character == ".":
            return not self._is_whole(where) and "." not in held
        return character.isascii() and character.isdigit() and not held.endswith("%")

    def typing(self, where: Field, character: str) -> PlanDraft:
        """Return the draft with one more character on a line; as it was where that cannot be."""
        if not self.takes(where, character):
            return self
        rates: Mapping[str, Decimal] = {} if where is Field.EXPECTED else self.rates
        typed = {**self.typed, where: self.typed.get(where, "") + character}
        return replace(self, typed=typed, rates=rates)

    def erasing(self, where: Field) -> PlanDraft:
        """Return the draft with the last character of a line gone."""
        return replace(self, typed={**self.typed, where: self.typed.get(where, "")[:-1]})

    def request(self) -> PlanRequest | str:
        """Return what is asked for, or a sentence that says what is missing."""
        amount = self.typed.get(Field.AMOUNT, "")
        if not amount:
            return _ASKS[self.aim]
        try:
            return PlanRequest(
                size=int(amount) if self.aim is Aim.SIZE else None,
                margin=_proportion(amount) if self.aim is Aim.MARGIN else None,
                detect=_proportion(amount) if self.aim is Aim.DETECT else None,
                expected=self._optional(Field.EXPECTED),
                rates=self.rates,
                confidence=_proportion(self.typed.get(Field.CONFIDENCE, "") or "95"),
                allocation=self.allocation,
                minimum=int(self.typed.get(Field.MINIMUM, "") or DEFAULT_MINIMUM),
                maximum=int(self.typed[Field.MAXIMUM]) if self.typed.get(Field.MAXIMUM) else None,
                reserve=self.typed.get(Field.RESERVE, "") or "0",
            )
        except (ValueError, InvalidOperation):
            return "A number here is not complete yet."

    def plan(self, frame: Frame) -> Plan | str:
        """Return the plan that this comes to, or a sentence that says why there is none."""
        request = self.request()
        if isinstance(request, str):
            return request
        if request.allocation is Allocation.NEYMAN and not request.rates:
            return "Neyman needs the prevalence expected in each stratum: ; takes a file of them."
        try:
            return make_plan(frame, request)
        except SamplingError as problem:
            return str(problem)

    def _is_whole(self, where: Field) -> bool:
        return where in _WHOLE or (where is Field.AMOUNT and self.aim is Aim.SIZE)

    def _optional(self, where: Field) -> Decimal | None:
        typed = self.typed.get(where, "")
        return _proportion(typed) if typed else None


def _proportion(percent: str) -> Decimal:
    return Decimal(percent) / 100


def name_of(where: Field, aim: Aim) -> str:
    """Return what a line is called."""
    return _AMOUNT_NAMES[aim] if where is Field.AMOUNT else _NAMES[where]


@dataclass(frozen=True, slots=True)
class Bought:
    """What a plan is expected to buy, worked out off the screen's thread."""

    plan: Plan
    preview: PlanPreview
    sizes: tuple[Forecast, ...]
    """This size and the usual ones."""


@dataclass(frozen=True, slots=True)
class PlanView:
    """The plan page."""

    title: str
    saved: str
    draft: PlanDraft
    cursor: Field
    plan: Plan | None
    """The plan that the wishes come to; None where they come to none."""
    problem: str
    """Why there is none."""
    bought: Bought | None
    """What it buys; None while that is worked out."""
    committed: tuple[str, ...]
    can_change: bool


def committed_plan_words(plan: Plan) -> tuple[str, ...]:
    """Say what is committed, in short lines."""
    return (
        f"{plan.sample:,} records and {plan.reserve:,} in reserve, of {plan.population:,}",
        f"{plan.allocation} allocation over {len(plan.strata)} strata"
        if len(plan.strata) > 1
        else "a simple random sample",
    )
