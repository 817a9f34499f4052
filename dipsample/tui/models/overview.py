"""What the supervisor sees first: how far the cases are, referrals, questions of coders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dipsample.tui.commands import Need
from dipsample.tui.models.queue import project_notes
from dipsample.tui.models.times import clock_time, day_and_time, in_minutes
from dipsample.tui.models.totals import next_step, totals_words
from review.case import CaseState

if TYPE_CHECKING:
    from dipsample.audit import Audit
    from dipsample.views import OpenFlag, Overview, Referral


@dataclass(frozen=True, slots=True)
class Item:
    """Something that waits for the supervisor."""

    what: str
    case_id: str
    code: str
    time: str
    text: str
    flag_id: str | None
    """None: a safeguarding referral."""

    @property
    def is_referral(self) -> bool:
        """Whether it is a safeguarding referral."""
        return self.flag_id is None


@dataclass(frozen=True, slots=True)
class CoderRow:
    """How far one coder is."""

    code: str
    assigned: int
    submitted: int
    draft: int
    deferred: int


@dataclass(frozen=True, slots=True)
class OverviewView:
    """The supervisor's first page."""

    title: str
    notes: tuple[str, ...]
    """About the project."""
    saved: str
    warnings: tuple[str, ...]
    draw_line: str
    drawn: int
    reserve: int
    active: str
    """What coding took, over all coders together; empty where it would tell one person's time."""
    closed: int
    """Cases that are final or excluded."""
    final_but_referred: int
    """Those of them with a safeguarding referral that waits."""
    states: tuple[tuple[str, int], ...]
    """Cases by state; they add up to ``drawn``."""
    coders: tuple[CoderRow, ...]
    deciders: str
    """Codes of those who decide or check and code nothing; empty without one."""
    items: tuple[Item, ...]
    """Referrals first."""
    referrals_seen: int
    """Referrals that the supervisor has acknowledged."""
    totals: tuple[str, ...]
    """What became of cases coded twice and decided, and what waits; nothing where nothing did."""
    following: str
    """What to do next about the cases; empty where their coders are at work."""

    @property
    def waiting_referrals(self) -> int:
        """Referrals not acknowledged yet."""
        return sum(item.is_referral for item in self.items)

    @property
    def has(self) -> frozenset[Need]:
        """What can be done."""
        return frozenset({Need.CASES, Need.ITEMS}) if self.items else frozenset()


def overview_view(audit: Audit) -> OverviewView:
    """Return what the supervisor's first page shows."""
    seen = audit.overview()
    return OverviewView(
        title=audit.title,
        notes=project_notes(audit),
        saved=clock_time(audit.last_saved),
        warnings=(
            *audit.warnings,
            *audit.rule_words(audit.supervisor),
            *audit.watch_words(audit.supervisor),
        ),
        draw_line=seen.draw_line,
        drawn=seen.drawn,
        reserve=seen.reserve,
        active="" if seen.active_time is None else in_minutes(seen.active_time.seconds),
        closed=seen.drawn - seen.open_cases,
        final_but_referred=seen.totals.closed_but_referred,
        states=_states(seen),
        coders=tuple(
            CoderRow(one.code, one.assigned, one.submitted, one.draft, one.deferred)
            for one in seen.reviewers
        ),
        deciders=", ".join(seen.deciders),
        items=(
            *(_referral(one) for one in seen.referrals if one.acknowledged is None),
            *(_flag(one) for one in seen.flags),
        ),
        referrals_seen=sum(one.acknowledged is not None for one in seen.referrals),
        totals=totals_words(seen),
        following=next_step(seen, is_signed=audit.is_signed_off),
    )


def _states(seen: Overview) -> tuple[tuple[str, int], ...]:
    return tuple(
        (state.value.replace("_", " "), seen.counts[state])
        for state in CaseState
        if seen.counts.get(state)
    )


def _referral(one: Referral) -> Item:
    return Item(
        what="LIVE RISK",
        case_id=one.case_id,
        code=one.code,
        time=day_and_time(one.time),
        text="Say what was done about it.",
        flag_id=None,
    )


def _flag(one: OpenFlag) -> Item:
    return Item(
        what=f"{one.kind.value.replace('_', ' ')}{' (check)' if one.is_check else ''}",
        case_id=one.case_id,
        code=one.code,
        time=day_and_time(one.time),
        text=one.text,
        flag_id=one.flag_id,
    )
