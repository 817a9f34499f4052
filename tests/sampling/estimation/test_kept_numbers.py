"""Every method gives the numbers it gave: a published figure does not change unless it is meant.

That the numbers are right is what the other tests of this folder show. After a change that was
meant, ``DIPSAMPLE_WRITE_GOLDEN=1 pytest tests/sampling/estimation/test_kept_numbers.py`` writes the
file again; read the difference, and say in the commit whose figures it changes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path

import pytest

from sampling.estimation import (
    ClusterCount,
    DomainCount,
    Interval,
    Method,
    StoppingRule,
    StratumCount,
    WeightedRecord,
    WeightedStratum,
    anytime,
    declared_stop,
    design_weights,
    domain,
    domain_size,
    domain_total,
    ratio,
    single,
    size_weighted,
    stratified,
    total,
    two_stage,
)
from sampling.estimation.certified_tail import certified_tail, good_tilt
from sampling.estimation.claims import change, judge
from sampling.estimation.comparison import WaveCount, p_chart, trend
from sampling.estimation.tilted_strata import Strata
from sampling.estimation.weighted_bound import weighted_tail
from sampling.estimation.weighted_tilt import WeightedStrata

GOLDEN = Path(__file__).parents[2] / "golden" / "estimation" / "numbers.json"

FEW = ((350, 35), (150, 15))
LOPSIDED = ((900, 20), (100, 60), (40, 20))
MANY = ((250, 25), (420, 40), (90, 9), (700, 72), (310, 30), (505, 50))
UNEVEN = ((900, 30), (700, 20), (500, 40), (300, 50), (100, 20))
ALIKE = ((60, 12), (60, 12), (25, 10), (90, 9))
RULE = StoppingRule(margin=0.06, least=30, most=120, every=10)


def strata(design: tuple[tuple[int, int], ...], *yes: int) -> list[StratumCount]:
    pairs = zip(design, yes, strict=True)
    return [StratumCount(f"s{h}", *sizes, x) for h, (sizes, x) in enumerate(pairs)]


def by_size(*pairs: tuple[int, int]) -> WeightedStratum:
    """Records of which every third has a chance of its own, given as numerator and denominator."""
    chances = (Fraction(1, 7), Fraction(2, 9), Fraction(1, 3), Fraction(1))
    records = (
        WeightedRecord(chances[at % 4], a, b, f"unit {at % 3}") for at, (a, b) in enumerate(pairs)
    )
    return WeightedStratum("all", 80, tuple(records))


def weighted_tails(sample: list[StratumCount], numbers: tuple[int, ...]) -> list[float]:
    """Proven bounds at tilts around the one that a count of the same moments would have."""
    weight = design_weights([s.population for s in sample], [s.sample for s in sample])
    lines = WeightedStrata(sample, weight)
    deviation = sum(k * k * s.sample for k, s in zip(weight, sample, strict=True)) ** 0.5
    return [
        weighted_tail(lines, marked, c / deviation)
        for marked in numbers
        for c in (0.3, 1.0, 2.0, 4.0, 9.0)
    ]


SIMPLE_METHODS = (
    *(Method.HYPERGEOMETRIC_BLAKER, Method.HYPERGEOMETRIC_TAIL, Method.WILSON_FPC),
    *(Method.KORN_GRAUBARD, Method.CLOPPER_PEARSON, Method.WILSON, Method.JEFFREYS),
    *(Method.AGRESTI_COULL, Method.LOGIT),
)
STRATIFIED_METHODS = (
    *(Method.STRATIFIED_EXACT, Method.STRATIFIED_CERTIFIED, Method.STRATIFIED_PROPORTIONAL),
    *(Method.KORN_GRAUBARD_CAPPED, Method.KORN_GRAUBARD, Method.WILSON, Method.LOGIT),
)
SAMPLES = {
    "few": strata(FEW, 3, 2),
    "few, none": strata(FEW, 0, 0),
    "few, all": strata(FEW, 35, 15),
    "lopsided": strata(LOPSIDED, 1, 20, 0),
    "many": strata(MANY, 1, 3, 0, 6, 2, 9),
    "many, often": strata(MANY, 11, 30, 4, 36, 12, 19),
    "with a census": [*strata(FEW, 3, 2), StratumCount("whole", 20, 20, 7)],
}
BY_SIZE = by_size((1, 1), (0, 1), (1, 1), (0, 0), (0, 1), (0, 1), (1, 1), (0, 1), (0, 0), (0, 1))
NONE_BY_SIZE = by_size(*[(0, 1)] * 8)
PERSONS = by_size((2, 3), (0, 1), (1, 2), (0, 0), (0, 4), (1, 1), (0, 1))
GROUP = [DomainCount("a", 500, 40, 22, 3), DomainCount("b", 200, 30, 9, 1)]


def at(strata_or_sample: list[StratumCount]) -> Callable[[float], Interval]:
    return lambda confidence: stratified(
        strata_or_sample, confidence=confidence, method=Method.KORN_GRAUBARD_CAPPED
    )


def tail(x: int, n: int, population: int) -> Callable[[float], Interval]:
    return lambda confidence: single(
        x, n, population=population, confidence=confidence, method=Method.HYPERGEOMETRIC_TAIL
    )


CALLS: dict[str, Callable[[], object]] = {
    **{
        f"single {x} of {n} of {size} {confidence} {method}": partial(
            single, x, n, population=size, confidence=confidence, method=method
        )
        for x, n, size, confidence in (
            *((4, 60, 900, 0.95), (0, 60, 900, 0.95), (60, 60, 900, 0.9)),
            *((29, 30, 31, 0.99), (150, 600, 100_000, 0.95)),
        )
        for method in SIMPLE_METHODS
    },
    **{
        f"stratified {name} {method}": partial(stratified, sample, method=method)
        for name, sample in SAMPLES.items()
        for method in STRATIFIED_METHODS
    },
    "stratified uneven": lambda: stratified(strata(UNEVEN, 2, 1, 3, 9, 0), confidence=0.9),
    "anytime": lambda: anytime(3, 40, population=900),
    "anytime, none": lambda: anytime(0, 12, population=60, confidence=0.9),
    "anytime, all": lambda: anytime(12, 12, population=60),
    "declared stop": lambda: declared_stop(5, 80, population=900, rule=RULE),
    "declared stop, last": lambda: declared_stop(31, 120, population=900, rule=RULE),
    "declared stop, first": lambda: declared_stop(0, 30, population=900, rule=RULE),
    "group of strata": lambda: domain(GROUP),
    "group": lambda: domain([DomainCount("all", 700, 60, 25, 4)]),
    "group, tail": lambda: domain(
        [DomainCount("all", 700, 60, 25, 4)], method=Method.HYPERGEOMETRIC_TAIL_DOMAIN
    ),
    "group, total": lambda: domain_total(GROUP),
    "group, size": lambda: domain_size(GROUP),
    "total": lambda: total(single(4, 60, population=900), 900),
    "total of a census": lambda: total(single(4, 60, population=60), 60),
    "total, not whole": lambda: total(single(4, 60, population=900, method=Method.WILSON_FPC), 900),
    "ratio": lambda: ratio(
        [
            ClusterCount("a", 300, ((2, 2), (0, 1), (0, 0), (1, 3), (0, 1), (1, 1))),
            ClusterCount("b", 90, ((0, 2), (0, 1), (1, 1))),
        ],
        largest=4,
    ),
    "ratio, a stratum whole": lambda: ratio(
        [ClusterCount("a", 300, ((2, 2), (0, 1), (0, 0))), ClusterCount("b", 2, ((0, 2), (1, 1)))]
    ),
    "by size": lambda: size_weighted([BY_SIZE]),
    "by size, none": lambda: size_weighted([NONE_BY_SIZE]),
    "by size, persons": lambda: size_weighted([PERSONS], largest=4),
    "in stages": lambda: two_stage([BY_SIZE]),
    "in stages, none": lambda: two_stage([NONE_BY_SIZE], confidence=0.9),
    "in stages, persons": lambda: two_stage([PERSONS], largest=4),
    "weights": lambda: design_weights([size for size, _ in UNEVEN], [n for _, n in UNEVEN]),
    "tilts": lambda: [
        good_tilt(mean, variance, score)
        for mean, variance, score in (
            *((26.0, 22.0, 15), (4.0, 3.9, 0), (300.0, 80.0, 260), (1e-9, 1e-9, 3)),
            *((0.0, 1.0, 2), (5.0, 0.001, 3), (0.6, 0.5, 1), (4.0, 5.0, 2)),
        )
    ],
    "certified tails": lambda: [
        certified_tail(Strata(strata(MANY, 1, 3, 0, 6, 2, 9)), marked, 21, tilt)
        for marked in (150, 260, 330, 400)
        for tilt in (0.02, 0.2, 0.6, 3.0)
    ],
    **{
        f"weighted tails, {name}": partial(weighted_tails, sample, marked)
        for name, sample, marked in (
            ("uneven", strata(UNEVEN, 2, 1, 3, 9, 0), (60, 130, 260, 500)),
            ("often", strata(UNEVEN, 15, 9, 21, 30, 8), (900, 1300, 1600)),
            ("alike", strata(ALIKE, 1, 1, 0, 3), (12, 30, 70)),
        )
    },
    "change": lambda: change(tail(20, 80, 900), tail(8, 90, 700), confidence=0.95),
    "change, none": lambda: change(tail(9, 80, 900), tail(10, 90, 700), confidence=0.9),
    "judged": lambda: judge(
        tail(4, 50, 2000), target=0.1, confidence=0.95, base=50, population=2000
    ),
    "judged, decided": lambda: judge(
        tail(1, 80, 2000), target=0.1, confidence=0.95, base=80, population=2000
    ),
    "judged, over": lambda: judge(
        tail(20, 80, 2000), target=0.1, confidence=0.95, base=80, population=2000
    ),
    "judged, strata": lambda: judge(
        at(SAMPLES["lopsided"]), target=0.1, confidence=0.9, base=100, population=1040
    ),
    "judged, all of a group": lambda: judge(
        tail(4, 50, 2000), target=0.1, confidence=0.95, base=50, population=49.5
    ),
    "trend": lambda: trend([WaveCount("", n, x) for n, x in ((40, 0), (60, 5), (5, 5), (80, 9))]),
    "chart": lambda: p_chart(
        [WaveCount(str(n), n, x) for n, x in ((40, 39), (60, 55), (5, 5), (80, 79), (1, 1))]
        + [WaveCount(str(n), n, x) for n, x in ((50, 50), (61, 61), (30, 20))]
    ),
    "chart, few": lambda: p_chart([WaveCount("a", 40, 4), WaveCount("b", 60, 9)]),
}


def numbers(made: object) -> object:
    if is_dataclass(made) and not isinstance(made, type):
        return {name: numbers(value) for name, value in asdict(made).items()}
    if isinstance(made, list | tuple):
        return [numbers(value) for value in made]
    return made


def same(one: object, other: object) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) and isinstance(other, int | float):
        return one == pytest.approx(other, rel=1e-9, abs=1e-12)
    return one == other


@pytest.fixture(scope="module")
def kept() -> dict[str, object]:
    if os.environ.get("DIPSAMPLE_WRITE_GOLDEN"):
        GOLDEN.parent.mkdir(parents=True, exist_ok=True)
        made = {name: numbers(call()) for name, call in CALLS.items()}
        GOLDEN.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8", newline="\n")
    return json.loads(GOLDEN.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", CALLS)
def test_a_method_gives_the_numbers_it_gave(name: str, kept: dict[str, object]) -> None:
    assert same(numbers(CALLS[name]()), kept[name])


def test_no_number_is_kept_of_a_call_that_is_gone(kept: dict[str, object]) -> None:
    assert list(kept) == list(CALLS)
