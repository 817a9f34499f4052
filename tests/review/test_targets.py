"""A target of an indicator: what is said of it, and when nothing is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from review.finding import Finding
from review.measuring import Readings
from review.targets import IN_WORDS, Held, Target, held
from sampling.estimation.claims import Verdict
from tests.review.waves_by_hand import compared, wave


def found(yes: int, base: int = 200) -> tuple[Finding, Readings]:
    one = wave(1, {"M2": yes}, base=base)
    return one.findings[0], one.readings["M2"]


def held_at(proportion: float | None, yes: int, base: int = 200, **changes: object) -> Held:
    finding, readings = found(yes, base)
    changed = replace(finding, **changes)  # type: ignore[arg-type]  # fields of a finding
    made = held(changed, readings, Target("as set", proportion, "M2")).held
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("yes", "verdict"), [(3, Verdict.MET), (10, Verdict.CANNOT_SAY), (24, Verdict.NOT_MET)]
)
def test_the_verdict_is_that_of_the_comparison_of_waves(yes: int, verdict: Verdict) -> None:
    made = held_at(0.05, yes)
    assert made.judgement is not None
    assert made.judgement.verdict is verdict
    (row,) = compared([wave(1, {"M2": yes})], target=0.05).rows
    assert row.points[0].judgement == made.judgement
    assert row.points[0].if_undetermined == made.if_undetermined


def test_the_undetermined_cases_can_speak_against_a_verdict() -> None:
    finding, readings = found(3)
    _, many = found(40)
    turned = held(finding, replace(readings, if_yes=many.known), Target("as set", 0.05, "M2")).held
    assert turned is not None
    assert turned.if_undetermined is Verdict.NOT_MET


@pytest.mark.parametrize(
    ("flag", "why"),
    [
        ("incomplete", "not judged before every case is closed"),
        ("provisional", "not judged before every case is closed"),
        ("frame-open", "not judged before the frame is closed"),
        ("no-percentage", "not judged: the base is too small for a percentage"),
    ],
)
def test_nothing_is_said_of_figures_that_do_not_stand_yet(flag: str, why: str) -> None:
    made = held_at(0.05, 3, flags=(flag,))
    assert (made.judgement, made.why_not) == (None, why)


def test_nothing_is_said_under_a_rule_that_stops() -> None:
    finding, _ = found(3)
    made = held(finding, None, Target("5 %", 0.05, "M2")).held
    assert made is not None
    assert made.judgement is None
    assert "a rule decided when coding stopped" in made.why_not


def test_nothing_is_said_at_little_confidence() -> None:
    assert held_at(0.05, 3, confidence=0.6).why_not == "not judged at a confidence under 75 %"


def test_words_are_shown_and_not_held_against_a_figure() -> None:
    made = held_at(None, 3)
    assert (made.judgement, made.why_not) == (None, IN_WORDS)
