"""The correction weighs cases as the estimate does, in every design and whatever was not read.

Where the reading errors of every case of the base are known, the formula of Rogan and Gladen undoes
them: what comes out is the estimate of the decided answers, to the last digit, if and only if both
rates weigh a case as the reported share does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from review.applicability import read_sheet
from review.design import CodedCase, cells_of, weights_of
from review.finding import Finding
from review.findings import find
from review.first_readings import FirstReadings
from review.second_figure import SecondFigure, second_figures
from sampling.frame import Frame
from sampling.plan import FirstStage, Plan
from tests.review.coded_cases import CODEBOOK, COUNTER, MISSING, ORDINARY, OUT, case

SHEETS = {
    letter: read_sheet(CODEBOOK, {key: (one,) for key, one in answers.items()}, ())
    for letter, answers in {"y": COUNTER, "n": ORDINARY, "o": OUT, "m": MISSING}.items()
}
SIZES = {"a": 900, "b": 150, "c": 40}
Frames = Callable[..., tuple[Frame, Plan]]


@dataclass(frozen=True)
class Drawn:
    """How the sample of a design came about."""

    changes: dict[str, object]
    """Of a plan for a simple sample."""
    chance: Callable[[str, int], Fraction | None]
    """Of a record, by its stratum and its number in it."""
    unit: Callable[[str, int], str | None]


def none(stratum: str, number: int) -> None:
    """What holds of every record alike."""
    del stratum, number


def by_size(stratum: str, number: int) -> Fraction:
    return min(Fraction(1), Fraction(20 * (1 + number % 4), SIZES[stratum]))


def in_stages(stratum: str, number: int) -> Fraction:
    return Fraction(1 + number % 3, 4) * Fraction(1 + number % 3, 12)


STAGE = FirstStage(quotas=(), per_unit=None, is_by_records=False, units=())
DESIGNS = {
    "simple": Drawn({}, none, none),
    "rolling": Drawn({"rolling": Decimal("0.1")}, none, none),
    "by size": Drawn({"is_size_weighted": True}, by_size, none),
    "in two stages": Drawn(
        {"first_stage": STAGE}, in_stages, lambda stratum, number: f"{stratum}{number % 3}"
    ),
}


def sample_of(strata: dict[str, str], drawn: Drawn) -> Iterator[CodedCase]:
    """Yield a case for each letter; ``x`` is taken out, ``e`` a frame error that was replaced."""
    numbers = iter(range(1, 1_000))
    for stratum, letters in strata.items():
        for place, letter in enumerate(letters):
            plain = replace(
                case(None, next(numbers), stratum),
                chance=drawn.chance(stratum, place),
                unit=drawn.unit(stratum, place),
            )
            yield replace(
                plain,
                sheet=SHEETS.get(letter),
                excluded=letter in "xe",
                is_frame_error=letter == "e",
            )


def both_figures(
    designed: Frames, strata: dict[str, str], errors: set[int], drawn: Drawn
) -> tuple[Finding, SecondFigure, list[CodedCase], Plan]:
    """Return the finding, and the second figure where these cases were first read the other way.

    And what both rest on.

    Every case was coded twice but for one out of scope, so that a reading is left to correct.
    """
    cases = list(sample_of(strata, drawn))
    read = [one for one in cases if one.sheet is not None]
    firsts = {one.case_id: one.sheet for one in read if one.sheet is not None}
    told = [one.case_id for one in read if one.sheet in (SHEETS["y"], SHEETS["n"])]
    for place in errors & set(range(len(told))):
        is_yes = firsts[told[place]] is SHEETS["y"]
        firsts[told[place]] = SHEETS["n" if is_yes else "y"]
    alone = next(one.case_id for one in read if one.sheet is SHEETS["o"])
    first = FirstReadings(firsts, frozenset(firsts) - {alone}, frozenset())
    counts = {name: len(letters) for name, letters in strata.items()}
    frame, plan = designed({name: SIZES[name] for name in strata}, counts)
    plan = plan.model_copy(update=drawn.changes)
    (finding,) = find(CODEBOOK, frame, plan, cases, indicators=("C.1",), confidence=0.95)
    found = second_figures(CODEBOOK, frame, plan, cases, first=first, confidence=0.95)
    return finding, next(one for one in found if one.indicator == "C.1"), cases, plan


STRATA = {"a": "y" * 12 + "n" * 28 + "o", "b": "y" * 20 + "n" * 20, "c": "y" * 6 + "n" * 14}
UNREAD = {
    "a": "y" * 12 + "n" * 28 + "o",
    "b": "y" * 10 + "n" * 10 + "m" * 18 + "xxe",
    "c": "y" * 6 + "n" * 14 + "m",
}
JOINED = UNREAD | {"c": "yxmmm"}
ONE = {"a": "y" * 20 + "n" * 40 + "omxe"}
SAMPLES = {"one stratum": ONE, "all read": STRATA, "many unread": UNREAD, "joined": JOINED}


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("sample", SAMPLES)
def test_readings_without_an_error_give_back_the_estimate(
    designed: Frames, design: str, sample: str
) -> None:
    finding, second, _, _ = both_figures(designed, SAMPLES[sample], set(), DESIGNS[design])
    assert second.why_not is None
    assert second.read.estimate == finding.known.estimate
    assert second.corrected.estimate == pytest.approx(finding.known.estimate, rel=1e-12)


@pytest.mark.parametrize("design", DESIGNS)
@settings(max_examples=15)
@given(sample=st.sampled_from(sorted(SAMPLES)), errors=st.sets(st.integers(0, 105), max_size=14))
def test_errors_that_are_all_known_are_undone_to_the_last_digit(
    designed: Frames, design: str, sample: str, errors: set[int]
) -> None:
    finding, second, _, _ = both_figures(designed, SAMPLES[sample], errors, DESIGNS[design])
    assume(second.why_not is None and not second.is_clipped)
    assert second.corrected.estimate == pytest.approx(finding.known.estimate, rel=1e-9)


@pytest.mark.parametrize("design", DESIGNS)
def test_what_was_not_read_is_shared_out_within_its_stratum(designed: Frames, design: str) -> None:
    """The weights of a stratum add up to what its draw stands for, however much was read."""
    totals = []
    for letters in (STRATA["b"], UNREAD["b"][:40]):
        strata = STRATA | {"b": letters}
        _, _, cases, plan = both_figures(designed, strata, set(), DESIGNS[design])
        cells, _ = cells_of(plan, cases)
        weights = weights_of(cells, cases)
        read = {one.case_id: one.stratum for one in cases if one.was_read}
        assert set(weights) == set(read)
        assert min(weights.values()) >= 1
        totals.append(float(sum(weights[name] for name in read if read[name] == "b")))
    whole, partly = totals
    assert partly == pytest.approx(whole)
