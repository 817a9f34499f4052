"""The ways in which a sample can be drawn and looked at, and which of them a frame allows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, assert_never

from sampling.plan import Plan, StrataInterval

if TYPE_CHECKING:
    from sampling.frame import Frame


class Way(StrEnum):
    """What a plan chooses, one of them."""

    SIMPLE = "simple"
    """Each record of a stratum with the same chance."""
    SIZE_WEIGHTED = "size-weighted"
    """With chances in proportion to the frame's sizes."""
    TWO_STAGE = "two-stage"
    """Units first, then records of each."""
    ROLLING = "rolling"
    """A share of a frame that is still growing."""
    LOOKS = "looks"
    """As simple, in strata, with looks at figures before the end."""
    STOPPING = "stopping"
    """As simple, without strata, until the interval is narrow enough."""


@dataclass(frozen=True, slots=True)
class Barred:
    """Why a frame does not allow a way."""

    short: str
    """Two or three words, such as ``no sizes``."""
    reason: str
    """A sentence that says what to do."""


NO_SIZES: Final = Barred(
    "no sizes",
    "The frame has no sizes to draw by; commit it again with the column that holds them.",
)
NO_UNITS: Final = Barred(
    "no units",
    "The frame has no units to draw; commit it again with the column that holds them.",
)
ONE_UNIT: Final = Barred(
    "one unit", "The frame has a single unit, which carries no variance; draw records."
)
CLOSED_UNITS: Final = Barred(
    "has units", "The units of a frame must be closed; commit it without units."
)
NO_STRATA: Final = Barred(
    "no strata",
    "Planned looks are for stratified samples; a simple sample may be looked at at any time, and "
    "records drawn by size or in stages not before the end.",
)
HAS_STRATA: Final = Barred(
    "has strata",
    "A rule that stops at a margin is for simple samples: strata, sizes and units leave no exact "
    "interval at the stop. Plan looks (--looks) for strata.",
)

ONE_STRATUM: Final = Barred(
    "no strata",
    "The interval of several strata is for stratified samples; a simple sample has one of its own, "
    "which is exact.",
)
OTHER_INTERVAL: Final = Barred(
    "another draw",
    "The interval of several strata is for records drawn alike or on arrival; records drawn by "
    "size or in stages have one of their own.",
)
TABLES_TOO_LARGE: Final = Barred(
    "too large",
    "The tables of stratified-certified are too large for a sample of this size from a frame of "
    "this size; name another interval of strata, or none.",
)

LEAST_UNITS: Final = 2


def why_not(frame: Frame, way: Way) -> Barred | None:
    """Say why a frame does not allow a way to draw; None where it does."""
    match way:
        case Way.SIMPLE:
            return None
        case Way.SIZE_WEIGHTED:
            return NO_SIZES if frame.spec.size_column is None else None
        case Way.TWO_STAGE:
            if not frame.units:
                return NO_UNITS
            return ONE_UNIT if len(frame.units) < LEAST_UNITS else None
        case Way.ROLLING:
            return None if frame.spec.unit_column is None else CLOSED_UNITS
        case Way.LOOKS:
            return None if frame.is_stratified else NO_STRATA
        case Way.STOPPING:
            return HAS_STRATA if frame.is_stratified else None
        case _:
            assert_never(way)


def why_no_interval(frame: Frame, way: Way) -> Barred | None:
    """Say why the interval of several strata cannot be named; None where it can.

    Args:
        frame: That is committed.
        way: How records are drawn.
    """
    if way in (Way.SIZE_WEIGHTED, Way.TWO_STAGE):
        return OTHER_INTERVAL
    return None if frame.is_stratified else ONE_STRATUM


def why_no_tables(plan: Plan) -> Barred | None:
    """Say why the interval that a plan names cannot be worked out; None where it can.

    An extension may go past the bound: its intervals then take longer, and hold as before.
    """
    if plan.interval is not StrataInterval.CERTIFIED:
        return None
    from sampling.estimation.stratified_certified import has_room

    drawn = [stratum for stratum in plan.strata if not stratum.is_census]
    sizes = [stratum.population for stratum in drawn]
    return None if has_room(sizes, [one.sample for one in drawn]) else TABLES_TOO_LARGE
