"""What a size-weighted draw writes down of the sizes, and whether its ranks may grow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from sampling.draw import RankedRecord
from sampling.events import CaseReplaced, SampleExtended, StratumSizes
from sampling.plan import Plan
from sampling.size_weighted import Certainties, Sizes, certainties, keeps_ranks, millionths

if TYPE_CHECKING:
    from sampling.ceremony import Ceremony
    from sampling.growth import Reach

NO_SIZES: Mapping[str, Sizes] = MappingProxyType({})
"""Of every draw that is not size-weighted."""


def certainties_of(plan: Plan, sizes: Mapping[str, Sizes]) -> dict[str, Certainties] | None:
    """Return the certainties that the ranks are fixed with; None where no sizes are weighed.

    Args:
        plan: The plan.
        sizes: By stratum, with at least as many of the largest as the plan draws.
    """
    if not plan.is_size_weighted:
        return None
    return {name: certainties(sizes[name], n) for name, n in plan.sample_sizes.items()}


def sizes_to_record(plan: Plan, sizes: Mapping[str, Sizes]) -> tuple[StratumSizes, ...]:
    """Return what the event of a draw says of the sizes; nothing where none are weighed."""
    certain = certainties_of(plan, sizes) or {}
    return tuple(
        StratumSizes(name=name, certain=one.count, rest=str(one.rest))
        for name, one in certain.items()
    )


def fault_of_sizes(
    state: Ceremony, ranked: Sequence[RankedRecord], *, sizes: Mapping[str, Sizes]
) -> str | None:
    """Say where the log's sizes, or a step since the draw, break the rules of the design.

    Args:
        state: Where the draw stands; a sample is drawn.
        ranked: All ranks drawn.
        sizes: By stratum, with at least as many of the largest as ranks are drawn.
    """
    if state.plan is None or state.drawn is None:
        return None
    if state.drawn.sizes != sizes_to_record(state.plan, sizes):
        return "What the log says of the sizes is not what the extract says."
    if not state.plan.is_size_weighted:
        return None
    replaced: Counter[str] = Counter()
    sample = state.plan.sample_sizes
    for step in state.steps:
        if isinstance(step, CaseReplaced):
            replaced[step.group] += 1
            first = {step.group: sample[step.group] + replaced[step.group]}
            where = f"The replacement of case {step.case_id}"
        elif isinstance(step, SampleExtended):
            sample = {one.name: one.sample for one in step.strata}
            first = {name: size + replaced[name] for name, size in sample.items()}
            where = f"Extension {step.extension}"
        else:
            continue
        if strata_that_lose(state.plan, ranked, first, sizes=sizes):
            return f"{where} leaves out a record that is certain at its size."
    return None


def strata_that_lose(
    plan: Plan,
    ranked: Sequence[RankedRecord],
    first: Mapping[str, int],
    *,
    sizes: Mapping[str, Sizes],
) -> tuple[str, ...]:
    """Return the strata in which the first ranks lack a record that is certain at that size.

    Args:
        plan: The plan; where no sizes are weighed no stratum is named.
        ranked: Records of at least those ranks.
        first: How many ranks by stratum.
        sizes: By stratum, with at least as many of the largest.
    """
    at_draw = certainties_of(plan, sizes)
    if at_draw is None:
        return ()
    drawn: dict[str, list[int]] = {name: [] for name in first}
    for record in ranked:
        if record.stratum in first and record.rank <= first[record.stratum]:
            drawn[record.stratum].append(millionths(record.size or ""))
    return tuple(name for name in first if not keeps_ranks(sizes[name], at_draw[name], drawn[name]))


def first_ranks(reach: Mapping[str, Reach]) -> dict[str, int]:
    """Return how many ranks of each stratum the sample has used: it, and what was replaced."""
    return {name: one.sample + one.replaced for name, one in reach.items()}
