"""What a workbook says of a target: beside the indicator that it is for, cover first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exports.release import Release, make_release
from exports.release.target_words import target_in_words
from exports.workbook import write_workbook
from review.finding import Finding
from review.targets import Held, Target
from sampling.estimation.claims import Judgement, Verdict
from tests.exports import builder as build
from tests.exports import linter

MET, CANNOT, NOT = Verdict.MET, Verdict.CANNOT_SAY, Verdict.NOT_MET


def with_target(
    verdict: Verdict | None,
    lower: float = 0.01,
    upper: float = 0.04,
    *,
    base: int | None = None,
    turned: Verdict | None = None,
    indicator: str = "M2",
) -> Finding:
    judged = None if verdict is None else Judgement(verdict, lower, upper, 0.02, base)
    target = Target("5 %", 0.05, indicator)
    why_not = "" if judged else "not judged before every case is closed"
    usual = build.finding(indicator, "more than one person arrested", 9, 366, 5)
    return replace(usual, held=Held(target, judged, turned, why_not))


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        (with_target(MET), "met: the one-sided 95% upper limit is 4.0%."),
        (with_target(NOT, 0.061, 0.09), "not met: the one-sided 95% lower limit is 6.1%."),
        (
            with_target(CANNOT, 0.02, 0.08, base=400),
            "cannot say: the one-sided 95% limits are 2.0 and 8.0%; a base of about 400 would "
            "decide if the figure stays.",
        ),
        (
            with_target(CANNOT, 0.02, 0.08),
            "cannot say: the one-sided 95% limits are 2.0 and 8.0%; no sample would decide while "
            "the figure is at the target.",
        ),
        (with_target(MET, 0.04, 0.04), "met, by a complete count."),
        (with_target(None), "not judged before every case is closed."),
        (
            with_target(MET, turned=CANNOT),
            "met: the one-sided 95% upper limit is 4.0%. That would not hold if all undetermined "
            "cases were yes.",
        ),
        (
            with_target(NOT, 0.061, 0.09, turned=CANNOT),
            "not met: the one-sided 95% lower limit is 6.1%. That would not hold if all "
            "undetermined cases were no.",
        ),
    ],
)
def test_a_target_is_said_with_the_limit_that_decides(finding: Finding, said: str) -> None:
    assert target_in_words(finding) == f"Target, at most 5%: {said}"


def test_a_limit_is_never_rounded_onto_the_target() -> None:
    said = target_in_words(with_target(CANNOT, 0.02, 0.05004, base=400), per_cent=" %")
    assert "limits are 2.0 and 5.004 %" in said
    assert "lower limit is 5.04%" in target_in_words(with_target(NOT, 0.0504, 0.09))


def released(finding: Finding, target_of: str | None = None) -> Release:
    usual = build.request()
    others = tuple(one for one in usual.findings if one.indicator != finding.indicator or one.by)
    facts = replace(usual.project, target="5 %", target_of=target_of)
    return make_release(build.request(project=facts, findings=(finding, *others)))


def cover_of(release: Release) -> list[str]:
    return [line.text for line in release.cover]


def test_the_cover_says_it_in_the_line_of_its_indicator() -> None:
    (line,) = [line for line in cover_of(released(with_target(MET))) if "Target" in line]
    assert line.startswith("More than one person arrested: 2.5%")
    assert line.endswith("Target, at most 5%: met: the one-sided 95% upper limit is 4.0%.")


def test_an_indicator_that_is_no_headline_is_answered_for_its_target() -> None:
    lines = cover_of(released(with_target(MET, indicator="C.5"), target_of="C.5"))
    assert sum("Target, at most 5%" in line for line in lines) == 1


def test_the_headline_sheet_says_it_beside_the_figure_it_is_held_against() -> None:
    table = next(one for one in released(with_target(MET)).tables if one.name == "headline")
    place = [column.title for column in table.columns].index("Target")
    said = [getattr(row[place], "value", "-") for row in table.rows]
    assert said[0] == "At most 5%: met: the one-sided 95% upper limit is 4.0%."
    assert set(said[1:]) == {"-"}


def test_without_a_target_there_is_no_such_column_and_no_line() -> None:
    release = make_release(build.request())
    table = next(one for one in release.tables if one.name == "headline")
    assert "Target" not in [column.title for column in table.columns]
    assert not any("Target" in line for line in cover_of(release))


def test_a_target_for_no_indicator_stands_on_the_cover_in_its_words() -> None:
    usual = build.request()
    facts = replace(usual.project, target="fewer than before.")
    lines = cover_of(make_release(build.request(project=facts)))
    assert "Target, for no one indicator of this workbook: fewer than before." in lines


def test_the_methods_say_how_a_target_is_held_against_a_figure() -> None:
    table = next(one for one in released(with_target(MET)).tables if one.name == "methods")
    texts = [str(getattr(row[1], "value", "")) for row in table.rows]
    assert any("It is held against M2: met where the one-sided upper limit" in one for one in texts)


def test_a_workbook_with_a_target_fails_no_rule_of_accessibility() -> None:
    assert linter.lint(write_workbook(released(with_target(CANNOT, 0.02, 0.08, base=400)))) == []
