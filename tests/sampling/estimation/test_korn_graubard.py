"""The parts of Korn and Graubard's interval: linearised ratios, degrees of freedom, quantiles."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from scipy.special import betaincinv, stdtrit

from sampling.errors import EstimationError
from sampling.estimation import DomainCount, StratumCount
from sampling.estimation.binomial import clopper_pearson
from sampling.estimation.korn_graubard import capped_size, limits_at, quantile_at
from sampling.estimation.linearised import linearise, of_domain, of_strata

STRATA = [StratumCount("a", 300, 12, 3), StratumCount("b", 200, 9, 1), StratumCount("c", 90, 6, 4)]


def degrees_factor(base: int, strata: int, alpha: float) -> float:
    t_of_records, t_of_strata = (
        stdtrit(degrees, 1 - alpha / 2) for degrees in (base - 1, base - strata)
    )
    return float((t_of_records / t_of_strata) ** 2)


def test_limits_are_clopper_and_pearsons_after_the_factor_for_degrees_of_freedom() -> None:
    estimate = linearise(of_strata(STRATA))
    trials = 20 * degrees_factor(27, 3, 0.1)
    p = float(estimate.ratio)
    assert limits_at(20, estimate, alpha=0.1) == clopper_pearson(trials * p, trials, alpha=0.1)


def test_quantiles_are_those_of_the_beta_distribution_of_that_mean_and_size() -> None:
    estimate = linearise(of_strata(STRATA))
    trials = capped_size(estimate) * degrees_factor(27, 3, 0.1)
    p = float(estimate.ratio)
    for probability in (0.025, 0.5, 0.9):
        expected = betaincinv(trials * p, trials * (1 - p), probability)
        assert quantile_at(estimate, probability, alpha=0.1) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("share", [0, 1])
def test_where_nothing_or_everything_is_yes_every_quantile_is_the_estimate(share: int) -> None:
    strata = [replace(stratum, yes=share * stratum.sample) for stratum in STRATA]
    assert quantile_at(linearise(of_strata(strata)), 0.975, alpha=0.05) == share


def test_a_group_of_one_record_has_no_degrees_of_freedom_to_lose() -> None:
    counts = [DomainCount("a", 300, 12, 1, 1), DomainCount("b", 200, 9, 0, 0)]
    estimate = linearise(of_domain(counts))
    assert estimate.degrees_of_freedom == 1
    assert limits_at(5.0, estimate, alpha=0.05) == clopper_pearson(5.0, 5.0, alpha=0.05)


def test_one_stratum_of_a_single_record_is_refused_beside_others() -> None:
    strata = [StratumCount("a", 300, 12, 3), StratumCount("b", 200, 1, 0)]
    with pytest.raises(EstimationError, match="at least two coded records in every stratum"):
        linearise(of_strata(strata))


def test_there_is_no_design_effect_where_a_simple_sample_would_have_no_variance() -> None:
    estimate = linearise(of_strata(STRATA))
    assert estimate.design_effect is not None
    assert replace(estimate, grossed_up_base=Fraction(estimate.base)).design_effect is None
    assert replace(estimate, variance=Fraction()).design_effect is None
