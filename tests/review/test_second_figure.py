"""The second figure: first readings corrected for how often they were right where it is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.applicability import Sheet, read_sheet
from review.design import CodedCase
from review.first_readings import FirstReadings
from review.indicators import choose_indicators
from review.second_figure import (
    Known,
    ReadingErrors,
    SecondFigure,
    reading_errors,
    second_figures,
    why_not_corrected,
    without_figure,
)
from sampling.estimation import MeasuredRate, corrected, single
from sampling.frame import Frame
from sampling.looking import Stopping
from sampling.plan import Plan
from tests.review.coded_cases import CODEBOOK, COUNTER, ORDINARY, OUT, UNKNOWN

READ = {"y": COUNTER, "n": ORDINARY, "u": UNKNOWN, "o": OUT}
"""What a letter of a case stands for: yes, no, undetermined, out of scope."""

Second = Callable[..., SecondFigure]
Frames = Callable[..., tuple[Frame, Plan]]


def sheet(answers: Mapping[str, str]) -> Sheet:
    return read_sheet(CODEBOOK, {key: (one,) for key, one in answers.items()}, ())


SHEETS = {letter: sheet(answers) for letter, answers in READ.items()}


def cases_of(decided: Sequence[str]) -> list[CodedCase]:
    return [
        CodedCase(f"C-{number:04d}", "all", {}, SHEETS[one], excluded=False)
        for number, one in enumerate(decided, start=1)
    ]


def first_of(read: Sequence[str], twice: int, changed: Sequence[str] = ()) -> FirstReadings:
    names = [f"C-{number:04d}" for number in range(1, len(read) + 1)]
    sheets = {name: SHEETS[one] for name, one in zip(names, read, strict=True)}
    return FirstReadings(sheets, frozenset(names[:twice]), frozenset(changed))


@pytest.fixture
def second(designed: Frames) -> Second:
    def make(
        pairs: Sequence[tuple[str, int]],
        twice: int,
        *,
        population: int = 2_000,
        changed: Sequence[str] = (),
        plan_with: Mapping[str, object] | None = None,
        cases: Sequence[CodedCase] | None = None,
    ) -> SecondFigure:
        """Return C.1 where each pair, such as ``yn``, is first reading and decided answer."""
        flat = [pair for pair, count in pairs for _ in range(count)]
        frame, plan = designed({"all": population}, {"all": len(flat)})
        found = second_figures(
            CODEBOOK,
            frame,
            replace_plan(plan, plan_with),
            cases or cases_of([pair[1] for pair in flat]),
            first=first_of([pair[0] for pair in flat], twice, changed),
            confidence=0.95,
        )
        return next(one for one in found if one.indicator == "C.1")

    return make


def replace_plan(plan: Plan, changes: Mapping[str, object] | None) -> Plan:
    return plan if changes is None else plan.model_copy(update=dict(changes))


GOOD = [("yy", 16), ("ny", 4), ("nn", 58), ("yn", 2), ("un", 3), ("oy", 1)]
"""Coded twice: 20 known yes, 60 known no, and four left out."""
ALONE = [("yy", 30), ("nn", 90)]


def test_first_readings_are_corrected_by_the_rates_of_the_double_set(second: Second) -> None:
    found = second([*GOOD, *ALONE], twice=84)
    assert found.errors == ReadingErrors(MeasuredRate(16, 20), MeasuredRate(58, 60), 4)
    assert (found.yes, found.base) == (48, 200)
    assert found.read.estimate == 48 / 200
    assert found.corrected.estimate == pytest.approx((0.24 + 58 / 60 - 1) / (0.8 + 58 / 60 - 1))
    assert found.why_not is None


def test_the_interval_carries_the_uncertainty_of_both_rates(second: Second) -> None:
    found = second([*GOOD, *ALONE], twice=84)
    sure = corrected(
        single(48, 200, population=2_000),
        sensitivity=MeasuredRate(160_000, 200_000),
        specificity=MeasuredRate(580_000, 600_000),
    )
    assert found.corrected.lower is not None
    assert found.corrected.upper is not None
    assert found.corrected.lower < sure.lower
    assert found.corrected.upper > sure.upper


def test_the_design_of_the_sample_is_in_the_interval(second: Second) -> None:
    wide, narrow = (second([*GOOD, *ALONE], twice=84, population=size) for size in (100_000, 210))
    assert narrow.read.lower is not None
    assert wide.read.lower is not None
    assert narrow.read.lower > wide.read.lower


def test_the_decided_answers_themselves_are_not_what_is_corrected(second: Second) -> None:
    """What a case was decided to be has no reading error left; only its first reading has."""
    as_decided = second([("yy", 20), ("nn", 60), *ALONE], twice=80)
    with_errors = second([("yy", 16), ("ny", 4), ("nn", 58), ("yn", 2), *ALONE], twice=80)
    assert as_decided.corrected.estimate == as_decided.read.estimate == 50 / 200
    assert with_errors.read.estimate == 48 / 200


@pytest.mark.parametrize(
    ("pairs", "twice", "why"),
    [
        ([("yy", 9), ("nn", 60), *ALONE], 69, "9 cases known to be yes, and 10 are needed"),
        ([("yy", 60), ("nn", 9), *ALONE], 69, "9 cases known to be no, and 10 are needed"),
        (
            [("yy", 11), ("ny", 9), ("nn", 11), ("yn", 9), *ALONE],
            40,
            "sensitivity 55 % and specificity 55 %: such readings hardly tell yes from no",
        ),
        (ALONE, 0, "no case of a random set was coded twice"),
        (
            GOOD,
            84,
            "every case was coded twice and decided: no single reading is left to correct",
        ),
    ],
)
def test_a_figure_without_ground_is_withheld_with_its_reason(
    second: Second, pairs: Sequence[tuple[str, int]], twice: int, why: str
) -> None:
    found = second(pairs, twice)
    assert found.why_not == why
    assert (found.corrected.estimate, found.corrected.lower, found.corrected.upper) == (
        None, None, None,
    )  # fmt: skip


def test_ten_known_cases_of_each_kind_are_enough(second: Second) -> None:
    assert second([("yy", 10), ("nn", 10), *ALONE], twice=20).why_not is None


def test_nothing_is_corrected_while_a_case_is_open(second: Second) -> None:
    flat = [pair for pair, count in [*GOOD, *ALONE] for _ in range(count)]
    cases = cases_of([pair[1] for pair in flat])
    cases[-1] = replace(cases[-1], sheet=None)
    found = second([*GOOD, *ALONE], twice=84, cases=cases)
    assert found.why_not == "cases of the sample are open"
    assert found.read.estimate is None


def test_a_rule_that_stopped_coding_leaves_no_second_figure(second: Second) -> None:
    rule = Stopping(on="C.1", margin=Decimal("0.05"), least=50, most=204, every=10)
    found = second([*GOOD, *ALONE], twice=84, plan_with={"stopping": rule})
    assert found.why_not is not None
    assert "rule" in found.why_not


def test_a_question_whose_meaning_was_changed_is_not_corrected_for(second: Second) -> None:
    assert second([*GOOD, *ALONE], twice=84, changed=["C1"]).why_not == (
        "the meaning of C1 was changed after first readings were handed in"
    )
    assert second([*GOOD, *ALONE], twice=84, changed=["Z3"]).why_not is None


def test_a_final_case_that_nobody_read_alone_is_named(designed: Frames) -> None:
    flat = [pair for pair, count in [*GOOD, *ALONE] for _ in range(count)]
    frame, plan = designed({"all": 2_000}, {"all": len(flat)})
    first = first_of([pair[0] for pair in flat], 84)
    missing = {case: one for case, one in first.sheets.items() if case != "C-0100"}
    found = second_figures(
        CODEBOOK, frame, plan, cases_of([pair[1] for pair in flat]),
        first=replace(first, sheets=missing), confidence=0.95,
    )  # fmt: skip
    assert {one.why_not for one in found} == {
        "1 final case has no first reading of somebody it was assigned to"
    }


def test_a_case_that_could_not_be_read_does_not_stand_in_the_way(designed: Frames) -> None:
    flat = [pair for pair, count in [*GOOD, *ALONE] for _ in range(count)]
    frame, plan = designed({"all": 2_000}, {"all": len(flat) + 1})
    gone = CodedCase("C-0999", "all", {}, None, excluded=True)
    found = second_figures(
        CODEBOOK, frame, plan, [*cases_of([pair[1] for pair in flat]), gone],
        first=first_of([pair[0] for pair in flat], 84), confidence=0.95,
    )  # fmt: skip
    assert found[-1].why_not is None


def test_rates_that_do_not_fit_the_readings_are_said_to_be_cut(second: Second) -> None:
    pairs = [("yy", 20), ("nn", 45), ("yn", 15), ("nn", 200)]
    found = second(pairs, twice=80)
    assert found.is_clipped
    assert found.corrected.estimate == 0
    assert found.reservation is not None


def test_a_withheld_figure_says_only_why(second: Second) -> None:
    found = without_figure(second([*GOOD, *ALONE], twice=84), "the frame may still grow")
    assert found.why_not == "the frame may still grow"
    assert found.corrected.estimate is None


@given(st.lists(st.sampled_from([a + b for a in "ynuo" for b in "ynuo"]), max_size=40))
def test_every_pair_is_known_or_left_out(pairs: list[str]) -> None:
    (indicator,) = choose_indicators(CODEBOOK, ["C.1"])
    known = [Known(SHEETS[pair[0]], SHEETS[pair[1]], Fraction(3)) for pair in pairs]
    errors = reading_errors(indicator, known, greatest=Fraction(3))
    assert errors.yes.of + errors.no.of + errors.left_out == len(pairs)
    assert errors.yes == MeasuredRate(pairs.count("yy"), sum(p in ("yy", "ny") for p in pairs))
    assert errors.no == MeasuredRate(pairs.count("nn"), sum(p in ("nn", "yn") for p in pairs))
    if why_not_corrected(errors) is None:
        assert min(errors.yes.of, errors.no.of) >= 10


def test_rates_weigh_a_case_by_the_records_that_it_was_drawn_from() -> None:
    """Readers who err in the large stratum alone are no better for many cases of the small one."""
    (indicator,) = choose_indicators(CODEBOOK, ["C.1"])
    large = [Known(SHEETS[read], SHEETS["n"], Fraction(38)) for read in "n" * 17 + "y" * 3]
    small = [Known(SHEETS["n"], SHEETS["n"], Fraction(2)) for _ in range(60)]
    errors = reading_errors(indicator, [*large, *small], greatest=Fraction(38))
    assert (errors.no.right, errors.no.of) == (77, 80)
    assert errors.no.share == pytest.approx((17 * 38 + 120) / (20 * 38 + 120))
    assert errors.no.size == pytest.approx((21 * 38 + 120) ** 2 / (21 * 38**2 + 60 * 4) - 1)


def test_a_rate_whose_weight_lies_in_few_cases_is_withheld() -> None:
    (indicator,) = choose_indicators(CODEBOOK, ["C.1"])
    known = [Known(SHEETS[one], SHEETS[one], Fraction(1)) for one in "n" * 40 + "y" * 12]
    said = why_not_corrected(reading_errors(indicator, known, greatest=Fraction(90)))
    assert said is not None
    assert "12 cases known to be yes" in said
    assert "of equal weight" in said


@given(st.integers(10, 40), st.integers(0, 9), st.integers(10, 40), st.integers(0, 9))
def test_rates_of_the_whole_sample_give_back_its_decided_share(
    yy: int, ny: int, nn: int, yn: int
) -> None:
    """Where every case is known the formula undoes the errors to the last case."""
    total = yy + ny + nn + yn
    found = corrected(
        single(yy + yn, total, population=10_000),
        sensitivity=MeasuredRate(yy, yy + ny),
        specificity=MeasuredRate(nn, nn + yn),
    )
    assert found.estimate == pytest.approx((yy + ny) / total)
