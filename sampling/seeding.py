"""Decide the steps by which several parties make one seed."""

from __future__ import annotations

from collections.abc import Iterable

from sampling.ceremony import Ceremony
from sampling.events import JointSeedOpened, SeedCommitted, SeedContributed
from sampling.joint_seed import (
    JointSeed,
    check_commitment,
    check_parties,
    commitment_of,
)
from sampling.refusal import Refusal

_NOT_OPENED = Refusal(
    rule="joint-seed-opened",
    reason="No joint seed is begun in this project.",
    way_out="Begin it with: dipsample seed open PROJECT --parties first,second.",
)


def decide_opening(
    state: Ceremony, parties: Iterable[str]
) -> tuple[JointSeedOpened, ...] | Refusal:
    """Begin a seed that several parties make, once frame and plan are committed.

    One that was begun before and is not complete is given up; where a contribution had been
    shown, that stays counted.

    Args:
        state: Where the draw stands.
        parties: 2 to 20 names, each once.

    Returns:
        One event; none where these parties have begun and nobody has committed yet.

    Raises:
        TicketError: Where the names are not allowed.
    """
    named = check_parties(parties)
    if state.frame is None or state.plan is None:
        return Refusal(
            rule="plan-before-seed",
            reason="Frame and plan are not both committed, and a seed known before them could "
            "choose the sample.",
            way_out="Commit frame and plan first.",
        )
    if state.seed is not None or (state.joint is not None and state.joint.seed is not None):
        return Refusal(
            rule="one-seed",
            reason="The seed of this project is known.",
            way_out="Draw with it, or start a new project.",
        )
    if state.joint == JointSeed(named):
        return ()
    return (JointSeedOpened(parties=named),)


def decide_commitment(
    state: Ceremony, party: str, commitment: str
) -> tuple[SeedCommitted, ...] | Refusal:
    """Take in what a party publishes before anything is shown.

    Args:
        state: Where the draw stands.
        party: One of those who take part.
        commitment: The SHA-256 of its contribution, 64 lower-case hex digits.

    Returns:
        One event; none where this commitment is in already.

    Raises:
        TicketError: Where it is no SHA-256.
    """
    joint = _joint_of(state, party)
    if isinstance(joint, Refusal):
        return joint
    check_commitment(commitment)
    held = joint.commitments.get(party)
    if held == commitment:
        return ()
    if held is not None:
        return Refusal(
            rule="one-commitment",
            reason=f"{party} has committed already, to something else.",
            way_out="Keep to it, or begin the joint seed again, which is counted.",
        )
    if commitment in joint.commitments.values():
        return Refusal(
            rule="own-commitment",
            reason="Another party has published this very commitment.",
            way_out="Make a contribution of your own and publish its SHA-256.",
        )
    return (SeedCommitted(party=party, commitment=commitment),)


def decide_contribution(
    state: Ceremony, party: str, contribution: str
) -> tuple[SeedContributed, ...] | Refusal:
    """Take in what a party committed to, once every party has.

    Args:
        state: Where the draw stands.
        party: One of those who take part.
        contribution: What its commitment is the SHA-256 of.

    Returns:
        One event; none where it is in already.

    Raises:
        TicketError: Where it is not a seed by itself.
    """
    joint = _joint_of(state, party)
    if isinstance(joint, Refusal):
        return joint
    if joint.uncommitted:
        return Refusal(
            rule="commitments-first",
            reason=f"The commitment of {', '.join(joint.uncommitted)} is not in yet; whoever "
            "commits after a contribution is known could choose the seed.",
            way_out="Show nothing before every commitment is in.",
        )
    if commitment_of(contribution) != joint.commitments[party]:
        return Refusal(
            rule="contribution-as-committed",
            reason=f"This is not what {party} committed to.",
            way_out="Give the contribution as it was, to the character.",
        )
    if party in joint.contributions:
        return ()
    return (SeedContributed(party=party, contribution=contribution),)


def _joint_of(state: Ceremony, party: str) -> JointSeed | Refusal:
    """Return the seed in the making, if this party takes part in it."""
    if state.joint is None:
        return _NOT_OPENED
    if party not in state.joint.parties:
        return Refusal(
            rule="party-named",
            reason="No party of this name takes part in the joint seed.",
            way_out=f"Those who do: {', '.join(state.joint.parties)}.",
        )
    return state.joint
