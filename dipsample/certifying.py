"""Exact intervals for a project: taken from its file where they were worked out before.

What is kept is no truth and is never looked at by ``verify``: it follows from the events, and is
worked out again wherever the file cannot be written, or another version of the program or of its
numeric libraries worked it out. In a file without encryption anybody can write: what it holds is
tested before it is believed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import Final, TypeVar

import dipsample
from dipsample.errors import SurroundingsError
from dipsample.ledger import canonical
from dipsample.store.protocol import Store
from sampling.estimation import Certificates, IntervalOfStrata, Limits

Progress = Callable[[int, int], None]
"""Told after each interval: how many are there, of how many."""

_Answer = TypeVar("_Answer")
_LIBRARIES: Final = ("numpy", "scipy")
_WRITTEN_TOGETHER: Final = 16


def untold(done: int, of: int) -> None:
    """Tell nobody."""
    del done, of


class KeptIntervals:
    """The intervals of one open project."""

    def __init__(self, store: Store, *, is_sealed: bool) -> None:
        """Take what the file holds.

        Args:
            store: The project's file.
            is_sealed: Whether nobody without its passphrase can change it; limits of any other
                file are tested before they are believed.
        """
        self._store = store
        made_by = [f"{name} {version(name)}" for name in _LIBRARIES]
        self._prefix = "|".join(["interval", f"dipsample {dipsample.__version__}", *made_by, ""])
        kept = self._read(store.worked_out())
        self._known = kept if is_sealed else {}
        self._claimed: Mapping[str, Limits] = {} if is_sealed else kept
        self._is_writable = not store.read_only

    def at_once(self, ask: Callable[[IntervalOfStrata], _Answer]) -> _Answer:
        """Ask with what is known, and previews in the place of what is not.

        Args:
            ask: Given what gives the interval of strata, returns what is wanted.
        """
        return ask(Certificates(self._known, claimed=self._claimed).at_once)

    def exact(
        self, ask: Callable[[IntervalOfStrata], _Answer], progress: Progress = untold
    ) -> _Answer:
        """Ask, work out what is not known, and ask again.

        Args:
            ask: As in :meth:`at_once`.
            progress: Told after each interval; what it raises ends the work, and what was worked
                out until then is kept.
        """
        certificates = Certificates(self._known, claimed=self._claimed)
        found = ask(certificates.at_once)
        if not certificates.due:
            return found
        self._work_out(certificates, progress)
        return ask(certificates.interval)

    def _work_out(self, certificates: Certificates, progress: Progress) -> None:
        of, unwritten = certificates.due, dict[str, Limits]()
        try:
            while (found := certificates.work_out()) is not None:
                key, limits = found
                if self._claimed.get(key) != limits:
                    unwritten[key] = limits
                if len(unwritten) == _WRITTEN_TOGETHER:
                    self._keep(unwritten)
                    unwritten = {}
                progress(of - certificates.due, of)
        finally:
            self._keep(unwritten)

    def _keep(self, limits: Mapping[str, Limits]) -> None:
        """Write limits to the file; where that fails once, do without it from then on."""
        if not (limits and self._is_writable):
            return
        try:
            self._store.keep_worked_out(
                {self._prefix + key: canonical(list(each)) for key, each in limits.items()}
            )
        except SurroundingsError:
            self._is_writable = False

    def _read(self, kept: Mapping[str, bytes]) -> dict[str, Limits]:
        """Return the limits that this version worked out."""
        return {
            key.removeprefix(self._prefix): limits
            for key, body in kept.items()
            if key.startswith(self._prefix) and (limits := _limits_in(body)) is not None
        }


def _limits_in(body: bytes) -> Limits | None:
    """Return two numbers in order; None where something else was kept."""
    try:
        found = json.loads(body)
    except ValueError:
        return None
    match found:
        case [int(least), int(most)] if 0 <= least <= most:
            return least, most
    return None
