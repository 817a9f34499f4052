"""How several parties make the seed of a project together."""

from __future__ import annotations

from collections.abc import Sequence

from dipsample.errors import RefusedError
from dipsample.project import Happened, OpenProject, allowed
from sampling.joint_seed import JointSeed
from sampling.seeding import decide_commitment, decide_contribution, decide_opening


def begin(project: OpenProject, name: str, parties: Sequence[str]) -> JointSeed:
    """Begin a joint seed; one that was not complete is given up.

    Raises:
        TicketError: Where the names are not allowed.
        RefusedError: Before the plan, or once the seed is known.
    """
    decided = decide_opening(project.state.ceremony, parties)
    project.write(name, [Happened(event) for event in allowed(decided)])
    return joint_seed_of(project)


def commit(project: OpenProject, name: str, party: str, commitment: str) -> JointSeed:
    """Take in a party's commitment.

    Raises:
        TicketError: Where it is no SHA-256.
        RefusedError: Where the party takes no part, or has committed to something else.
    """
    decided = decide_commitment(project.state.ceremony, party, commitment)
    project.write(name, [Happened(event) for event in allowed(decided)])
    return joint_seed_of(project)


def reveal(project: OpenProject, name: str, party: str, contribution: str) -> JointSeed:
    """Take in a party's contribution.

    Raises:
        TicketError: Where it is not a seed by itself.
        RefusedError: Before every commitment is in, or where it is not what was committed to.
    """
    decided = decide_contribution(project.state.ceremony, party, contribution)
    project.write(name, [Happened(event) for event in allowed(decided)])
    return joint_seed_of(project)


def joint_seed_of(project: OpenProject) -> JointSeed:
    """Return how far the joint seed is.

    Raises:
        RefusedError: Where none was begun.
    """
    joint = project.state.ceremony.joint
    if joint is None:
        raise RefusedError(
            "No joint seed is begun in this project. "
            "Begin it with: dipsample seed open PROJECT --parties first,second."
        )
    return joint
