"""Checks that set dates against each other: arrest and incident, and the period of the audit."""

from __future__ import annotations

from collections.abc import Iterator

from sampling.checks import Fault
from sampling.engines.days import days
from sampling.engines.profile import Profile
from sampling.engines.relation import Relation, blank
from sampling.faults import Code, fault
from sampling.frame import Period


def check_dates(
    relation: Relation, profiles: tuple[Profile, ...], period: Period | None
) -> Iterator[Fault]:
    """Yield arrests before their incident, and days outside the period.

    Only days that can be read for certain are compared.

    Args:
        relation: The extract.
        profiles: The values of each column.
        period: The days that records should be of; None where nobody said.
    """
    by_name = {profile.values.name: profile for profile in profiles}
    yield from _arrest_before_incident(relation, by_name)
    if period is not None and period.column not in by_name:
        known = ", ".join(relation.columns)
        yield fault(Code.UNKNOWN_COLUMN, 1, column=period.column, detail=known)
    elif period is not None:
        yield from _outside(relation, by_name[period.column], period)


def _arrest_before_incident(relation: Relation, by_name: dict[str, Profile]) -> Iterator[Fault]:
    dated = [name for name in by_name if "date" in name.lower()]
    arrests = [name for name in dated if "arrest" in name.lower()]
    incidents = [
        name
        for name in dated
        if any(word in name.lower() for word in ("incident", "reported", "offence"))
        and name not in arrests
    ]
    if not arrests or not incidents:
        return
    arrest = days(relation, by_name[arrests[0]].values)
    incident = days(relation, by_name[incidents[0]].values)
    if arrest is None or incident is None:
        return
    # A month without a day is compared as a month.
    condition = f"left({arrest}, strlen({incident})) < left({incident}, strlen({arrest}))"
    count = relation.number(f"SELECT count(*) FROM extract WHERE {condition}")
    if count:
        places = relation.places(condition, arrests[0])
        yield fault(
            Code.ARREST_BEFORE_INCIDENT, count, places, column=arrests[0], detail=incidents[0]
        )


def _outside(relation: Relation, profile: Profile, period: Period) -> Iterator[Fault]:
    name = profile.values.name
    day = days(relation, profile.values)
    readable = f"({day}) IS NOT NULL" if day is not None else "false"
    unread = f"NOT ({blank(relation.column(name))}) AND NOT ({readable})"
    count = relation.number(f"SELECT count(*) FROM extract WHERE {unread}")
    if count:
        yield fault(Code.UNREAD_DATES, count, relation.places(unread, name), column=name)
    if day is None:
        return
    outside = (
        f"left({day} || '-31', 10) < '{period.first.isoformat()}' "
        f"OR {day} > '{period.last.isoformat()}'"
    )
    count = relation.number(f"SELECT count(*) FROM extract WHERE {outside}")
    if count:
        places = relation.places(f"({outside})", name)
        detail = f"{period.first.isoformat()} to {period.last.isoformat()}"
        yield fault(Code.OUTSIDE_PERIOD, count, places, column=name, detail=detail)
