"""Assignments as a project goes on: begun work, extensions, leaves, second looks, replacements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from review.codebook import builtin_codebook
from review.coding import CodingState
from review.dealing import Sample, assign_cases, coders_of
from review.doubling import Doubling
from review.events import (
    AnswerSet,
    CasesAssigned,
    CodebookPublished,
    CodingOpened,
    CodingSubmitted,
    CodingWithdrawn,
    Entry,
    Purpose,
    ReviewerAdded,
    ReviewerLeft,
    ReviewEvent,
)
from review.fold import Review
from review.passing_on import leave, look_again, reassign, with_case_passed_on
from sampling.refusal import Refusal

SEED = "60921108447753190264"
CODEBOOK = builtin_codebook("da-short")
CASES = [f"C-{number:04d}" for number in range(1, 13)]
SAMPLE = Sample({"north": CASES[:7], "south": CASES[7:]}, SEED)
HALF = Doubling("6")
DUAL = {
    "E1": "yes", "E2": "yes", "A1": "yes", "A2": "2", "A3": "yes", "A4": "yes", "A5": "no",
    "C1": "no",
}  # fmt: skip


class Office:
    """A review that is written to as a project writes."""

    def __init__(self, *people: str) -> None:
        self.review = Review()
        self.seconds = 0
        self.write(
            "boss",
            CodebookPublished(
                id=CODEBOOK.id,
                version=CODEBOOK.version,
                sha256=CODEBOOK.sha256,
                body=CODEBOOK.body,
            ),
        )
        for place, name in enumerate(people, start=1):
            self.write("boss", ReviewerAdded(name=name, code=f"R{place}"))

    def write(self, writer: str, event: ReviewEvent, case_id: str | None = None) -> None:
        self.seconds += 1
        minutes, seconds = divmod(self.seconds, 60)
        time = f"2026-11-21T10:{minutes:02d}:{seconds:02d}Z"
        self.review.apply(Entry(event, case_id, writer, writer, self.seconds, time))

    def assign(
        self, *people: str, double: Doubling | None = HALF, sample: Sample = SAMPLE
    ) -> tuple[CasesAssigned, ...]:
        decided = assign_cases(self.review, sample, people, double)
        assert not isinstance(decided, Refusal), decided
        for event in decided:
            self.write("boss", event)
        return decided

    def decide(self, decided: object) -> list[tuple[str | None, ReviewEvent]]:
        assert isinstance(decided, tuple), decided
        events = [one if isinstance(one, tuple) else (None, one) for one in decided]
        for case_id, event in events:
            self.write("boss", event, case_id)
        return events

    def code(self, name: str, case_id: str, answers: dict[str, str], *, submit: bool) -> None:
        self.write(name, CodingOpened(codebook_sha256=CODEBOOK.sha256), case_id)
        for question, value in answers.items():
            self.write(name, AnswerSet(question=question, old=(), new=(value,)), case_id)
        if submit:
            self.write(name, CodingSubmitted(), case_id)

    def holders(self, case_id: str) -> list[str]:
        return [slot.reviewer for slot in self.review.slots_of(case_id) if slot.is_required]

    def loads(self) -> Counter[str]:
        return Counter(one.reviewer for one in self.review.assignment)

    def case_of(self, name: str, *, slots: int) -> str:
        """Return a case that is a person's, and coded by so many."""
        return next(
            case
            for case in CASES
            if self.holders(case)[0] == name and len(self.holders(case)) == slots
        )


def rule(decided: object) -> str | None:
    return decided.rule if isinstance(decided, Refusal) else None


def test_the_same_assignment_again_changes_nothing() -> None:
    office = Office("ann", "bob")
    (event,) = office.assign("ann", "bob")
    assert event.twice == "6"
    assert sum(one.purpose is Purpose.DOUBLE for one in event.assigned) == 6
    assert office.assign("ann", "bob") == ()
    assert office.assign("ann", "bob", double=None) == (), "the choice in force goes on"


def test_the_default_is_all_of_a_small_sample_and_none_for_one_reviewer() -> None:
    office = Office("ann", "bob")
    (alone,) = office.assign("ann", double=None)
    assert (len(alone.assigned), alone.twice) == (12, None)
    (both,) = office.assign("ann", "bob", double=None)
    assert (len(both.assigned), both.twice) == (24, "default")


def test_a_choice_of_single_coding_goes_on_after_an_extension() -> None:
    office = Office("ann", "bob")
    office.assign("ann", "bob", double=Doubling("0"), sample=Sample({"north": CASES[:7]}, SEED))
    (event,) = office.assign("ann", "bob", double=None)
    assert (len(event.assigned), event.twice) == (12, None)


def test_after_an_extension_only_what_is_open_is_dealt() -> None:
    office = Office("ann", "bob", "cy")
    office.assign(
        "ann", "bob", "cy", sample=Sample({"north": CASES[:7]}, SEED), double=Doubling("3")
    )
    before = set(office.review.assignment)
    office.assign("ann", "bob", "cy", double=Doubling("all"))
    assert before < set(office.review.assignment)
    assert all(len(set(office.holders(case))) == 2 for case in CASES)
    assert max(office.loads().values()) - min(office.loads().values()) <= 1


def test_with_other_people_what_was_begun_stays_and_the_rest_is_dealt_anew() -> None:
    office = Office("ann", "bob")
    office.assign("ann", "bob", double=Doubling("0"))
    begun = [case for case in CASES if office.holders(case) == ["ann"]][:2]
    for case in begun:
        office.code("ann", case, {"E1": "yes"}, submit=False)
    office.write("boss", ReviewerAdded(name="cy", code="R3"))
    office.assign("bob", "cy")
    assert all(office.holders(case)[0] == "ann" for case in begun)
    assert office.loads()["ann"] == 2
    assert abs(office.loads()["bob"] - office.loads()["cy"]) <= 1


def test_fewer_second_codings_take_away_only_those_nobody_began() -> None:
    office = Office("ann", "bob")
    office.assign("ann", "bob", double=Doubling("all"))
    office.code(office.holders(CASES[0])[1], CASES[0], {}, submit=False)
    office.assign("ann", "bob", double=Doubling("0"))
    assert [case for case in CASES if len(office.holders(case)) == 2] == [CASES[0]]


def test_assignment_is_refused_without_cases_alone_twice_and_to_those_who_left() -> None:
    office = Office("ann", "bob")
    assert rule(assign_cases(office.review, Sample({}, SEED), ["ann"])) == "nothing-to-assign"
    assert rule(assign_cases(office.review, SAMPLE, ["ann"], Doubling("all"))) == "double-alone"
    assert rule(assign_cases(office.review, SAMPLE, ["ann"], Doubling("0"))) is None
    office.write("boss", ReviewerLeft(name="bob"))
    assert rule(assign_cases(office.review, SAMPLE, ["ann", "bob"])) == "left"


def test_who_leaves_keeps_what_was_handed_in_and_the_rest_goes_to_the_others() -> None:
    office = Office("ann", "bob", "cy")
    office.assign("ann", "bob", "cy")
    mine = [case for case in CASES if "ann" in office.holders(case)]
    handed_in, draft = mine[0], mine[1]
    office.code("ann", handed_in, {"E1": "no_missing"}, submit=True)
    office.code("ann", draft, {"E1": "yes"}, submit=False)
    required = {case: office.review.required_slots(case) for case in CASES}
    events = office.decide(leave(office.review, SAMPLE, "ann"))
    assert events[0] == (None, ReviewerLeft(name="ann"))
    assert events[1] == (draft, CodingWithdrawn(reviewer="ann"))
    assert "ann" in office.holders(handed_in)
    assert all("ann" not in office.holders(case) for case in mine[1:])
    assert {case: office.review.required_slots(case) for case in CASES} == required
    assert all(len(set(office.holders(case))) == len(office.holders(case)) for case in CASES)
    coding = office.review.coding_of(draft, "ann")
    assert (coding.state, coding.answers) == (CodingState.WITHDRAWN, {"E1": ("yes",)})
    assert coders_of(office.review) == ("bob", "cy")
    assert leave(office.review, SAMPLE, "ann") == ()
    assert rule(leave(office.review, SAMPLE, "dee")) == "no-such-reviewer"


def test_a_place_that_nobody_may_take_is_given_up_until_somebody_else_comes() -> None:
    office = Office("ann", "bob")
    office.assign("ann", "bob", double=Doubling("all"))
    office.decide(leave(office.review, SAMPLE, "ann"))
    assert all(office.holders(case) == ["bob"] for case in CASES)
    office.write("boss", ReviewerAdded(name="cy", code="R3"))
    office.assign("bob", "cy", double=Doubling("all"))
    assert all(set(office.holders(case)) == {"bob", "cy"} for case in CASES)


def test_the_last_to_leave_leaves_the_cases_to_anybody() -> None:
    office = Office("ann")
    office.assign("ann", double=None)
    office.decide(leave(office.review, SAMPLE, "ann"))
    assert office.review.assignment == ()
    assert office.review.required_slots(CASES[0]) == 1


def test_a_case_is_taken_off_a_reviewer_only_before_it_is_handed_in() -> None:
    office = Office("ann", "bob", "cy")
    office.assign("ann", "bob", "cy", double=Doubling("0"))
    case = office.case_of("ann", slots=1)
    office.code("ann", case, {"E1": "yes"}, submit=False)

    def give(giver: str, taker: str | None = None) -> object:
        return reassign(office.review, SAMPLE, case, giver=giver, taker=taker)

    assert rule(give("bob")) == "not-theirs-to-give"
    assert rule(give("ann", "ann")) == rule(give("ann", "dee")) == "nobody-else"
    office.decide(give("ann", "cy"))
    assert office.holders(case) == ["cy"]
    assert rule(give("cy", "ann")) == "nobody-else", "whoever gave it up never gets it back"
    office.code("cy", case, {"E1": "no_missing"}, submit=True)
    assert rule(give("cy")) == "not-theirs-to-give"


def test_a_case_never_comes_back_to_whom_it_was_taken_off_even_with_the_fewest_cases() -> None:
    office = Office("ann", "bob", "cy")
    office.assign("ann", "bob", "cy", double=Doubling("0"))
    case = office.case_of("ann", slots=1)
    office.code("ann", case, {"E1": "yes"}, submit=False)
    office.decide(reassign(office.review, SAMPLE, case, giver="ann", taker="cy"))
    assert office.loads()["ann"] < office.loads()["bob"]
    office.decide(leave(office.review, SAMPLE, "cy"))
    assert office.holders(case) == ["bob"]


def test_a_second_look_goes_to_somebody_else_for_yes_and_for_undecided() -> None:
    office = Office("ann", "bob")
    office.assign("ann", "bob", double=Doubling("0"))
    found: Sequence[tuple[dict[str, str], bool]] = [
        (DUAL, True),
        ({**DUAL, "C1": "cannot_determine"}, True),
        ({**DUAL, "A1": "no"}, False),
        ({"E1": "no_missing"}, False),
        ({"E1": "yes", "E2": "yes"}, False),
    ]
    for case, (answers, _) in zip(CASES, found, strict=False):
        office.code(office.holders(case)[0], case, answers, submit=True)
    office.code(office.holders(CASES[6])[0], CASES[6], DUAL, submit=False)
    (event,) = office.decide(look_again(office.review, SAMPLE))
    assert isinstance(event[1], CasesAssigned)
    again = [one for one in event[1].assigned if one.purpose is Purpose.RECHECK]
    assert [one.case_id for one in again] == [
        case for case, (_, is_looked_at) in zip(CASES, found, strict=False) if is_looked_at
    ]
    assert all(len(set(office.holders(one.case_id))) == 2 for one in again)
    assert look_again(office.review, SAMPLE) == ()
    assert office.assign("ann", "bob", double=None) == (), "an assignment leaves second looks be"


def test_a_second_look_needs_somebody_else() -> None:
    office = Office("ann")
    office.assign("ann", double=None)
    assert look_again(office.review, SAMPLE) == ()
    office.code("ann", CASES[0], DUAL, submit=True)
    assert rule(look_again(office.review, SAMPLE)) == "nobody-else"


def test_a_second_look_at_a_case_that_a_ticket_chooses_counts_as_a_second_coding() -> None:
    office = Office("ann", "bob")
    office.assign("ann", "bob", double=Doubling("0"))
    office.code(office.holders(CASES[0])[0], CASES[0], DUAL, submit=True)
    office.decide(look_again(office.review, SAMPLE))
    office.assign("ann", "bob", double=Doubling("all"))
    assert {one.purpose for one in office.review.assignment if one.slot == 2} == {Purpose.DOUBLE}


def test_the_case_that_takes_another_s_place_gets_its_coders_and_no_second_look() -> None:
    office = Office("ann", "bob")
    office.assign("ann", "bob", double=Doubling("1"))
    twice = next(one.case_id for one in office.review.assignment if one.slot == 2)
    both = office.holders(twice)
    office.decide(with_case_passed_on(office.review, twice, "C-0099"))
    assert (office.holders("C-0099"), office.holders(twice)) == (both, [])
    once = office.case_of("ann", slots=1)
    office.code("ann", once, DUAL, submit=True)
    office.decide(look_again(office.review, SAMPLE))
    office.decide(with_case_passed_on(office.review, once, "C-0100"))
    assert office.holders("C-0100") == ["ann"]
    assert with_case_passed_on(office.review, "C-0500", "C-0101") == ()
