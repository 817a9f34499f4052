"""How a drawn sample grows: which ranks it holds after extensions and replacements.

One rule gives every role. In each stratum the records stand in the order of their ranks; those
that were replaced are out; of the others the first n_h are the sample, and the rest are the
reserve. An extension raises n_h and draws the next ranks; a replacement takes one record out, so
that the next of the reserve moves up. Ranks therefore always are a prefix of the stratum.

Records beyond the plan go one at a time to the stratum that is furthest behind: the one with the
largest weight_h / (2 n_h + 1), weights as in :mod:`sampling.allocation`; ties to the larger
weight, then by the bytes of the name; a stratum at its upper bound takes none. What a sample of
one size holds then does not depend on the number of steps in which it was reached, which largest
remainders cannot promise: with them a stratum can lose a record where the whole grows. No stratum
ever loses one.

Source of the divisors: Webster's (Sainte-Laguë's) method as in Balinski and Young, "Fair
Representation" (1982), who show that it grows without such losses (citation unverified).
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from sampling.allocation import sharing_of
from sampling.draw import DrawnRecord, RankedRecord, Role, highest_number, number_cases
from sampling.errors import PlanError
from sampling.plan import Plan
from sampling.reserve import reserve_wanted
from sampling.two_stage import drawn_units


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one stratum is drawn."""

    population: int
    sample: int
    reserve: int
    replaced: int = 0

    @property
    def drawn(self) -> int:
        """The highest rank drawn."""
        return self.sample + self.reserve + self.replaced


def planned_reach(plan: Plan, seed: str = "") -> dict[str, Reach]:
    """Return how far each group is drawn by the plan alone.

    A group is a stratum; in a draw in two stages it is a unit that the seed drew.

    Args:
        plan: The plan.
        seed: Needed by a draw in two stages alone.

    Raises:
        TicketError: Where a draw in two stages has no seed.
    """
    if plan.first_stage is None:
        return {one.name: Reach(one.population, one.sample, one.reserve) for one in plan.strata}
    drawn = {}
    for unit in drawn_units(plan.first_stage, seed):
        sample = unit.quota(plan.first_stage.per_unit)
        wanted = reserve_wanted(sample, planned=0, rule=plan.reserve_rule)
        drawn[unit.name] = Reach(unit.records, sample, min(wanted, unit.records - sample))
    return drawn


def extended_reach(plan: Plan, reach: Mapping[str, Reach], size: int) -> dict[str, Reach]:
    """Return how far each stratum is drawn once the sample holds ``size`` records.

    Args:
        plan: Its weights and bounds hold on.
        reach: How far the strata are drawn.
        size: Records in the sample, those that were replaced left out; more than there are.

    Returns:
        As ``reach``: no stratum has a smaller sample or fewer ranks than before.

    Raises:
        PlanError: Where the sample would shrink, or the bounds leave no room; the message names
            the feasible range.
    """
    bounds = sharing_of(plan).strata
    most = {name: min(bounds[name].most, one.population - one.replaced)
            for name, one in reach.items()}  # fmt: skip
    least = sum(one.sample for one in reach.values())
    largest = sum(max(most[name], one.sample) for name, one in reach.items())
    if largest == least and size != least:
        raise PlanError(f"The sample has {least} records, and frame and plan leave no more.")
    if not least < size <= largest:
        raise PlanError(
            f"The sample has {least} records and never shrinks, and frame and plan leave room for "
            f"{largest}; choose a size of between {least + 1} and {largest}."
        )
    weights = {name: bound.weight for name, bound in bounds.items()}
    sizes = _grown({name: one.sample for name, one in reach.items()}, weights, most, size - least)
    planned = {stratum.name: stratum.reserve for stratum in plan.strata}
    return {
        name: _refilled(one, sizes[name], planned[name], plan.reserve_rule)
        for name, one in reach.items()
    }


def _grown(
    sizes: dict[str, int],
    weights: Mapping[str, Fraction],
    most: Mapping[str, int],
    records: int,
) -> dict[str, int]:
    """Give out further records one at a time, each to the stratum furthest behind."""
    grown = dict(sizes)

    def entry(name: str) -> tuple[Fraction, Fraction, bytes, str]:
        weight = weights[name]
        return (-weight / (2 * grown[name] + 1), -weight, name.encode("utf-8"), name)

    waiting = [entry(name) for name in grown if grown[name] < most[name]]
    heapq.heapify(waiting)
    for _ in range(records):
        *_, name = heapq.heappop(waiting)
        grown[name] += 1
        if grown[name] < most[name]:
            heapq.heappush(waiting, entry(name))
    return grown


def _refilled(before: Reach, sample: int, planned: int, rule: str | None) -> Reach:
    """Return a stratum with its reserve filled up again, as far as ranks remain.

    What is wanted never falls while the sample grows, so no rank that was drawn is given up.
    """
    wanted = reserve_wanted(sample, planned=planned, rule=rule)
    left = before.population - sample - before.replaced
    return replace(before, sample=sample, reserve=min(wanted, left))


def replaced_reach(reach: Mapping[str, Reach], group: str) -> dict[str, Reach] | None:
    """Return how far each group is drawn after a replacement; None without a reserve."""
    one = reach.get(group)
    if one is None or not one.reserve:
        return None
    return {**reach, group: replace(one, reserve=one.reserve - 1, replaced=one.replaced + 1)}


def with_roles(
    records: Iterable[DrawnRecord], sample_sizes: Mapping[str, int]
) -> tuple[DrawnRecord, ...]:
    """Return the records, in the same order, with the roles that the sizes of the sample give.

    Args:
        records: Drawn records; those that were replaced stay so.
        sample_sizes: n_h by group.
    """
    records = tuple(records)
    ranks: defaultdict[str, list[int]] = defaultdict(list)
    for record in records:
        if record.role is not Role.REPLACED:
            ranks[record.group].append(record.rank)
    in_sample = {
        group: frozenset(sorted(found)[: sample_sizes.get(group, 0)])
        for group, found in ranks.items()
    }
    return tuple(_with_role(record, in_sample) for record in records)


def _with_role(record: DrawnRecord, in_sample: Mapping[str, frozenset[int]]) -> DrawnRecord:
    if record.role is Role.REPLACED:
        return record
    role = Role.SAMPLE if record.rank in in_sample[record.group] else Role.RESERVE
    return record if record.role is role else record.model_copy(update={"role": role})


def stopped_after(records: Iterable[DrawnRecord], coded: int) -> tuple[DrawnRecord, ...]:
    """Return the records after coding stopped: of the sample the first so many stay in it.

    Args:
        records: In the order of their case numbers, which is the order of coding.
        coded: Cases up to the stop.
    """
    stopped, seen = [], 0
    for record in records:
        seen += record.role is Role.SAMPLE
        is_past = record.role is Role.SAMPLE and seen > coded
        stopped.append(record.model_copy(update={"role": Role.RESERVE}) if is_past else record)
    return tuple(stopped)


def stopped_reach(plan: Plan, reach: Mapping[str, Reach], coded: int) -> dict[str, Reach] | None:
    """Return how far the one stratum is drawn after coding stopped; None where no rule allows it.

    Args:
        plan: With the rule; without one nothing stops.
        reach: Before.
        coded: Cases up to the stop.
    """
    if plan.stopping is None or len(reach) != 1:
        return None
    ((name, one),) = reach.items()
    looks = {*range(plan.stopping.least, plan.stopping.most, plan.stopping.every)}
    if one.sample != plan.stopping.most or coded not in looks:
        return None
    return {name: replace(one, sample=coded, reserve=one.reserve + one.sample - coded)}


def added_records(
    records: tuple[DrawnRecord, ...],
    ranked: Iterable[RankedRecord],
    after: Mapping[str, Reach],
    *,
    seed: str,
) -> tuple[DrawnRecord, ...]:
    """Return the records that an extension draws anew, numbered on from the last case.

    Among themselves they stand in the order of their ``order`` tickets, as at the draw.

    Args:
        records: What is drawn already.
        ranked: Ranks of every stratum, at least as far as the extension goes.
        after: How far each stratum is drawn after it.
        seed: The seed of the draw.
    """
    highest: defaultdict[str, int] = defaultdict(int)
    for record in records:
        highest[record.group] = max(highest[record.group], record.rank)
    return number_cases(
        seed,
        [one for one in ranked if highest[one.group] < one.rank <= after[one.group].drawn],
        sample_sizes={name: one.sample + one.replaced for name, one in after.items()},
        after=highest_number(records),
    )
