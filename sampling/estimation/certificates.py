"""Exact intervals of strata, each pair of limits worked out once and kept.

A page of findings holds hundreds of intervals over one design, many of the same counts, and an
exact one can take a second. Here what is known is given at once, and what is not is noted as due:
a preview stands in for it until somebody has it worked out.

Shared; holds no method of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from typing import NamedTuple, Protocol

from sampling.estimation.counts import StratumCount, check_strata
from sampling.estimation.interval import Interval, Method
from sampling.estimation.kept_limits import can_be_kept
from sampling.estimation.stratified_sample import Limits, key_of, preview, stratified

_AT_ODDS = 1.25


class IntervalOfStrata(Protocol):
    """Gives the interval of a stratified sample: ``stratified``, ``preview``, or what is kept."""

    def __call__(
        self, strata: Sequence[StratumCount], *, confidence: float, method: Method | None = None
    ) -> Interval:
        """Return it, for arguments as :func:`stratified` takes them.

        What stands in for an exact interval may be of another method than the one asked for.
        """


class _Due(NamedTuple):
    """An interval that was asked for and is not known."""

    strata: tuple[StratumCount, ...]
    confidence: float
    method: Method | None


class Certificates:
    """The limits that are known, and those that are due."""

    def __init__(
        self,
        known: MutableMapping[str, Limits] | None = None,
        *,
        claimed: Mapping[str, Limits] | None = None,
    ) -> None:
        """Start from limits that were worked out before.

        Args:
            known: By :func:`key_of`; believed as they stand. What is worked out is added to it.
            claimed: Likewise, where somebody else may have changed them: each is due until it is
                tested (:func:`can_be_kept`), which is soon done, and worked out where it fails.
        """
        self._known = {} if known is None else known
        self._claimed = {} if claimed is None else claimed
        self._due: dict[str, _Due] = {}

    @property
    def due(self) -> int:
        """How many pairs of limits were asked for and are not known."""
        return len(self._due)

    def at_once(
        self, strata: Sequence[StratumCount], *, confidence: float, method: Method | None = None
    ) -> Interval:
        """Return the exact interval where it is known, else a preview of it, noted as due.

        Arguments and errors as :func:`stratified`.
        """
        check_strata(strata)
        if sum(not stratum.is_census for stratum in strata) < 2:
            return self.interval(strata, confidence=confidence, method=method)
        key = key_of(strata, confidence=confidence, method=method)
        if key in self._known:
            return self.interval(strata, confidence=confidence, method=method)
        found = preview(strata, confidence=confidence)
        self._due[key] = _Due(tuple(strata), confidence, method)
        return found

    def interval(
        self, strata: Sequence[StratumCount], *, confidence: float, method: Method | None = None
    ) -> Interval:
        """Return the exact interval, worked out where it is not known.

        Arguments and errors as :func:`stratified`.
        """
        return stratified(strata, confidence=confidence, method=method, known=self._known)

    def work_out(self) -> tuple[str, Limits] | None:
        """Find the limits that are due longest; return them with their key, None if none is."""
        if not self._due:
            return None
        key = next(iter(self._due))
        due = self._due[key]
        claimed = self._claimed.get(key)
        if claimed is not None and can_be_kept(
            due.strata, claimed, confidence=due.confidence, method=due.method
        ):
            self._known[key] = claimed
        self.interval(due.strata, confidence=due.confidence, method=due.method)
        self._due.pop(key, None)
        return key, self._known[key]


def is_at_odds(exact: Interval, instant: Interval) -> bool:
    """Say whether two intervals of the same counts differ by over 25 % in width.

    Args:
        exact: By an exact method.
        instant: By ``korn-graubard-capped``.
    """
    widths = sorted((exact.upper - exact.lower, instant.upper - instant.lower))
    return widths[1] > _AT_ODDS * widths[0]
