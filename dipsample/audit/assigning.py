"""Who codes what: assignment, leave, second looks, reopening."""

from __future__ import annotations

from collections.abc import Sequence

from dipsample import assigning, silent_checks
from dipsample.audit.standing import Standing
from dipsample.silent_checks import SilentChecks
from review.calibration import TrainingCase


class Assigning(Standing):
    """What a supervisor decides about who codes; refused to anybody else."""

    def assign(
        self,
        name: str,
        reviewers: Sequence[str],
        *,
        double: str | None = None,
        checks: Sequence[TrainingCase] | None = None,
    ) -> bool:
        """Deal the cases out, or on; as :func:`dipsample.assigning.assign`."""
        self._supervise(name)
        return assigning.assign(self._project, name, reviewers, double=double, checks=checks)

    def invented_checks(self, name: str, *, coders: int) -> tuple[TrainingCase, ...]:
        """Return invented cases, enough for so many coders' silent checks; for the supervisor."""
        from dipsample.demo.training import silent_set

        self._supervise(name)
        return silent_set(silent_checks.most_needed(self._project, coders))

    @property
    def has_silent_checks(self) -> bool:
        """Whether there are silent checks among the cases: coders are told that, and no more."""
        return bool(self._project.state.review.gold.cases)

    def silent_checks(self, name: str) -> SilentChecks | None:
        """Return what the silent checks show; None for coders, and where none are placed."""
        self._project.refresh()
        return silent_checks.seen(self._project) if self.is_supervisor(name) else None

    def let_go(self, name: str, reviewer: str) -> bool:
        """Note that a reviewer left; as :func:`dipsample.assigning.let_go`."""
        self._supervise(name)
        return assigning.let_go(self._project, name, reviewer)

    def pass_on(self, name: str, case_id: str, *, giver: str, taker: str | None = None) -> bool:
        """Take a case off a reviewer for another; as :func:`dipsample.assigning.pass_on`."""
        self._supervise(name)
        return assigning.pass_on(self._project, name, case_id, giver=giver, taker=taker)

    def second_looks(self, name: str) -> int:
        """Deal out second looks; as :func:`dipsample.assigning.second_looks`."""
        self._supervise(name)
        return assigning.second_looks(self._project, name)

    def reopen(self, name: str, case_id: str, *, code: str, reason: str) -> None:
        """Open a locked coding again; as :func:`dipsample.assigning.reopen`."""
        self._supervise(name)
        assigning.reopen(self._project, name, case_id, code=code, reason=reason)

    @property
    def cases_coded_twice(self) -> int:
        """How many cases a ticket chose to be coded by two people."""
        return assigning.coded_twice(self._project)
