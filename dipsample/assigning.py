"""What a supervisor does to who codes what: assignment, leave, second looks, reopening."""

from __future__ import annotations

from collections.abc import Sequence

from dipsample.desk import record_of, sample_records
from dipsample.errors import RefusedError, UsageError
from dipsample.project import Happened, OpenProject, allowed
from dipsample.reporting import NOT_DRAWN
from dipsample.silent_checks import place_and_deal
from dipsample.surroundings import NAME_RULE, check_name
from review.calibration import TrainingCase
from review.dealing import Sample, assign_cases
from review.doubling import Doubling, read_doubling
from review.events import Purpose, ReviewerAdded
from review.passing_on import Decided, leave, look_again, reassign
from review.supervision import reopen_coding
from sampling.draw import Role
from sampling.refusal import Refusal


def assign(
    project: OpenProject,
    name: str,
    reviewers: Sequence[str],
    *,
    double: str | None,
    checks: Sequence[TrainingCase] | None = None,
) -> bool:
    """Deal the cases of the sample out, or on; people new to the project join.

    Args:
        project: The project.
        name: The supervisor.
        reviewers: Names; those who join get their codes in this order.
        double: How many cases are coded twice: ``all``, a share or a number; None for the choice
            in force, or the default where there is none.
        checks: Cases with known answers, of which as many as are needed become silent checks;
            None: those placed before are dealt on.

    Returns:
        Whether anything changed.

    Raises:
        UsageError: Where there is no name, one stands twice, one is not allowed, or ``double`` is
            none of these.
        RefusedError: Where no sample is drawn, or a rule says no.
        CalibrationError: Where the checks do not fit the codebook.
    """
    names = [_checked(reviewer) for reviewer in reviewers]
    if not names or len(set(names)) < len(names):
        raise UsageError("Name at least one reviewer, and each once: --reviewers a,b,c.")
    doubling = None if double is None else _doubling(double)
    codes = dict(project.state.review.reviewers)
    joining = []
    for reviewer in names:
        if reviewer not in codes:
            codes[reviewer] = f"R{len(codes) + 1}"
            joining.append(Happened(ReviewerAdded(name=reviewer, code=codes[reviewer])))
    in_order = sorted(names, key=lambda reviewer: int(codes[reviewer][1:]))
    decided = assign_cases(project.state.review, sample_of(project), in_order, doubling)
    if isinstance(decided, Refusal):
        raise RefusedError(f"{decided.reason} {decided.way_out}")
    slots = decided[0].assigned if decided else project.state.review.assignment
    placing = place_and_deal(project, slots, codes, checks)
    happened = (*joining, *(Happened(event) for event in decided), *placing.happened)
    return bool(project.write(name, happened, cases=placing.materials))


def _checked(reviewer: str) -> str:
    """Return the name of a reviewer; one that is not allowed is called by itself."""
    try:
        return check_name(reviewer)
    except UsageError:
        raise UsageError(f'"{reviewer}" in --reviewers cannot be a name: {NAME_RULE}.') from None


def _doubling(text: str) -> Doubling:
    read = read_doubling(text)
    if isinstance(read, Refusal):
        raise UsageError(f"{read.reason} {read.way_out}")
    return read


def sample_of(project: OpenProject) -> Sample:
    """Return what can be dealt: the sample without replaced and excluded cases.

    Raises:
        RefusedError: Where no sample is drawn yet.
    """
    seed = project.state.ceremony.seed
    if seed is None:
        raise RefusedError(NOT_DRAWN)
    by_stratum: dict[str, list[str]] = {}
    for record in sample_records(project):
        if record.role is Role.SAMPLE:
            by_stratum.setdefault(record.stratum, []).append(record.case_id)
    return Sample(by_stratum, seed.seed)


def let_go(project: OpenProject, name: str, reviewer: str) -> bool:
    """Note that a reviewer left, and deal on what they had not handed in.

    Returns:
        Whether anything changed.

    Raises:
        RefusedError: Where nobody of that name has joined, or no sample is drawn.
    """
    return _write(project, name, leave(project.state.review, sample_of(project), reviewer))


def pass_on(
    project: OpenProject, name: str, case_id: str, *, giver: str, taker: str | None
) -> bool:
    """Take a case off a reviewer, for another to code.

    Raises:
        InputError: Where nothing of that number was drawn.
        RefusedError: Where it is not theirs to give, or nobody can take it.
    """
    record_of(project, case_id)
    decided = reassign(project.state.review, sample_of(project), case_id, giver=giver, taker=taker)
    return _write(project, name, decided)


def second_looks(project: OpenProject, name: str) -> int:
    """Deal out second looks at what single codings found on the headline indicators.

    Returns:
        How many cases get one with this.

    Raises:
        RefusedError: Where no sample is drawn, or nobody else could look.
    """
    before = len(project.state.review.assignment)
    decided = allowed(look_again(project.state.review, sample_of(project)))
    project.write(name, [Happened(event) for event in decided])
    return len(project.state.review.assignment) - before if decided else 0


def reopen(project: OpenProject, name: str, case_id: str, *, code: str, reason: str) -> None:
    """Open a locked coding of a case again.

    Args:
        project: The project.
        name: The supervisor.
        case_id: The case.
        code: Whose coding: R1, R2 and so on.
        reason: In a sentence.

    Raises:
        InputError: Where nothing of that number was drawn.
        RefusedError: Where nobody has that code, or their coding is not locked.
    """
    record_of(project, case_id)
    review = project.state.review
    reviewer = next((one for one, known in review.reviewers.items() if known == code), None)
    if reviewer is None:
        raise RefusedError("No reviewer has this code. Take one from the table assign prints.")
    decided = allowed(reopen_coding(review, case_id, reviewer, reason=reason))
    project.write(name, [Happened(event, case_id) for event in decided])


def _write(project: OpenProject, name: str, decided: Decided | Refusal) -> bool:
    """Write what a rule decided, each event with its case."""
    if isinstance(decided, Refusal):
        raise RefusedError(f"{decided.reason} {decided.way_out}")
    return bool(project.write(name, [Happened(event, case) for case, event in decided]))


def coded_twice(project: OpenProject) -> int:
    """Return how many cases a ticket chose to be coded by two people."""
    return sum(one.purpose is Purpose.DOUBLE for one in project.state.review.assignment)
