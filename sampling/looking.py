"""Looks at a sample before it is coded whole: what a plan fixes of them, and what the log keeps."""

from __future__ import annotations

from typing import Literal

from sampling.errors import PlanError
from sampling.recorded import Exact, Recorded


class Stopping(Recorded):
    """When coding of a simple sample stops, fixed before any seed.

    Looks are after ``least`` cases, then every so many, and at ``most``: it stops at the first
    at which Wilson's half-width at the effective size is within the margin, or at ``most``.
    """

    margin: Exact
    """Half-width that is good enough, a proportion."""
    least: int
    """Cases at the first look."""
    most: int
    """Cases at which it stops in any case: the size of the sample."""
    every: int
    """Cases from one look to the next."""
    on: str
    """The indicator whose decided yes the rule counts."""


class LookTaken(Recorded):
    """The supervisor looked at provisional figures of a stratified sample."""

    v: Literal[1] = 1
    number: int
    """This is look number so many, from 1."""
    of: int
    """Looks that the plan names."""
    cases: int
    """The figures rest on so many cases, in the order of their numbers."""
    closed: int
    """Cases of the sample that were closed then."""


class CodingStopped(Recorded):
    """The supervisor ended coding where the rule of the plan stops."""

    v: Literal[1] = 1
    coded: int
    """Cases up to the stop; later ones left the sample unread."""
    planned: int
    """Cases of the sample before."""
    coded_beyond: int
    """Cases past the stop that had been handed in: more than none voids the rule."""


def planned_points(sample: int, looks: int) -> tuple[int, ...]:
    """Return the numbers of cases at which planned looks are, evenly over the sample.

    Args:
        sample: Records in the sample as planned.
        looks: Looks before the last case is closed.

    Raises:
        PlanError: Where there are fewer cases than looks need.
    """
    points = tuple(-(-sample * number // (looks + 1)) for number in range(1, looks + 1))
    if looks < 1 or len(set(points)) < looks or points[-1] >= sample:
        raise PlanError(
            f"A sample of {sample} records has no room for {looks} looks before its end; "
            "plan fewer."
        )
    return points
