"""What each method promises, in one sentence: printed wherever its intervals are."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sampling.estimation.interval import Method

_NO_PROMISE = "made for an infinite population: no promise for a finite frame, for comparison only"

PROMISES: Mapping[Method, str] = MappingProxyType(
    {
        Method.HYPERGEOMETRIC_BLAKER: (
            "coverage at least the stated confidence for every possible number of yes in the "
            "frame; the two limits are not one-sided limits"
        ),
        Method.HYPERGEOMETRIC_TAIL: (
            "coverage at least the stated confidence for every possible number of yes in the "
            "frame; each limit is a one-sided limit at half the error"
        ),
        Method.HYPERGEOMETRIC_BLAKER_DOMAIN: (
            "coverage at least the stated confidence in every population that was enumerated, "
            "whatever the unknown size of the group; not proved"
        ),
        Method.HYPERGEOMETRIC_TAIL_DOMAIN: (
            "coverage at least the stated confidence in every population that was enumerated, "
            "whatever the unknown size of the group; each limit is a one-sided limit at half the "
            "error; not proved"
        ),
        Method.STRATIFIED_EXACT: (
            "coverage at least the stated confidence in repeated sampling for up to 4 strata that "
            "were not drawn whole; for more, designed for at least that, not proved"
        ),
        Method.STRATIFIED_CERTIFIED: (
            "coverage at least the stated confidence for every possible population and any number "
            "of strata, proved"
        ),
        Method.STRATIFIED_PROPORTIONAL: (
            "coverage at least the stated confidence for every possible population, proved"
        ),
        Method.KORN_GRAUBARD_CAPPED: (
            "approximate, not a guarantee: at a confidence of 95 %, for groups of known size, "
            "coverage at least 94.5 % in simulated designs of proportional, equal and square-root "
            "allocation, and down to 89.5 % in enumerated ones with nearly all of the sample in "
            "one of two strata; for groups of unknown size and for ratios no figure is claimed"
        ),
        Method.KORN_GRAUBARD_SIZE_WEIGHTED: (
            "approximate, not a guarantee: at a confidence of 95 %, coverage of 95 % or more in "
            "simulated samples with the yes evenly over the sizes or among the largest, the "
            "smallest or both, and 93.7 % at the least where all records of the two smallest sizes "
            "are yes, few of them are drawn, and others are yes too"
        ),
        Method.KORN_GRAUBARD_TWO_STAGE: (
            "approximate, not a guarantee: at a confidence of 95 %, coverage of 96 % or more in "
            "simulated samples of 8 to 15 of 40 units, with the yes evenly or in a third of the "
            "units; with fewer units no figure is claimed"
        ),
        Method.DECLARED_STOP: (
            "coverage at least the stated confidence for every possible number of yes in the "
            "frame, provided that the rule and the order of cases were fixed before coding"
        ),
        Method.ANYTIME: (
            "valid at every look together: with the stated confidence no look at all misses the "
            "frame's proportion"
        ),
        Method.ANYTIME_DOMAIN: (
            "as anytime, whatever the unknown size of the group; that the largest size holds every "
            "smaller one was enumerated, not proved"
        ),
        Method.WILSON: _NO_PROMISE,
        Method.WILSON_FPC: (
            "approximate: coverage down to 89 % at a confidence of 95 % in the enumerated frames, "
            "for comparison only"
        ),
        Method.CLOPPER_PEARSON: _NO_PROMISE,
        Method.JEFFREYS: _NO_PROMISE,
        Method.AGRESTI_COULL: _NO_PROMISE,
        Method.LOGIT: _NO_PROMISE,
        Method.KORN_GRAUBARD: (
            "approximate: enumerated coverage down to 59 % at a confidence of 95 %, for comparison "
            "only"
        ),
        Method.CENSUS: "every record was coded: a complete count, with no sampling error",
    }
)
"""One sentence a method, without a full stop."""
