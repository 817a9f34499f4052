"""The four indicators that only the full codebook has the questions for, on small cases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.applicability import read_sheet
from review.codebook import builtin_codebook
from review.indicators import IndicatorKind, Verdict, decide, indicators_of

CODEBOOK = builtin_codebook("da-full")
BY_ID = {one.id: one for one in indicators_of(CODEBOOK)}
OWN = ("P.3", "S.1", "R.1", "X.1")
T, F, U, N = Verdict.TRUE, Verdict.FALSE, Verdict.UNDETERMINED, Verdict.NOT_IN_BASE

BOTH_SIDES = {"E1": "yes", "E2": "yes", "A1": "yes", "A2": "2", "A3": "yes", "A4": "yes"}
BOTH_SIDES |= {"A11": "neither", "C1": "yes"}
NO_ARREST = {"E1": "yes", "E2": "yes", "A1": "no", "A11": "neither", "C1": "no"}


def verdicts(*bases: dict[str, str], **answers: str) -> dict[str, Verdict]:
    given = {key: value for base in bases for key, value in base.items()} | answers
    sheet = read_sheet(CODEBOOK, {key: (value,) for key, value in given.items()}, ())
    return {name: decide(BY_ID[name], sheet).verdict for name in OWN}


@pytest.mark.parametrize(
    ("told", "answers", "expected"),
    [
        (
            "history both ways, self-defence weighed, both assessed, the abuser alone named",
            {"P1": "yes_with_reasons", "P2": "party_b", "P4": "yes_both_directions",
             "S1": "party_a", "S2": "yes", "R1a": "dash", "R1b": "dara"},
            {"P.3": T, "S.1": T, "R.1": T, "X.1": T},
        ),
        (
            "history one way, self-defence not weighed, one assessed, the other alike",
            {"P1": "yes_no_reasons", "P2": "mutual_or_neither", "P4": "yes_one_direction",
             "S1": "both", "S2": "no", "R1a": "dash", "R1b": "declined"},
            {"P.3": F, "S.1": F, "R.1": F, "X.1": N},
        ),
        (
            "nothing of it can be told",
            {"P1": "cannot_determine", "P4": "cannot_determine", "S1": "cannot_determine",
             "S2": "cannot_determine", "R1a": "cannot_determine", "R1b": "other_tool"},
            {"P.3": U, "S.1": U, "R.1": U, "X.1": U},
        ),
        (
            "one not assessed settles it whatever the other is; no assessment, no claim",
            {"P1": "no", "P4": "no", "S1": "neither", "S2": "no", "R1a": "not_done",
             "R1b": "cannot_determine"},
            {"P.3": F, "S.1": N, "R.1": F, "X.1": N},
        ),
        (
            "the conclusion cannot be read: whom it names is not known",
            {"P1": "yes_no_reasons", "P2": "cannot_determine", "P4": "no", "S1": "party_b",
             "S2": "cannot_determine", "R1a": "dara", "R1b": "dara"},
            {"P.3": F, "S.1": U, "R.1": T, "X.1": U},
        ),
    ],
)  # fmt: skip
def test_a_case_with_a_counter_allegation_and_two_arrests(
    told: str, answers: dict[str, str], expected: dict[str, Verdict]
) -> None:
    assert verdicts(BOTH_SIDES, answers) == expected, told


def test_without_counter_allegation_and_arrest_only_a_claim_of_self_defence_is_counted() -> None:
    answers = {"P4": "yes_both_directions", "R1a": "dash", "R1b": "dash"}
    assert verdicts(NO_ARREST, answers, S1="neither") == dict.fromkeys(OWN, N)
    claimed = verdicts(NO_ARREST, answers, S1="party_b", S2="yes")
    assert claimed == {"P.3": N, "S.1": T, "R.1": N, "X.1": N}


@pytest.mark.parametrize(
    ("concluded", "a3", "a4", "expected"),
    [
        ("party_b", "no", "yes", F),
        ("party_b", "yes", "no", T),
        ("party_b", "cannot_determine", "yes", U),
        ("party_a", "yes", "no", F),
        ("party_a", "no", "yes", T),
        ("party_a", "yes", "cannot_determine", U),
    ],
)
def test_an_arrest_is_at_odds_where_the_other_than_the_named_party_was_arrested(
    concluded: str, a3: str, a4: str, expected: Verdict
) -> None:
    found = verdicts(BOTH_SIDES, A3=a3, A4=a4, P1="yes_with_reasons", P2=concluded)
    assert found["X.1"] is expected


def test_the_full_codebook_supports_all_23_and_the_short_one_the_19_it_always_had() -> None:
    whole = [one.id for one in indicators_of(CODEBOOK) if one.kind is not IndicatorKind.ASKED]
    short = [
        one.id
        for one in indicators_of(builtin_codebook("da-short"))
        if one.kind is not IndicatorKind.ASKED
    ]
    assert whole == [*short, *OWN]
    assert len(short) == 19


def test_every_vignette_of_the_short_codebook_is_decided_the_same_by_the_full_one(
    reference_folder: Path,
) -> None:
    read = json.loads((reference_folder / "vignettes.json").read_text("utf-8"))
    for vignette in read["vignettes"]:
        answers = {key: (one,) for key, one in vignette["expected"].items()}
        sheet = read_sheet(CODEBOOK, answers, ())
        for verdict, ids in vignette["indicators"].items() if vignette["eligible"] else ():
            for name in ids:
                assert decide(BY_ID[name], sheet).verdict == verdict, (vignette["id"], name)


SETTLED = dict.fromkeys(("E1", "E2", "C1"), "yes")
FACTS = [
    one
    for one in CODEBOOK.questions
    if one.missing_values and not one.by_party and one.id not in SETTLED
]


@given(
    st.fixed_dictionaries(
        {name: st.just(one) for name, one in SETTLED.items()},
        optional={one.id: st.sampled_from(one.values) for one in FACTS},
    ),
    st.data(),
)
def test_filling_in_what_was_not_known_never_overturns_a_verdict(
    answers: dict[str, str], data: st.DataObject
) -> None:
    before = verdicts(answers)
    filled = dict(answers)
    for name in ("A1", "A3", "A4", "A11", "C1", "P1", "P2", "P4", "S1", "S2", "R1a", "R1b"):
        question = CODEBOOK.question(name)
        if filled.get(name) in (None, *question.missing_values):
            known = [value for value in question.values if value not in question.missing_values]
            filled[name] = data.draw(st.sampled_from(known), label=name)
    after = verdicts(filled)
    for name in OWN:
        assert after[name] is not U
        assert before[name] in (U, after[name]), name
