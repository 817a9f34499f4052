"""One bad codebook for every rule; each is the good one below with one thing changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from review.codebook import parse_codebook
from review.errors import CodebookError

GOOD = Path(__file__).with_name("good-codebook.toml").read_text(encoding="utf-8")

BAD = {
    "forward-reference": ('ask_if = {Q1 = {eq = "yes"}}', "ask_if = {Q4 = {gt = 3}}"),
    "unknown-question": ('ask_if = {Q1 = {eq = "yes"}}', 'ask_if = {Q9 = {eq = "yes"}}'),
    "unknown-value": ('ask_if = {Q1 = {eq = "yes"}}', 'ask_if = {Q1 = {eq = "maybe"}}'),
    "unreachable": (
        'ask_if = {Q1 = {eq = "yes"}}',
        'ask_if.all = [{Q1 = {eq = "yes"}}, {Q1 = {eq = "no"}}]',
    ),
    "cycle": ('ask_if = {Q1 = {eq = "yes"}}', 'ask_if = {Q2 = {eq = "yes"}}'),
    "key-clash": ('no = {key = "n"', 'no = {key = "y"'),
    "key-not-letter-or-digit": ('no = {key = "n"', 'no = {key = "-"'),
    "missing-key": ('no = {key = "n"', 'no = {key = "u"'),
    "type-mismatch": ("max_length = 100", "min = 1\nmax_length = 100"),
    "outcome-without-define": ("define = '''", "section = '''"),
    "no-missing-option": (
        ", missing = true}\n\n[answers.sides]",
        "}\n\n[answers.sides]",
    ),
    "not-over-skipped": ("ask_if.not = {Q4 = {lt = 3}}", 'ask_if.not = {Q2 = {eq = "yes"}}'),
    "repeated-id": ('id = "Q2"', 'id = "Q1"'),
    "text-counted": ('derive.all = [{Q1 = {eq = "yes"}}', 'derive.all = [{Q5 = {eq = "yes"}}'),
    "unused-answer-list": (
        "[answers.sides]",
        "[answers.unused]\nx = {key = '1', label = 'x'}\n[answers.sides]",
    ),
    "unknown-answer-list": (
        'type = "multi"\nanswers = "sides"',
        'type = "multi"\nanswers = "side"',
    ),
    "rests-on-optional": ('id = "Q1"', 'id = "Q1"\noptional = true'),
    "condition": ('ask_if = {Q1 = {eq = "yes"}}', 'ask_if = {Q1 = {is = "yes"}}'),
    "shape": ('ask = "First?"', 'ask = "First?"\nhelp = "no such field"'),
}


def faults_of(text: str) -> list[tuple[str, int]]:
    with pytest.raises(CodebookError) as caught:
        parse_codebook(text, source="bad.toml")
    return [(fault.rule, fault.line) for fault in caught.value.faults]


def test_the_good_codebook_passes() -> None:
    assert len(parse_codebook(GOOD, source="good.toml").questions) == 5


@pytest.mark.parametrize("rule", BAD)
def test_each_rule_is_broken_by_its_bad_codebook(rule: str) -> None:
    right, wrong = BAD[rule]
    assert right in GOOD
    assert rule in {found for found, _ in faults_of(GOOD.replace(right, wrong, 1))}


@pytest.mark.parametrize(
    ("rule", "key"),
    [
        ("forward-reference", "ask_if = {Q4"),
        ("unreachable", "ask_if.all = [{Q1"),
        ("not-over-skipped", "ask_if.not"),
        ("unknown-answer-list", 'answers = "side"'),
        ("outcome-without-define", "outcome = true"),
        ("unused-answer-list", "[answers.unused]"),
        ("condition", "{is = "),
        ("shape", "help ="),
    ],
)
def test_a_fault_names_the_line_where_it_stands(rule: str, key: str) -> None:
    text = GOOD.replace(*BAD[rule], 1)
    line = next(number for number, one in enumerate(text.splitlines(), 1) if key in one)
    assert (rule, line) in faults_of(text)


def test_all_faults_are_reported_at_once_in_order_of_line() -> None:
    text = GOOD
    for rule in ("key-clash", "forward-reference", "text-counted", "type-mismatch"):
        text = text.replace(*BAD[rule], 1)
    found = faults_of(text)
    assert {"key-clash", "forward-reference", "text-counted", "type-mismatch"} <= {
        rule for rule, _ in found
    }
    assert [line for _, line in found] == sorted(line for _, line in found)


@pytest.mark.parametrize(
    "condition",
    [
        '{Q1 = {eq = "yes", ne = "no"}}',
        "{all = []}",
        "{not = [{Q1 = {eq = 'yes'}}]}",
        "{Q1 = {in = 'yes'}}",
        "{Q1 = {eq = 1.5}}",
        "{Q1 = {answered = 'perhaps'}}",
        "{Q1 = {gt = 'two'}}",
        "'E1 == yes'",
        "{not = " * 9 + "{Q1 = {eq = 'yes'}}" + "}" * 9,
    ],
)
def test_a_condition_of_another_form_is_refused(condition: str) -> None:
    text = GOOD.replace('{Q1 = {eq = "yes"}}', condition, 1)
    assert "condition" in {rule for rule, _ in faults_of(text)}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('type = "multi"\nanswers = "sides"', 'type = "text"\nmax_length = 3\nanswers = "sides"'),
        ("max = 20", "max = -1"),
        ('ask = "Why?"', 'ask = "Why?"\noutcome = true\ndefine = "x"'),
        ("max_length = 100\n", ""),
        ('answers = "ynu"\nask_if', 'answers = "ynu"\nmax_length = 3\nask_if'),
        ('ask_if = {Q1 = {eq = "yes"}}', "ask_if = {Q1 = {gt = 3}}"),
        ('quote_if = {in = ["left"]}', 'quote_if = {in = ["up"]}'),
        ('version = "1.0.0"', 'version = "1"'),
        ("format = 1", "format = 2"),
        ("window_days = 7", "window_days = -1"),
        ('id = "Q1"', 'id = "all"'),
        ('no = {key = "n"', 'no = {key_b = "x", key = "n"'),
        ('no = {key = "n"', 'no = {alone = true, key = "n"'),
        ('type = "multi"', 'type = "multi_by_party"'),
        ('ask = "First?"\n', ""),
    ],
)
def test_other_contradictions_are_refused_too(right: str, wrong: str) -> None:
    assert right in GOOD
    assert faults_of(GOOD.replace(right, wrong, 1))


def test_a_gate_that_closes_behind_two_others_is_seen_as_unreachable() -> None:
    text = (
        GOOD
        + """
[[question]]
id = "Q6"
ask = "Never?"
answers = "ynu"
ask_if.all = [{Q2 = {eq = "no"}}, {Q1 = {in = ["no", "cannot_determine"]}}]
"""
    )
    assert [rule for rule, _ in faults_of(text)] == ["unreachable"]
