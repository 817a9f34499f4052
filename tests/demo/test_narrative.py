"""Whether a record says what its truth claims; the words looked for stand here, not in the code."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from dipsample.demo import DemoExtract, Passage, Truth

_ARREST = re.compile(r"\barrest", re.IGNORECASE)
_ROLES = (
    re.compile(r"victim (\[P\d\]), suspect (\[P\d\])"),
    re.compile(r"VIC (\[P\d\]) / SUS (\[P\d\])"),
    re.compile(r"(\[P\d\]) (?:is shown )?as (?:the )?victim(?:,| and) (\[P\d\]) as"),
    re.compile(r"(\[P\d\]) is shown as the victim, (\[P\d\]) as"),
    re.compile(r"(\[P\d\]) victim, (\[P\d\]) suspect"),
    re.compile(r"as the person at risk from"),
    re.compile(r"with (\[P\d\]) as suspect against"),
)
_COUNTER = re.compile(
    r"\b(?:slapped|scratched|threw a mug|kicked|with a shoe|hitting|kitchen knife|bit|smashed|"
    r"punched|pushed|hot tea|by the hood|lighter|threats|wages|locked|rings (?:his|her) work|"
    r"brick|threatened)\b"
)


@dataclass(frozen=True, slots=True)
class Told:
    """One narrative and its truth."""

    narrative: str
    truth: Truth

    def shown(self, question: str) -> str:
        """The passages that bear on a question, as text."""
        return " ".join(
            self.narrative[passage.start : passage.end]
            for passage in self.truth.passages
            if passage.question == question
        )


@pytest.fixture(scope="module")
def told(extract: DemoExtract) -> list[Told]:
    return [Told(extract.narratives[each], truth) for each, truth in extract.truths.items()]


@pytest.fixture(scope="module")
def eligible(told: list[Told]) -> list[Told]:
    return [each for each in told if each.truth.answers.get("E2") == "yes"]


def answer(each: Told, question: str) -> str | None:
    return each.truth.answers.get(question)


def parties(each: Told) -> tuple[str, str]:
    """The labels of Party A and Party B: a third person who rings is [P1]."""
    first = each.narrative.replace("\n", " ")
    is_third = re.search(
        r"\[P1\](?:,| \()? ?(?:next door|a neighbour|passer-by|a relative|asks for police)", first
    )
    return ("[P2]", "[P3]") if is_third else ("[P1]", "[P2]")


def test_every_eligible_record_says_who_is_victim_and_who_is_suspect(eligible: list[Told]) -> None:
    silent = [
        each.narrative
        for each in eligible
        if not any(pattern.search(each.narrative) for pattern in _ROLES)
    ]
    assert silent == []


def test_the_first_party_of_the_record_is_the_one_recorded_as_victim(eligible: list[Told]) -> None:
    for each in eligible:
        found = next((f for p in _ROLES[:2] if (f := p.search(each.narrative))), None)
        if found and answer(each, "C1") != "yes":
            assert found.groups() == parties(each)


def test_passages_lie_inside_the_narrative_in_order(told: list[Told]) -> None:
    for each in told:
        for passage in each.truth.passages:
            assert 0 <= passage.start < passage.end <= len(each.narrative)
        starts = [passage.start for passage in each.truth.passages]
        assert starts == sorted(starts)


def test_a_record_speaks_of_an_arrest_made_where_there_was_one(eligible: list[Told]) -> None:
    for each in eligible:
        if answer(each, "A1") == "yes":
            assert re.search(r"arrest|detained", each.shown("A1"), re.IGNORECASE)
        if answer(each, "A1") == "no":
            said = each.shown("A1")
            assert re.search(r"\b(?:no|nobody|not|neither|without)\b", said, re.IGNORECASE), said


def test_whoever_was_arrested_is_named_beside_the_word(eligible: list[Told]) -> None:
    for each in eligible:
        a, b = parties(each)
        if answer(each, "A3") == "yes":
            assert a in each.shown("A3")
            assert _ARREST.search(each.shown("A3"))
        if answer(each, "A4") == "yes":
            assert b in each.shown("A4")
            assert _ARREST.search(each.shown("A4"))


def test_party_a_is_never_said_to_be_arrested_here_where_the_truth_says_no(
    eligible: list[Told],
) -> None:
    for each in eligible:
        if answer(each, "A3") == "no" and answer(each, "A10") == "no_linked_incident":
            a = re.escape(parties(each)[0])
            assert not re.search(rf"{a}(?: is(?: also| now)?)? arrested", each.narrative)


def test_a_second_allegation_is_told_exactly_where_the_truth_has_one(eligible: list[Told]) -> None:
    for each in eligible:
        told_of = each.shown("C1")
        assert bool(told_of) == (answer(each, "C1") == "yes")
        if told_of:
            a, b = parties(each)
            assert a in told_of
            assert b in told_of
            assert _COUNTER.search(told_of), told_of


def test_a_record_without_a_second_allegation_has_no_words_of_one(eligible: list[Told]) -> None:
    for each in eligible:
        if answer(each, "C1") == "no":
            a, b = (re.escape(label) for label in parties(each))
            said = rf"{b}[^.]*\b(?:says|alleges|writes|statement)\b[^.]*that {a} (?!is lying)"
            assert not re.search(said, each.narrative), each.narrative


def test_a_separate_report_names_party_b_as_its_victim(eligible: list[Told]) -> None:
    for each in eligible:
        if answer(each, "C5") == "separate_crime":
            assert re.search(r"crime report|crimed", each.shown("C5"), re.IGNORECASE)
            assert parties(each)[1] in each.shown("C5")


def test_a_volunteer_is_said_to_be_interviewed_under_caution(eligible: list[Told]) -> None:
    for each in eligible:
        who = answer(each, "A11")
        a, b = parties(each)
        for label, answers in ((a, {"party_a", "both"}), (b, {"party_b", "both"})):
            if who in answers:
                assert label in each.shown("A11")
                assert "under caution" in each.shown("A11")


def test_linked_incidents_are_spoken_of_where_the_record_is_whole(eligible: list[Told]) -> None:
    for each in eligible:
        if answer(each, "A10") == "no_linked_incident":
            assert re.search(r"\b(?:no|nothing|none|first)\b", each.shown("A10"), re.IGNORECASE)
        elif answer(each, "A1") != "cannot_determine":
            assert re.search(r"linked|reference|domestic", each.shown("A10"), re.IGNORECASE)


def test_the_assessment_is_told_where_it_is_asked_for(eligible: list[Told]) -> None:
    for each in eligible:
        recorded = answer(each, "P1")
        if recorded in {"yes_with_reasons", "yes_no_reasons", "reasons_no_conclusion"}:
            assert "primary perpetrator" in each.shown("P1").lower()


def test_an_unmanaged_risk_is_the_last_thing_told(eligible: list[Told]) -> None:
    for each in eligible:
        last = each.truth.passages[-1] if each.truth.passages else Passage("", 0, 0)
        if answer(each, "Z5") == "yes" and answer(each, "C3") != "after_decision":
            assert last.question == "Z5"
            assert last.end == len(each.narrative)
        if answer(each, "Z5") != "yes":
            assert each.shown("Z5") == ""


def arrest_minutes(each: Told, question: str) -> int:
    """Minutes of the entry that shows the first answer to a question, from its day and clock."""
    passage = each.truth.passage_for(question)
    assert passage is not None
    before = each.narrative[: passage.start]
    day = re.findall(r"Day (\d+)", before)
    clock = re.findall(r"\b(\d\d):(\d\d)\b", before)
    return int(day[-1]) * 1440 + int(clock[-1][0]) * 60 + int(clock[-1][1])


def test_the_times_of_two_arrests_agree_with_how_far_apart_they_are_said_to_be(
    eligible: list[Told],
) -> None:
    limits = {
        "same_attendance": (0, 0),
        "within_24h": (1, 1440),
        "within_window": (1441, 7 * 1440),
        "after_window": (7 * 1440 + 1, 60 * 1440),
    }
    for each in eligible:
        apart = answer(each, "A6")
        if apart in limits:
            first, second = arrest_minutes(each, "A4"), arrest_minutes(each, "A3")
            low, high = limits[apart]
            assert low <= second - first <= high, each.narrative


def test_narratives_are_not_one_form_filled_in(eligible: list[Told]) -> None:
    openings = {re.sub(r"\W+", " ", each.narrative)[:60] for each in eligible}
    assert len(openings) > 1000
    assert len({each.narrative for each in eligible}) > 0.99 * len(eligible)
