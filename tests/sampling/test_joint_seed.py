"""A seed of several parties: nobody chooses it, and every order of steps is held to the rules."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sampling.ceremony import Ceremony, SamplingEvent, apply, decide_frame, decide_plan
from sampling.dice import seed_from_dice
from sampling.drawing import why_no_draw
from sampling.errors import TicketError
from sampling.events import FrameCommitted, PlanCommitted
from sampling.frame import Frame, FrameSpec, StratumSize
from sampling.joint_seed import commitment_of, joint_seed
from sampling.plan import Plan
from sampling.planning import PlanRequest, make_plan
from sampling.refusal import Refusal
from sampling.seeding import decide_commitment, decide_contribution, decide_opening

FORCE, CHARITY = "force", "charity"
SHOWN = {FORCE: "MPS:90471123583046219987", CHARITY: "MOPAC:27391058464410982735"}


def a_frame(records: int = 100) -> Frame:
    return Frame(
        spec=FrameSpec(id_column="id"),
        source_name="extract.csv",
        source_sha256="0" * 64,
        rows=records,
        records=records,
        fingerprint=sha256(str(records).encode()).hexdigest(),
        ids_fingerprint="1" * 64,
        nonce=None,
        strata=(StratumSize(name="all", records=records),),
        exclusions=(),
        kept_counts=(),
        accepted=(),
        identifiability=(),
    )


def a_plan(frame: Frame, size: int) -> Plan:
    return make_plan(frame, PlanRequest(size=size))


def started() -> Ceremony:
    frame = a_frame()
    return after(Ceremony(), FrameCommitted(frame=frame), PlanCommitted(plan=a_plan(frame, 10)))


def after(state: Ceremony, *events: SamplingEvent) -> Ceremony:
    for event in events:
        state = apply(state, event)
    return state


def did(state: Ceremony, decided: tuple[SamplingEvent, ...] | Refusal) -> Ceremony:
    assert not isinstance(decided, Refusal), decided
    return after(state, *decided)


def rule(decided: object) -> str:
    assert isinstance(decided, Refusal), decided
    return decided.rule


def opened() -> Ceremony:
    return did(started(), decide_opening(started(), (FORCE, CHARITY)))


def committed() -> Ceremony:
    state = opened()
    for party, contribution in SHOWN.items():
        state = did(state, decide_commitment(state, party, commitment_of(contribution)))
    return state


def complete() -> Ceremony:
    state = committed()
    for party, contribution in SHOWN.items():
        state = did(state, decide_contribution(state, party, contribution))
    return state


def test_published_joint_seeds_are_made_again(reference_folder: Path) -> None:
    cases = json.loads((reference_folder / "ticket-vectors.json").read_text("utf-8"))["seeds"]
    for case in cases:
        if not case["accepted"]:
            with pytest.raises(TicketError):
                joint_seed(case["contributions"])
            continue
        assert joint_seed(case["contributions"]) == case["seed"]
        assert [commitment_of(one) for one in case["contributions"]] == case["commitments"]


@given(
    st.lists(
        st.text("0123456789abcxyz:._-", min_size=20, max_size=128), min_size=2, max_size=5
    ).flatmap(lambda given_: st.tuples(st.just(given_), st.permutations(given_)))
)
def test_the_order_of_the_contributions_changes_nothing(pair: tuple[list[str], list[str]]) -> None:
    one, other = pair
    spelled = "dipsample-seed-v1|" + "|".join(sorted(one))
    assert joint_seed(one) == joint_seed(other) == sha256(spelled.encode()).hexdigest()


def test_a_complete_joint_seed_is_the_only_one_that_draws() -> None:
    state = complete()
    assert state.joint is not None
    seed = state.joint.seed
    assert seed is not None
    assert why_no_draw(state, seed=seed, source=state.joint.source) is None
    other = why_no_draw(state, seed="76543210987654321098", source="dice")
    assert rule(other) == "joint-seed"


def test_nothing_draws_while_a_contribution_is_to_come() -> None:
    state = did(committed(), decide_contribution(committed(), FORCE, SHOWN[FORCE]))
    assert rule(why_no_draw(state, seed="76543210987654321098", source="dice")) == "joint-seed"


def test_a_joint_seed_needs_frame_and_plan() -> None:
    assert rule(decide_opening(Ceremony(), (FORCE, CHARITY))) == "plan-before-seed"


@pytest.mark.parametrize("parties", [(FORCE,), (FORCE, FORCE), (FORCE, ""), (FORCE, "x" * 61)])
def test_parties_are_two_or_more_each_named_once(parties: tuple[str, ...]) -> None:
    with pytest.raises(TicketError):
        decide_opening(started(), parties)


def test_a_contribution_shown_before_every_commitment_is_refused() -> None:
    state = did(opened(), decide_commitment(opened(), FORCE, commitment_of(SHOWN[FORCE])))
    assert rule(decide_contribution(state, FORCE, SHOWN[FORCE])) == "commitments-first"


def test_a_commitment_of_another_party_cannot_be_copied() -> None:
    copied = commitment_of(SHOWN[FORCE])
    state = did(opened(), decide_commitment(opened(), FORCE, copied))
    assert rule(decide_commitment(state, CHARITY, copied)) == "own-commitment"


def test_a_commitment_stands() -> None:
    state = committed()
    assert decide_commitment(state, FORCE, commitment_of(SHOWN[FORCE])) == ()
    assert rule(decide_commitment(state, FORCE, "0" * 64)) == "one-commitment"


def test_a_contribution_has_to_be_what_was_committed_to() -> None:
    wrong = decide_contribution(committed(), FORCE, SHOWN[CHARITY])
    assert rule(wrong) == "contribution-as-committed"
    stranger = decide_contribution(committed(), "stranger", SHOWN[CHARITY])
    assert rule(stranger) == "party-named"


def test_showing_twice_writes_once() -> None:
    assert decide_contribution(complete(), FORCE, SHOWN[FORCE]) == ()


def test_frame_and_plan_stand_once_a_contribution_is_shown() -> None:
    frame = a_frame()
    state = did(committed(), decide_contribution(committed(), FORCE, SHOWN[FORCE]))
    assert rule(decide_plan(state, a_plan(frame, 11))) == "plan-before-seed"
    assert rule(decide_frame(state, a_frame(101))) == "frame-before-seed"


def test_a_new_plan_before_anything_is_shown_ends_the_joint_seed() -> None:
    state = committed()
    assert did(state, decide_plan(state, a_plan(a_frame(), 11))).joint is None


def test_giving_up_after_a_contribution_was_shown_is_counted() -> None:
    shown = did(committed(), decide_contribution(committed(), FORCE, SHOWN[FORCE]))
    again = did(shown, decide_opening(shown, (FORCE, CHARITY)))
    assert again.joints_abandoned == 1
    unshown = did(committed(), decide_opening(committed(), (FORCE, "court")))
    assert unshown.joints_abandoned == 0


def test_a_complete_joint_seed_cannot_be_given_up() -> None:
    assert rule(decide_opening(complete(), (FORCE, "court"))) == "one-seed"


@pytest.mark.parametrize(
    ("throws", "sides", "seed"),
    [
        ("6 0 9 2 1 1 0 8 4 4 9 0 1 2 3 4 5 6 7 8", 10, "60921108449012345678"),
        ("1,2,3,4,5;6 1 2 3 4 5 6 1 2 3 4 5 6 1 2 3 4 5 6 1", 6, "1234561234561234561234561"),
    ],
)
def test_throws_of_a_die_are_the_digits_of_the_seed(throws: str, sides: int, seed: str) -> None:
    assert seed_from_dice(throws, sides=sides) == seed


@pytest.mark.parametrize(
    ("throws", "sides", "words"),
    [
        ("1" * 19, 10, "20 to 128"),
        ("1" * 24, 6, "25 to 128"),
        ("1" * 10 + "7" + "1" * 14, 6, "Throw 11"),
        ("1" * 10 + "x" + "1" * 14, 10, "Throw 11"),
    ],
)
def test_too_few_throws_and_strange_faces_are_refused(throws: str, sides: int, words: str) -> None:
    with pytest.raises(TicketError, match=words):
        seed_from_dice(throws, sides=sides)
