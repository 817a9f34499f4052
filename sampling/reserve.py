"""The reserve: records drawn beside the sample, to take the place of what has to leave it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from math import ceil

from sampling.allocation import Bounded, whole_numbers
from sampling.errors import PlanError

_RULE = re.compile(r"(?P<amount>[0-9]{1,9}(?:\.[0-9]{1,6})?)(?P<percent>%?)")


def reserve_for(
    sample_sizes: Mapping[str, int], populations: Mapping[str, int], rule: str
) -> dict[str, int]:
    """Return the reserve of each stratum, never more than it has left.

    Args:
        sample_sizes: n_h by stratum.
        populations: N_h by stratum.
        rule: ``"10%"``: that share of each n_h, rounded up, as far as the stratum reaches.
            ``"40"``: a total, split over the strata like the sample.

    Returns:
        r_h by stratum, in ascending order of the name's UTF-8 bytes.

    Raises:
        PlanError: Where the rule is neither, or the total is more than the frame has left.
    """
    amount, is_share = _parse(rule)
    left = {name: populations[name] - sample for name, sample in sample_sizes.items()}
    if is_share:
        return {
            name: min(ceil(amount * sample_sizes[name]), left[name])
            for name in sorted(left, key=str.encode)
        }
    total = int(amount)
    if total > sum(left.values()):
        raise PlanError(
            f"The frame has {sum(left.values())} records left beside the sample, fewer than the "
            f"reserve of {total}; ask for a smaller reserve."
        )
    return whole_numbers(
        {name: Bounded(Fraction(sample_sizes[name]), 0, left[name]) for name in left}, total
    )


def reserve_wanted(sample: int, *, planned: int, rule: str | None) -> int:
    """Return the reserve that a stratum should have once its sample has grown.

    A share goes with the sample; of a total each stratum keeps the part that it was planned
    with. Either way the reserve of a stratum rests on that stratum alone and never falls while
    its sample grows, so that it does not matter in how many steps a sample was extended.

    Args:
        sample: n_h after the extension.
        planned: r_h of the plan.
        rule: As in :func:`reserve_for`; None where the plan does not tell.

    Returns:
        r_h, not limited to what the stratum has left.
    """
    if rule is None:
        return planned
    amount, is_share = _parse(rule)
    return ceil(amount * sample) if is_share else planned


def _parse(rule: str) -> tuple[Fraction, bool]:
    """Return a share and True, or a whole number of records and False."""
    match = _RULE.fullmatch(rule)
    if match:
        amount, is_share = Fraction(match["amount"]), bool(match["percent"])
        if is_share and amount <= 100:
            return amount / 100, True
        if not is_share and amount.denominator == 1:
            return amount, False
    raise PlanError(
        "A reserve is a number of records such as 40, or a share of each stratum's sample "
        "such as 10% (at most 100%)."
    )
