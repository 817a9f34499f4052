"""Reading an open extract: is it the committed one, and which of its draws a plan asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, assert_never

from sampling.drawing import FreshDraw, why_not_this_extract
from sampling.plan import Design, Plan
from sampling.rolling import read_selected
from sampling.tickets import SAMPLE, SSU

if TYPE_CHECKING:
    from sampling.ceremony import Ceremony
    from sampling.draw import RankedRecord
    from sampling.engines.opened import OpenFrame
    from sampling.refusal import Refusal
    from sampling.size_weighted import Sizes


def read_draw(opened: OpenFrame, plan: Plan, *, seed: str, take: Mapping[str, int]) -> FreshDraw:
    """Return everything that an engine reads of an extract for a draw.

    Args:
        opened: The extract.
        plan: The plan, which says how records are drawn.
        seed: The seed.
        take: Ranks by group: by stratum, or by unit of a draw in two stages. Of a rolling draw it
            is not looked at.

    Raises:
        TicketError: Where the seed is not allowed.
        ExtractError: Where the extract does not hold what is to be drawn.
    """
    ranked, sizes = _ranked(opened, plan, seed=seed, take=take)
    return FreshDraw(
        fingerprint=opened.fingerprint(),
        strata=opened.stratum_sizes(),
        ranked=ranked,
        engine=opened.engine_version,
        sizes=sizes,
        units_fingerprint=opened.units_fingerprint(),
    )


def why_not_as_committed(state: Ceremony, opened: OpenFrame) -> Refusal | None:
    """Say how an open extract differs from the committed frame; None where it is the same.

    As :func:`sampling.drawing.why_not_this_extract`, of everything that an extract shows.

    Raises:
        SamplingError: Where no frame is committed.
    """
    return why_not_this_extract(
        state,
        opened.fingerprint(),
        strata=opened.stratum_sizes(),
        units=opened.units_fingerprint(),
    )


def _ranked(
    opened: OpenFrame, plan: Plan, *, seed: str, take: Mapping[str, int]
) -> tuple[tuple[RankedRecord, ...], Mapping[str, Sizes]]:
    if plan.rolling is not None:
        sizes = opened.stratum_sizes()
        return read_selected(opened, plan.rolling, seed=seed, strata=sizes), {}
    match plan.design:
        case Design.SIMPLE:
            return opened.draw(SAMPLE, seed, take), {}
        case Design.SIZE_WEIGHTED:
            drawn = opened.draw_by_size(SAMPLE, seed, sample=plan.sample_sizes, take=take)
            return drawn.ranked, drawn.sizes
        case Design.TWO_STAGE:
            return opened.draw_of_units(SSU, seed, take), {}
        case _:
            assert_never(plan.design)
