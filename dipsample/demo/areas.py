"""Where and when the incidents of the example are said to have happened.

The boroughs are real places; everything said of them is invented. No rate in the example
depends on the borough, so nobody can read a difference between real places into it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dipsample.demo.chance import Chance

_BOROUGHS_BY_BCU: Final = {
    "Central East": ("Hackney", "Tower Hamlets"),
    "Central North": ("Camden", "Islington"),
    "Central South": ("Lambeth", "Southwark"),
    "Central West": ("Hammersmith and Fulham", "Kensington and Chelsea", "Westminster"),
    "East": ("Barking and Dagenham", "Havering", "Redbridge"),
    "North": ("Enfield", "Haringey"),
    "North East": ("Newham", "Waltham Forest"),
    "North West": ("Barnet", "Brent", "Harrow"),
    "South": ("Bromley", "Croydon", "Sutton"),
    "South East": ("Bexley", "Greenwich", "Lewisham"),
    "South West": (
        "Kingston upon Thames",
        "Merton",
        "Richmond upon Thames",
        "Wandsworth",
    ),
    "West": ("Ealing", "Hillingdon", "Hounslow"),
}
_SMALL: Final = frozenset({"Kingston upon Thames", "Richmond upon Thames", "Sutton", "Harrow"})
_PLACES: Final = tuple(
    ((borough, bcu), 5 if borough in _SMALL else 9)
    for bcu, boroughs in _BOROUGHS_BY_BCU.items()
    for borough in boroughs
)
_LAST_LEGACY_MONTH: Final = {bcu: 1 + n % 4 for n, bcu in enumerate(_BOROUGHS_BY_BCU)}
_MONTH_WEIGHTS: Final = (81, 76, 82, 80, 85, 88, 92, 90, 83, 82, 79, 87)


@dataclass(frozen=True, slots=True)
class Area:
    """Where, when and in which system an incident was recorded."""

    month: str
    """As ``2025-07``."""
    borough: str
    bcu: str
    record_system: str
    """``legacy`` until the month in which the BCU moved, then ``current``."""


def draw_area(chance: Chance) -> Area:
    """Return the place and month of one incident."""
    borough, bcu = chance.weighted(_PLACES)
    month = chance.weighted(tuple(enumerate(_MONTH_WEIGHTS, start=1)))
    system = "legacy" if month <= _LAST_LEGACY_MONTH[bcu] else "current"
    return Area(f"2025-{month:02d}", borough, bcu, system)
