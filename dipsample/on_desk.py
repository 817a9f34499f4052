"""The cases that may lie on a coder's desk: those of the sample, and silent checks among them.

This is the one place where a silent check is a case like any other. Everything that counts goes
over the drawn records alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from dipsample.errors import InputError
from dipsample.project import Snapshot
from sampling.draw import Role, by_number


@dataclass(frozen=True, slots=True)
class DeskCase:
    """A case as its coder knows it."""

    case_id: str
    stratum: str
    role: Role
    """A silent check has that of any case of the sample; one that nobody codes, of the reserve."""


def desk_cases(project: Snapshot, name: str) -> tuple[DeskCase, ...]:
    """Return the cases of the sample and the silent checks of a coder, by case number."""
    review = project.state.review
    found = [
        DeskCase(record.case_id, record.stratum, record.role)
        for record in project.state.ceremony.records
        if record.role is not Role.RESERVE
    ]
    checks = [_check(project, case_id) for case_id in review.gold.dealt_to(name)]
    return tuple(sorted((*found, *checks), key=lambda one: by_number(one.case_id)))


def desk_case(project: Snapshot, case_id: str) -> DeskCase:
    """Return one drawn record or silent check.

    Raises:
        InputError: Where nothing has that number.
    """
    if case_id in project.state.review.gold.cases:
        return _check(project, case_id)
    for record in project.state.ceremony.records:
        if record.case_id == case_id:
            return DeskCase(case_id, record.stratum, record.role)
    raise InputError(f"The sample has no case {case_id}; `cases` lists those there are.")


def roles_of(project: Snapshot) -> dict[str, Role]:
    """Return the role of every drawn record and of every silent check, by case number."""
    review = project.state.review
    drawn = {record.case_id: record.role for record in project.state.ceremony.records}
    return {**drawn, **{case_id: _check(project, case_id).role for case_id in review.gold.cases}}


def _check(project: Snapshot, case_id: str) -> DeskCase:
    gold = project.state.review.gold
    role = Role.SAMPLE if gold.slots_of(case_id) else Role.RESERVE
    return DeskCase(case_id, gold.cases[case_id].stratum, role)
