"""What the plan page holds: the wishes as typed, and the plan that they come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final, assert_never

from dipsample.errors import InputError
from dipsample.plan_wishes import (
    PROPORTIONS,
    WHOLE_NUMBERS,
    Missing,
    PlanWishes,
    Value,
    Wish,
    read_wish,
)
from dipsample.plan_words import percent
from review.reference_figures import HEADLINES
from sampling.errors import SamplingError
from sampling.plan import Allocation, Plan, StrataInterval
from sampling.planning import DEFAULT_MINIMUM, DEFAULT_RESERVE, PlanRequest, make_plan
from sampling.ways import Way
from sampling.what_sizes_buy import ASSUMED_EFFECT

if TYPE_CHECKING:
    from sampling.frame import Frame
    from sampling.what_sizes_buy import Bought


class Aim(StrEnum):
    """What the size of a sample of records follows from; the value is the letter for it."""

    SIZE = "s"
    MARGIN = "m"
    DETECT = "d"


WISH_OF_AIM: Final = {
    Aim.SIZE: Wish.SIZE,
    Aim.MARGIN: Wish.MARGIN,
    Aim.DETECT: Wish.DETECT,
}
_RECORDS: Final = (Way.SIMPLE, Way.SIZE_WEIGHTED, Way.LOOKS)
"""Ways whose size is one of records, shared out over the strata."""
_FOOTING: Final = (Wish.EXPECTED, Wish.CONFIDENCE)
_BOUNDS: Final = (Wish.MINIMUM, Wish.MAXIMUM)
_RULE: Final = (Wish.MARGIN, Wish.LEAST, Wish.MOST, Wish.EVERY)
_LONGEST: Final = 10
_HAVE_STRATA: Final = (Way.SIMPLE, Way.LOOKS, Way.ROLLING)
"""Ways whose strata have an interval that a plan can name."""
_OF_UNITS: Final = (Allocation.PROPORTIONAL, Allocation.EQUAL)
_ASKS: Final = {
    Wish.SIZE: "Type how many records are to be read.",
    Wish.MARGIN: "Type how wide the interval may be, in points to each side.",
    Wish.DETECT: "Type the share of the frame at which one case must be seen.",
    Wish.UNITS: "Type how many units are to be drawn.",
    Wish.SHARE: "Type the share of the records to draw, as 5% or as 0.05.",
    Wish.LEAST: "Type how many cases are coded before the first look.",
    Wish.MOST: "Type at how many cases coding stops in any case.",
    Wish.EVERY: "Type how many cases are coded from one look to the next.",
    Wish.LOOKS: "Type how often figures are looked at before the end.",
    Wish.RATES: "Neyman needs the prevalence expected in each stratum: ; takes a file of them.",
}


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """The wishes as typed; percentages as people say them."""

    way: Way = Way.SIMPLE
    aim: Aim = Aim.SIZE
    allocation: Allocation = Allocation.PROPORTIONAL
    by_records: bool = False
    """Whether units are drawn with chances by their records."""
    stops_on: str = HEADLINES[0]
    """The indicator whose interval stops coding, where a rule does."""
    interval: StrataInterval | None = None
    """The exact interval of several strata; None: the default of the strata."""
    typed: Mapping[Wish, str] = field(
        default_factory=lambda: {
            Wish.CONFIDENCE: "95",
            Wish.MINIMUM: str(DEFAULT_MINIMUM),
            Wish.RESERVE: DEFAULT_RESERVE,
            Wish.EFFECT: str(ASSUMED_EFFECT),
        }
    )
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    """Prevalence expected by stratum, from a file."""

    @property
    def has_aims(self) -> bool:
        """Whether a size of records is asked for, in one of three ways."""
        return self.way in _RECORDS

    @property
    def allocations(self) -> tuple[Allocation, ...]:
        """How the sample, or its units, can be shared out over strata."""
        if self.has_aims:
            return tuple(Allocation)
        return _OF_UNITS if self.way is Way.TWO_STAGE else ()

    def lines(self, strata: int) -> tuple[Wish, ...]:
        """Return the lines to type on, in their order.

        Args:
            strata: Of the frame; bounds of a stratum say nothing where there is one.
        """
        bounds = _BOUNDS if strata > 1 else ()
        match self.way:
            case Way.SIMPLE | Way.SIZE_WEIGHTED | Way.LOOKS:
                looks = (Wish.LOOKS,) if self.way is Way.LOOKS else ()
                return (WISH_OF_AIM[self.aim], *_FOOTING, Wish.RESERVE, *bounds, *looks)
            case Way.TWO_STAGE:
                units = (Wish.UNITS, Wish.PER_UNIT)
                return (*units, *_FOOTING, Wish.EFFECT, Wish.RESERVE, *bounds)
            case Way.ROLLING:
                return (Wish.SHARE, *_FOOTING)
            case Way.STOPPING:
                return (*_RULE, *_FOOTING)
            case _:
                assert_never(self.way)

    def going(self, way: Way) -> PlanDraft:
        """Return the draft with another way to draw."""
        changed = replace(self, way=way)
        if changed.allocation in changed.allocations or not changed.allocations:
            return changed
        return replace(changed, allocation=Allocation.PROPORTIONAL)

    def aiming(self, aim: Aim) -> PlanDraft:
        """Return the draft with another aim."""
        return replace(self, aim=aim)

    def sharing(self, allocation: Allocation) -> PlanDraft:
        """Return the draft with another allocation."""
        return replace(self, allocation=allocation)

    def with_rates(self, rates: Mapping[str, Decimal]) -> PlanDraft:
        """Return the draft with a prevalence expected by stratum, in place of the one typed."""
        return replace(self, rates=rates, typed={**self.typed, Wish.EXPECTED: ""})

    def takes(self, where: Wish, character: str) -> bool:
        """Say whether a character can be typed on a line."""
        held = self.typed.get(where, "")
        if len(held) >= _LONGEST or held.endswith("%"):
            return False
        if character == "%":
            takes = where in PROPORTIONS or (where is Wish.RESERVE and held.isdigit())
            return takes and any(sign.isdigit() for sign in held)
        if character == ".":
            return where not in WHOLE_NUMBERS and "." not in held
        return character.isascii() and character.isdigit()

    def typing(self, where: Wish, character: str) -> PlanDraft:
        """Return the draft with one more character on a line; as it was where that cannot be."""
        if not self.takes(where, character):
            return self
        rates: Mapping[str, Decimal] = {} if where is Wish.EXPECTED else self.rates
        typed = {**self.typed, where: self.typed.get(where, "") + character}
        return replace(self, typed=typed, rates=rates)

    def erasing(self, where: Wish) -> PlanDraft:
        """Return the draft with the last character of a line gone."""
        return replace(self, typed={**self.typed, where: self.typed.get(where, "")[:-1]})

    def wishes(self, strata: int) -> PlanWishes | str:
        """Return what is asked for, or a sentence about a number that is none yet."""
        values: dict[Wish, Value] = {}
        for where in self.lines(strata):
            typed = self.typed.get(where, "")
            if typed:
                try:
                    values[where] = _read(where, typed)
                except InputError as problem:
                    return f"{name_of(where, self.way)}: {problem}."
        if Wish.RESERVE in self.lines(strata):
            values.setdefault(Wish.RESERVE, "0%" if self.way is Way.TWO_STAGE else "0")
        is_by_units = self.way is Way.TWO_STAGE and self.by_records
        return PlanWishes(
            values,
            allocation=self.allocation if self.allocations else Allocation.PROPORTIONAL,
            rates=self.rates if self.has_aims else {},
            is_size_weighted=self.way is Way.SIZE_WEIGHTED or is_by_units,
            stops_on=self.stops_on if self.way is Way.STOPPING else None,
            interval=self.interval if strata > 1 and self.way in _HAVE_STRATA else None,
        )

    def request(self, strata: int) -> PlanRequest | str:
        """Return the request that this comes to, or a sentence that says what is missing."""
        wishes = self.wishes(strata)
        if isinstance(wishes, str):
            return wishes
        if self.way is Way.LOOKS and Wish.LOOKS not in wishes.values:
            return _ASKS[Wish.LOOKS]
        request = wishes.request()
        if not isinstance(request, Missing):
            return request
        lacking = request.wishes[0]
        if request.is_choice:
            lacking = self.lines(strata)[0]
        return _ASKS[lacking]

    def effect(self) -> Decimal:
        """Return the design effect that the forecast of a draw in two stages assumes."""
        wishes = self.wishes(1)
        return ASSUMED_EFFECT if isinstance(wishes, str) else wishes.effect

    def plan(self, frame: Frame) -> Plan | str:
        """Return the plan that this comes to, or a sentence that says why there is none."""
        request = self.request(len(frame.strata))
        if isinstance(request, str):
            return request
        try:
            return make_plan(frame, request)
        except SamplingError as problem:
            return str(problem)


def _read(where: Wish, typed: str) -> Value:
    if where not in PROPORTIONS or where is Wish.SHARE:
        return read_wish(where, typed)
    try:
        return read_wish(where, f"{typed.removesuffix('%')}%")
    except InputError:
        raise InputError("a percentage is over 0 and under 100") from None


def understood(where: Wish, typed: str) -> str:
    """Return a share as it was understood, such as ``= 5 %``; empty where that is what was typed.

    Args:
        where: The line; only a share can be typed in two ways.
        typed: What stands on it.
    """
    if where is not Wish.SHARE or not typed or typed.endswith("%"):
        return ""
    try:
        read = read_wish(where, typed)
    except InputError:
        return ""
    return f"= {percent(read)}" if isinstance(read, Decimal) else ""


_NAMES: Final = {
    Wish.SIZE: "records to read",
    Wish.MARGIN: "half-width wanted, %",
    Wish.DETECT: "see one if so many %",
    Wish.EXPECTED: "prevalence expected, %",
    Wish.CONFIDENCE: "confidence, %",
    Wish.MINIMUM: "least per stratum",
    Wish.MAXIMUM: "most per stratum",
    Wish.RESERVE: "reserve, number or %",
    Wish.UNITS: "units to draw",
    Wish.PER_UNIT: "records of each",
    Wish.EFFECT: "design effect assumed",
    Wish.SHARE: "share, 5% or 0.05",
    Wish.LEAST: "first look, cases",
    Wish.MOST: "stops at, cases",
    Wish.EVERY: "looks every, cases",
    Wish.LOOKS: "looks before the end",
}
_NAMES_OF_UNITS: Final = {
    Wish.MINIMUM: "least units a stratum",
    Wish.MAXIMUM: "most units a stratum",
    Wish.RESERVE: "reserve of each unit, %",
}
EMPTY_WORDS: Final = {Wish.MAXIMUM: "none", Wish.PER_UNIT: "all"}
"""What a line that is left empty means."""


def name_of(where: Wish, way: Way) -> str:
    """Return what a line is called."""
    if way is Way.TWO_STAGE and where in _NAMES_OF_UNITS:
        return _NAMES_OF_UNITS[where]
    return _NAMES[where]


@dataclass(frozen=True, slots=True)
class Forecasts:
    """What a plan is expected to buy, worked out off the screen's thread."""

    plan: Plan
    effect: Decimal
    bought: Bought
    further: tuple[str, ...]
    """Sentences about sizes that meet a margin, or rule a prevalence out."""
    has_choice: bool
    """Whether it matters which interval of strata the plan names."""


@dataclass(frozen=True, slots=True)
class PageOption:
    """One way to draw, to look, or to make the interval of strata, as the page offers it."""

    key: str
    label: str
    is_chosen: bool
    barred: str
    """Why the frame does not allow it, in a word or two; empty where it does."""


@dataclass(frozen=True, slots=True)
class PlanView:
    """The plan page."""

    title: str
    saved: str
    draft: PlanDraft
    ways: tuple[PageOption, ...]
    """How records are drawn."""
    looking: tuple[PageOption, ...]
    """When figures may be looked at."""
    intervals: tuple[PageOption, ...]
    """Which interval several strata have; none where there is one stratum."""
    strata: int
    cursor: Wish
    plan: Plan | None
    """The plan that the wishes come to; None where they come to none."""
    problem: str
    """Why there is none."""
    forecasts: Forecasts | None
    """What it buys; None while that is worked out."""
    committed: tuple[str, ...]
    can_change: bool

    @property
    def lines(self) -> tuple[Wish, ...]:
        """The lines to type on."""
        return self.draft.lines(self.strata)
