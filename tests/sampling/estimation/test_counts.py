"""What no sample could have is refused before anything is computed, with the stratum named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sampling.errors import EstimationError
from sampling.estimation import ClusterCount, DomainCount, StratumCount
from sampling.estimation.counts import check_clusters, check_domain, check_sample, check_strata

A = StratumCount("a", 30, 5, 1)
PAIRS = ((1, 2), (0, 1))


@pytest.mark.parametrize(
    ("check", "sentence"),
    [
        (lambda: check_strata([]), "no stratum"),
        (lambda: check_strata([A, StratumCount("b", 9, 3, 1), A]), "'a' occurs twice"),
        (lambda: check_strata([StratumCount("b", 9, 3, 1), A, A]), "'a' occurs twice"),
        (lambda: check_strata([StratumCount("a", 0, 0, 0)]), "no record in the frame"),
        (lambda: check_strata([StratumCount("a", 4, 5, 0)]), "only 4 in the frame"),
        (lambda: check_strata([StratumCount("a", 4, 0, 0)]), "fewer than two"),
        (lambda: check_strata([A, StratumCount("b", 2, 1, 0)]), "fewer than two"),
        (lambda: check_strata([StratumCount("a", 9, 4, 5)]), "0 to 4"),
        (lambda: check_strata([StratumCount("a", 9, 4, -1)]), "0 to 4"),
        (lambda: check_domain([]), "no stratum"),
        (lambda: check_domain([DomainCount("a", 4, 5, 1, 0)]), "only 4 in the frame"),
        (lambda: check_domain([DomainCount("a", 9, 4, 5, 0)]), "5 records of the group"),
        (lambda: check_domain([DomainCount("a", 9, 4, 2, 3)]), "3 yes answers out of 2"),
        (lambda: check_domain([DomainCount("a", 9, 4, 0, 0)]), "No drawn record belongs"),
        (lambda: check_clusters([]), "no stratum"),
        (lambda: check_clusters([ClusterCount("a", 1, PAIRS)]), "only 1 in the frame"),
        (lambda: check_clusters([ClusterCount("a", 9, ((2, 1), (0, 1)))]), "2 counted"),
        (lambda: check_clusters([ClusterCount("a", 9, ((0, 0), (0, 0)))]), "no ratio"),
        (lambda: check_sample(0, 0, 9), "at least one coded record"),
        (lambda: check_sample(3, 2, None), "0 to 2"),
        (lambda: check_sample(-1, 2, None), "0 to 2"),
        (lambda: check_sample(1, 5, 4), "frame of 4 records"),
    ],
)
def test_impossible_counts_are_refused_with_a_sentence(
    check: Callable[[], None], sentence: str
) -> None:
    with pytest.raises(EstimationError, match=sentence):
        check()


def test_counts_at_the_edge_of_the_possible_pass() -> None:
    whole = StratumCount("one record, drawn", 1, 1, 1)
    check_strata([A, whole])
    check_strata([StratumCount("alone", 9, 1, 0)])
    check_domain([DomainCount("a", 4, 4, 4, 4)])
    check_clusters([ClusterCount("a", 2, ((2, 2), (0, 0)))])
    check_sample(1, 1, 1)
