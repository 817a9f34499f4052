from __future__ import annotations

import pytest

from review.codebook import Codebook, builtin_codebook, parse_codebook
from review.codebook_diff import Change, ChangeClass, diff_codebooks, is_comparable

GOOD = """format = 1
id = "good"
version = "1.0.0"
window_days = 7
key_terms = ["arrest"]

[answers.ynu]
yes = {key = "y", label = "Yes"}
no = {key = "n", label = "No, none"}
cannot_determine = {key = "u", label = "Cannot be determined", missing = true}

[answers.sides]
left = {key = "1", label = "Left"}
right = {key = "2", label = "Right"}
cannot_determine = {key = "u", label = "Cannot be determined", missing = true}

[[question]]
id = "Q1"
ask = "Was anybody arrested?"
answers = "ynu"
outcome = true
define = "A recorded arrest within 24 hours. Not a summons."
[question.examples.yes]
clear = ["Arrested at 10:00."]

[[question]]
id = "Q2"
ask = "Which side?"
type = "multi"
answers = "sides"
ask_if.all = [{Q1 = {eq = "yes"}}, {Q1 = {ne = "no"}}]
quote_if = {in = ["left"]}

[[question]]
id = "Q3"
ask = "How many?"
type = "integer"
min = 0
max = 20
answers = "ynu"

[[question]]
id = "Q4"
ask = "Why?"
type = "text"
max_length = 100
required_if = {Q2 = {in = ["left"]}}

[[question]]
id = "both"
derive.all = [{Q1 = {eq = "yes"}}, {Q2 = {in = ["left"]}}]
"""


def good(*changes: tuple[str, str]) -> Codebook:
    text = GOOD
    for right, wrong in changes:
        assert right in text, right
        text = text.replace(right, wrong, 1)
    return parse_codebook(text, source="good.toml")


def changes_of(*changes: tuple[str, str]) -> tuple[Change, ...]:
    return diff_codebooks(good(), good(*changes))


COSMETIC, ADDITIVE = ChangeClass.COSMETIC, ChangeClass.ADDITIVE
MEANING, REMOVAL = ChangeClass.MEANING, ChangeClass.REMOVAL


@pytest.mark.parametrize(
    ("right", "wrong", "question", "expected"),
    [
        ("anybody arrested?", "ANYBODY  arrested", "Q1", COSMETIC),
        ("anybody arrested?", "nobody arrested?", "Q1", MEANING),
        ("24 hours. Not", "24 hours; not", "Q1", COSMETIC),
        ("24 hours", "48 hours", "Q1", MEANING),
        ("24 hours", "2.4 hours", "Q1", MEANING),
        ("Not a summons", "A summons", "Q1", MEANING),
        ("at 10:00", "at 1000", "Q1", MEANING),
        ("outcome = true\n", "", "Q1", ADDITIVE),
        ('ask = "Which side?"', 'ask = "Which side?"\nsection = "Sides"', "Q2", COSMETIC),
        ('left = {key = "1"', 'left = {key = "3"', "Q2", COSMETIC),
        ('label = "Left"', 'label = "left."', "Q2", COSMETIC),
        ('label = "Left"', 'label = "Left, or straight on"', "Q2", MEANING),
        ('right = {key = "2", label = "Right"}\n', "", "Q2", REMOVAL),
        ("[answers.sides]\n", '[answers.sides]\nx = {key = "3", label = "X"}\n', "Q2", ADDITIVE),
        ('label = "Right"}', 'label = "Right", alone = true}', "Q2", MEANING),
        ('quote_if = {in = ["left"]}', "", "Q2", COSMETIC),
        ('quote_if = {in = ["left"]}', 'quote_if = {in = ["left", "right"]}', "Q2", ADDITIVE),
        ('ask_if.all = [{Q1 = {eq = "yes"}}, {Q1 = {ne = "no"}}]\n', "", "Q2", MEANING),
        ('type = "multi"\n', "", "Q2", MEANING),
        ("max = 20", "max = 30", "Q3", MEANING),
        ("max_length = 100", "max_length = 90", "Q4", COSMETIC),
        ('required_if = {Q2 = {in = ["left"]}}\n', "", "Q4", COSMETIC),
        ('{Q2 = {in = ["left"]}}\n', '{Q1 = {eq = "no"}}\n', "Q4", ADDITIVE),
        ('derive.all = [{Q1 = {eq = "yes"}}', 'derive.all = [{Q1 = {eq = "no"}}', "both", MEANING),
        ("window_days = 7", "window_days = 14", "", MEANING),
        ('key_terms = ["arrest"]', "key_terms = []", "", COSMETIC),
        ('id = "good"', 'id = "better"', "", COSMETIC),
    ],
)  # fmt: skip
def test_the_class_of_each_change_is_computed(
    right: str, wrong: str, question: str, expected: ChangeClass
) -> None:
    (change,) = changes_of((right, wrong))
    assert (change.question, change.change_class) == (question, expected), change.what
    is_kept = expected in (COSMETIC, ADDITIVE) or question == "both"
    assert is_comparable((change,)) == is_kept


def test_a_codebook_against_itself_has_no_change_whatever_its_version() -> None:
    assert changes_of() == ()
    assert changes_of(('version = "1.0.0"', 'version = "2.0.0"')) == ()


@pytest.mark.parametrize(
    "same",
    [
        '[{Q1 = {ne = "no"}}, {Q1 = {eq = "yes"}}]',
        '[{Q1 = {in = ["yes"]}}, {Q1 = {not_in = ["no"]}}]',
        '[{all = [{Q1 = {eq = "yes"}}]}, {all = [{Q1 = {ne = "no"}}, {Q1 = {eq = "yes"}}]}]',
    ],
)
def test_a_condition_in_another_order_or_nesting_is_no_change(same: str) -> None:
    assert changes_of(('[{Q1 = {eq = "yes"}}, {Q1 = {ne = "no"}}]', same)) == ()


def test_labels_that_change_places_are_a_change_of_meaning_of_both() -> None:
    found = changes_of(
        ('label = "Left"', 'label = "Nowhere"'),
        ('label = "Right"', 'label = "Left"'),
        ('label = "Nowhere"', 'label = "Right"'),
    )
    assert [(one.question, one.change_class) for one in found] == [("Q2", MEANING)] * 2


def test_a_change_of_meaning_reaches_all_that_rests_on_the_question() -> None:
    (change,) = changes_of(("24 hours", "48 hours"))
    assert change.reaches == ("Q1", "Q2")
    assert "Answers to Q1" in change.effect
    assert "those to Q2" in change.effect
    (alone,) = changes_of(("max = 20", "max = 30"))
    assert alone.reaches == ("Q3",)


def test_a_reworded_text_needs_no_confirmation_since_it_is_never_counted() -> None:
    (change,) = changes_of(('ask = "Why?"', 'ask = "Why is that so?"'))
    assert (change.change_class, change.reaches) == (MEANING, ())
    assert is_comparable((change,))


def test_a_value_that_follows_from_others_is_worked_out_anew() -> None:
    (change,) = changes_of(
        ('derive.all = [{Q1 = {eq = "yes"}}', 'derive.all = [{Q1 = {eq = "no"}}')
    )
    assert change.reaches == ()
    assert "worked out anew" in change.effect


def test_new_and_gone_questions_are_told_apart() -> None:
    question = '[[question]]\nid = "Q5"\nask = "Five?"\nanswers = "ynu"\n'
    more = good(('[[question]]\nid = "both"', question + '[[question]]\nid = "both"'))
    (added,) = diff_codebooks(good(), more)
    assert (added.question, added.change_class) == ("Q5", ADDITIVE)
    (gone,) = diff_codebooks(more, good())
    assert (gone.question, gone.change_class) == ("Q5", REMOVAL)
    assert "kept" in gone.effect
    (offered,) = diff_codebooks(good(), more, new_optional=frozenset({"Q5"}))
    assert "switched on" in offered.effect


def test_becoming_optional_takes_away_and_ceasing_to_be_adds() -> None:
    (less,) = diff_codebooks(good(), good(), new_optional=frozenset({"Q3"}))
    (more,) = diff_codebooks(good(), good(), old_optional=frozenset({"Q3"}))
    assert (less.change_class, more.change_class) == (REMOVAL, ADDITIVE)


def test_several_changes_of_one_question_stand_in_order_of_class() -> None:
    found = changes_of(
        ("24 hours", "48 hours"),
        ("anybody arrested?", "anybody arrested"),
        ('ask = "Why?"', 'ask = "Why so?"'),
    )
    assert [(one.question, one.change_class) for one in found] == [
        ("Q1", COSMETIC),
        ("Q1", MEANING),
        ("Q4", MEANING),
    ]


def test_from_the_short_to_the_full_codebook_only_more_is_asked_but_for_the_reason() -> None:
    core = builtin_codebook("da-full")
    whole = builtin_codebook("da-full", switched_on=core.offered)
    found = diff_codebooks(
        builtin_codebook("da-short"), whole, new_optional=frozenset(core.offered)
    )
    others = [one for one in found if one.change_class is not ADDITIVE]
    assert [(one.question, one.what) for one in others] == [
        ("", "the codebook is called da-full, not da-short"),
        ("Z4", "definition reworded"),
    ]
    new = [one for one in found if one.what.startswith("new")]
    assert len(new) == 50
    assert sum("optional" in one.what for one in new) == 11
