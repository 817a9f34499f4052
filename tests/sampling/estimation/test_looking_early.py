"""Declared stops and intervals valid at every look, against whole paths of codings."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from statistics import NormalDist
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sampling.errors import EstimationError
from sampling.estimation import (
    DomainCount,
    Method,
    StoppingRule,
    anytime,
    anytime_domain,
    declared_stop,
)
from sampling.estimation import stops as is_stop

Point = tuple[int, int]


def wilson_half_width(x: int, t: int, population: int, confidence: float = 0.95) -> float:
    if t == population:
        return 0.0
    size = t * (population - 1) / (population - t)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    p = x / t
    return z * float((size * p * (1 - p) + z * z / 4) ** 0.5) / (size + z * z)


def one_more(states: dict[Point, float], marked: int, population: int) -> dict[Point, float]:
    """Probabilities of (codings, yes) after one more coding, drawn without replacement."""
    after: dict[Point, float] = defaultdict(float)
    for (t, x), chance in states.items():
        yes = (marked - x) / (population - t)
        if yes > 0:
            after[t + 1, x + 1] += chance * yes
        if yes < 1:
            after[t + 1, x] += chance * (1 - yes)
    return after


def stops(
    rule: StoppingRule, marked: int, population: int, confidence: float = 0.95
) -> dict[Point, float]:
    """Probability of every stopping point, by following the codings one by one."""
    states, stopped = {(0, 0): 1.0}, {}
    looks = {*range(rule.least, rule.most, rule.every), rule.most}
    for t in range(1, rule.most + 1):
        states = one_more(states, marked, population)
        if t not in looks:
            continue
        for point in list(states):
            width = wilson_half_width(point[1], t, population, confidence)
            if width <= rule.margin or t == rule.most:
                stopped[point] = states.pop(point)
    return stopped


RULES = [
    (40, StoppingRule(margin=0.12, least=5, most=25)),
    (60, StoppingRule(margin=0.10, least=10, most=40, every=5)),
    (50, StoppingRule(margin=0.08, least=8, most=50, every=3)),
]


@pytest.mark.parametrize(("population", "rule"), RULES)
def test_a_declared_stop_covers_every_number_of_yes(population: int, rule: StoppingRule) -> None:
    limits: dict[Point, tuple[int, int]] = {}
    for marked in range(population + 1):
        covered = 0.0
        for point, chance in stops(rule, marked, population).items():
            if point not in limits:
                t, x = point
                made = declared_stop(x, t, population=population, rule=rule)
                limits[point] = round(made.lower * population), round(made.upper * population)
            low, high = limits[point]
            covered += chance if low <= marked <= high else 0.0
        assert covered >= 0.95 - 1e-9


@pytest.mark.parametrize(
    ("population", "rule", "confidence"),
    [
        *((*rule, 0.95) for rule in RULES),
        (58, StoppingRule(margin=0.1, least=23, most=39, every=3), 0.8),
        (26, StoppingRule(margin=0.2, least=11, most=20, every=5), 0.95),
        (11, StoppingRule(margin=0.1, least=1, most=3), 0.9),
    ],
)
def test_a_declared_stop_keeps_no_number_outside_its_limits(
    population: int, rule: StoppingRule, confidence: float
) -> None:
    points = [stops(rule, marked, population, confidence) for marked in range(population + 1)]
    for t, x in sorted({point for each in points for point in each}):
        kept = []
        for marked in range(x, population - (t - x) + 1):
            up = sum(p for (s, y), p in points[marked].items() if y * t >= x * s)
            down = sum(p for (s, y), p in points[marked].items() if y * t <= x * s)
            if min(up, down) > (1 - confidence) / 2:
                kept.append(marked)
        made = declared_stop(x, t, population=population, rule=rule, confidence=confidence)
        if kept and t < population:
            lower = min(kept[0], x * population // t, population - (x == t))
            assert round(made.lower * population) == lower
            upper = max(kept[-1], -(-x * population // t), 1 if x == 0 else 0)
            assert round(made.upper * population) == upper


@pytest.fixture(scope="module")
def vectors(reference_folder: Path) -> dict[str, Any]:
    text = (reference_folder / "estimation" / "prototype-vectors.json").read_text("utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


def test_the_vectors_of_the_prototype_are_reproduced(vectors: dict[str, Any]) -> None:
    for vector in vectors["declared_stop"]:
        rule = StoppingRule(vector["margin"], vector["nmin"], vector["nmax"], vector["every"])
        made = declared_stop(vector["x"], vector["t"], population=vector["N"], rule=rule)
        assert made.lower == pytest.approx(vector["lower"], abs=1e-9)
        assert made.upper == pytest.approx(vector["upper"], abs=1e-9)
    for vector in vectors["anytime"]:
        made = anytime(vector["x"], vector["t"], population=vector["N"])
        assert made.lower == pytest.approx(vector["lower"], abs=1e-9)
        assert made.upper == pytest.approx(vector["upper"], abs=1e-9)


@pytest.mark.parametrize("population", [30, 60])
def test_looking_after_every_coding_misses_at_most_the_error_in_all(population: int) -> None:
    made = {
        (t, x): anytime(x, t, population=population)
        for t in range(1, population)
        for x in range(t + 1)
    }
    for marked in range(population + 1):
        states, rate = {(0, 0): 1.0}, marked / population
        for _ in range(1, population):
            states = {
                (t, x): chance
                for (t, x), chance in one_more(states, marked, population).items()
                if made[t, x].lower - 1e-12 <= rate <= made[t, x].upper + 1e-12
            }
        assert sum(states.values()) >= 0.95


@given(st.data())
@settings(max_examples=30)
def test_the_interval_of_every_look_holds_the_estimate(data: st.DataObject) -> None:
    population = data.draw(st.integers(2, 10_000_000))
    t = data.draw(st.integers(1, min(population, 600)))
    x = data.draw(st.integers(0, t))
    made = anytime(x, t, population=population)
    assert 0 <= made.lower <= made.estimate <= made.upper <= 1
    if t < population:
        assert made.method is Method.ANYTIME
        assert (made.lower, made.upper) not in {(0.0, 0.0), (1.0, 1.0)}


def test_everything_coded_is_a_census() -> None:
    rule = StoppingRule(margin=0.01, least=5, most=20)
    assert declared_stop(3, 20, population=20, rule=rule).method is Method.CENSUS
    assert anytime(3, 20, population=20).method is Method.CENSUS


def test_a_departure_from_the_rule_is_refused() -> None:
    rule = StoppingRule(margin=0.03, least=30, most=600)
    with pytest.raises(EstimationError, match="does not stop at 0 yes among 58"):
        declared_stop(0, 58, population=2000, rule=rule)


def test_a_look_at_which_the_rule_goes_on_is_refused() -> None:
    rule = StoppingRule(margin=0.1, least=30, most=100, every=10)
    assert declared_stop(0, 30, population=900, rule=rule).method is Method.DECLARED_STOP
    with pytest.raises(EstimationError, match="does not stop at 15 yes among 30"):
        declared_stop(15, 30, population=900, rule=rule)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (StoppingRule(margin=0.5, least=5, most=20), "margin"),
        (StoppingRule(margin=0.1, least=0, most=20), "1 <= least"),
        (StoppingRule(margin=0.1, least=21, most=20), "1 <= least"),
        (StoppingRule(margin=0.1, least=5, most=101), "most <= 100"),
        (StoppingRule(margin=0.1, least=5, most=20, every=0), "every >= 1"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(rule: StoppingRule, sentence: str) -> None:
    with pytest.raises(EstimationError, match=sentence):
        declared_stop(3, 20, population=100, rule=rule)


def test_a_look_stops_exactly_where_the_interval_of_the_rule_allows_it() -> None:
    population, rule = 60, StoppingRule(margin=0.10, least=10, most=40, every=5)
    for t in rule.looks():
        for x in range(t + 1):
            near = wilson_half_width(x, t, population) <= rule.margin
            found = is_stop(x, t, population=population, rule=rule, confidence=0.95)
            assert found == (near or t == rule.most)


def test_the_rule_is_asked_at_its_looks_alone() -> None:
    rule = StoppingRule(margin=0.10, least=10, most=40, every=5)
    with pytest.raises(EstimationError, match="does not look at 12"):
        is_stop(2, 12, population=60, rule=rule, confidence=0.95)


@pytest.mark.parametrize(("population", "coded"), [(30, 8), (60, 20), (80, 30)])
def test_the_limits_of_an_unknown_size_hold_those_of_every_size_it_can_have(
    population: int, coded: int
) -> None:
    for base in range(1, coded + 1):
        for x in range(base + 1):
            wide = anytime_domain(DomainCount("all", population, coded, base, x))
            for size in range(base, population - (coded - base) + 1):
                made = anytime(x, base, population=size)
                assert wide.lower <= made.lower + 1e-12
                assert made.upper <= wide.upper + 1e-12


@pytest.mark.parametrize(
    ("count", "largest"),
    [
        (DomainCount("all", 700, 60, 25, 4), 665),
        (DomainCount("all", 700, 60, 25, 0), 665),
        (DomainCount("all", 700, 60, 25, 25), 665),
        (DomainCount("all", 61, 60, 30, 11), 31),
        (DomainCount("all", 300, 40, 1, 0), 261),
    ],
)
def test_a_group_has_the_limits_of_its_largest_size_each_one_count_out(
    count: DomainCount, largest: int
) -> None:
    whole = anytime(count.yes, count.base, population=largest)
    made = anytime_domain(count)
    assert made.estimate == count.yes / count.base
    assert made.lower == max(0.0, round(whole.lower * largest - 1) / largest)
    assert made.upper == min(1.0, round(whole.upper * largest + 1) / largest)
    assert made.lower <= made.estimate <= made.upper
    assert made.effective_n == whole.effective_n
    assert made.design_effect == 1
    assert made.degrees_of_freedom == max(1, count.base - 1)


def test_a_group_of_unknown_size_that_is_coded_whole_is_a_complete_count() -> None:
    made = anytime_domain(DomainCount("all", 40, 40, 30, 6))
    assert (made.method, made.lower, made.upper) == (Method.CENSUS, 0.2, 0.2)


def test_early_looks_have_the_precision_of_a_simple_sample_of_their_size() -> None:
    rule = StoppingRule(margin=0.06, least=30, most=120, every=10)
    stopped = declared_stop(5, 80, population=900, rule=rule)
    looked = anytime(5, 80, population=900)
    for made in (stopped, looked):
        assert made.estimate == 5 / 80
        assert made.effective_n == pytest.approx(80 * 899 / 820)
        assert made.design_effect == 1
        assert made.degrees_of_freedom == 79


def test_early_looks_refuse_impossible_counts() -> None:
    rule = StoppingRule(margin=0.06, least=30, most=120)
    with pytest.raises(EstimationError, match="0 to 20"):
        anytime(21, 20, population=90)
    with pytest.raises(EstimationError, match="0 to 120"):
        declared_stop(121, 120, population=900, rule=rule)
    with pytest.raises(EstimationError, match="0 to 40"):
        is_stop(41, 40, population=900, rule=rule, confidence=0.95)
    with pytest.raises(EstimationError, match="most <= 100"):
        is_stop(4, 40, population=100, rule=rule, confidence=0.95)
    with pytest.raises(EstimationError, match="wider group"):
        anytime_domain(DomainCount("all", 90, 20, 0, 0))


def test_a_rule_looks_after_every_coding_unless_it_says_how_often() -> None:
    assert StoppingRule(margin=0.1, least=3, most=6).looks() == [3, 4, 5, 6]
    assert StoppingRule(margin=0.1, least=3, most=8, every=2).looks() == [3, 5, 7, 8]


def test_a_rule_may_look_from_the_first_coding_or_once_only() -> None:
    made = declared_stop(1, 4, population=9, rule=StoppingRule(margin=0.1, least=1, most=4))
    assert made.method is Method.DECLARED_STOP
    once = declared_stop(1, 4, population=9, rule=StoppingRule(margin=0.1, least=4, most=4))
    assert once.method is Method.DECLARED_STOP


def test_a_margin_of_nothing_is_refused() -> None:
    with pytest.raises(EstimationError, match="over 0"):
        declared_stop(1, 4, population=9, rule=StoppingRule(margin=0.0, least=1, most=4))
