"""Findings as text: a clerk reads them in 80 columns, and a statistician misses nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dipsample.cli.findings_text import finding_lines
from review.finding import Bounds, Finding, Measure, Total

ONE = Finding(
    indicator="M2",
    label="more than one person arrested, of incidents",
    by=None,
    group=None,
    cases=387,
    numerator=39,
    denominator=365,
    undetermined=22,
    blank=0,
    population=12_000,
    population_is_known=True,
    known=Measure(0.0265, 0.0112, 0.0538),
    confidence=0.95,
    method="korn-graubard-capped",
    if_undetermined_no=Measure(0.025, 0.01, 0.05),
    if_undetermined_yes=Measure(0.096, 0.07, 0.136),
    bounds=Bounds(0.0108, 0.1361),
    total=Total(301.0, 124.0, 590.0),
    total_if_undetermined_yes=Total(1100.0, 800.0, 1600.0),
    effective_n=200.0,
    design_effect=1.5,
    degrees_of_freedom=300,
    flags=(),
)
RATE = replace(
    ONE, indicator="Q.2:A6", label="A6 cannot be determined, of cases in which it was asked",
    numerator=0, denominator=19, undetermined=0, known=Measure(0.0, 0.0, 0.17),
    flags=("unreliable", "no-events"),
)  # fmt: skip


def shown(*findings: Finding) -> str:
    return "\n".join(finding_lines(findings))


def test_a_block_says_what_of_how_many_how_sure_and_what_is_unknown() -> None:
    assert shown(ONE).splitlines() == [
        "",
        "M2  More than one person arrested, of incidents",
        "    yes for 39 of 365 decided cases: 2.7 %, 95 % interval 1.1 to 5.4 %",
        "    that is about 300 (120 to 590) of the frame",
        "    22 cases undetermined: 2.5 % if all were no, 9.6 % if all were yes; with",
        "      their intervals 1.1 to 13.6 %",
    ]


def test_every_flag_is_said_in_words_with_what_they_mean() -> None:
    text = shown(replace(ONE, flags=("unreliable", "wide", "cross-check")))
    assert "* with care: effective sample under 30; wide interval; the exact and" in text
    assert "wide interval: 30 percentage points or more" in text
    assert "effective sample under 30: as uncertain as fewer than 30 cases" in text
    assert "What the words mean" not in shown(ONE)


def test_no_percentage_is_printed_of_a_small_base_and_none_is_judged() -> None:
    small = replace(ONE, denominator=4, flags=("unreliable", "no-events", "no-percentage"))
    text = shown(small)
    assert "yes for 39 of 4 decided cases, no percentage" in text
    assert "* with care: base under 10: no percentage" in text
    assert "effective sample" not in text


def test_what_holds_for_all_is_said_once_above() -> None:
    open_ones = [
        replace(ONE, indicator=name, known=Measure(None, None, None), flags=("incomplete",))
        for name in ("M1", "M2")
    ]
    text = shown(*open_ones)
    assert text.count("coding is not finished: no interval") == 1
    assert text.startswith("* all: coding is not finished")
    assert "with care" not in text


def test_the_readings_and_the_unit_of_persons_are_explained() -> None:
    text = shown(replace(ONE, indicator="M6"), replace(ONE, indicator="M7"))
    assert "they differ" in text
    assert "Counts incidents; M7 counts the persons arrested in them." in text
    assert "adds two" in " ".join(text.split())
    assert "of 365 decided persons" in text


def test_groups_are_named_by_their_column() -> None:
    text = shown(ONE, replace(ONE, by="party_a_sex", group="female", numerator=29))
    assert "    whole frame:\n      yes for 39 of 365" in text
    assert "    party_a_sex female:\n      yes for 29 of 365" in text


def test_answers_that_do_not_tell_stand_in_a_table() -> None:
    text = shown(replace(RATE, indicator="Q.2:A1", flags=()), RATE)
    assert "  A6             0  19    0.0 %  0.0 to 17.0 %  *" in text
    assert "* effective sample under 30, in A6" in text


def test_blank_and_conflicting_cases_are_counted_among_the_undetermined() -> None:
    text = " ".join(shown(replace(ONE, blank=3, in_conflict=2)).split())
    assert "22 cases undetermined (3 left blank, 2 in conflict):" in text


def test_a_complete_count_has_no_interval() -> None:
    text = shown(replace(ONE, method="census", known=Measure(0.1, 0.1, 0.1)))
    assert "10.0 %, a complete count" in text


@pytest.mark.parametrize("by", [None, "a_column_with_a_name_of_some_length"])
def test_no_line_is_wider_than_80(by: str | None) -> None:
    long = replace(
        ONE, by=by, group="a value with rather many words in it, as a basic command unit may have",
        label="primary perpetrator assessed with reasons, of incidents with a counter-allegation, "
        "both main parties arrested or both dealt with as suspects",
        flags=("unreliable", "wide", "few-degrees-of-freedom", "cross-check", "frame-open"),
    )  # fmt: skip
    assert max(map(len, finding_lines([long, RATE, replace(ONE, indicator="M4")]))) <= 80
