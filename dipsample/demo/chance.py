"""Chance for the example: numbers read off tickets, so that its bytes are the same everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeVar

from sampling.tickets import ticket

_T = TypeVar("_T")
_DIGITS: Final = 8
_STEPS: Final = 16**_DIGITS


class Chance:
    """A row of independent uniform numbers for one topic of one record.

    Each number is eight hex digits of a ticket; a ticket holds eight of them, and the next
    ticket has the next page number in its id. Topics are independent, so a draw added to one
    leaves the others as they are.
    """

    __slots__ = ("_at", "_label", "_page", "_seed", "_ticket", "_topic")

    def __init__(self, label: str, seed: str, topic: str) -> None:
        """Begin at the first number of ``topic``, such as ``00017:arrest``."""
        self._label = label
        self._seed = seed
        self._topic = topic
        self._page = 0
        self._ticket = ""
        self._at = 0

    def _step(self) -> int:
        """Return the next number as a whole number of 0 to 2**32 - 1."""
        if self._at == len(self._ticket):
            self._ticket = ticket(self._label, self._seed, f"{self._topic}:{self._page}")
            self._page += 1
            self._at = 0
        digits = self._ticket[self._at : self._at + _DIGITS]
        self._at += _DIGITS
        return int(digits, 16)

    def happens(self, probability: float) -> bool:
        """Say whether something of this probability (0 to 1) happens."""
        return self._step() < probability * _STEPS

    def between(self, low: int, high: int) -> int:
        """Return a whole number of ``low`` to ``high``, both included, all equally likely."""
        return low + self._step() * (high - low + 1) // _STEPS

    def pick(self, options: Sequence[_T]) -> _T:
        """Return one of the options, all equally likely."""
        return options[self._step() * len(options) // _STEPS]

    def weighted(self, options: Sequence[tuple[_T, int]]) -> _T:
        """Return one of the options, each as likely as its whole-number weight says."""
        mark = self._step() * sum(weight for _, weight in options) // _STEPS
        for option, weight in options:
            if mark < weight:
                return option
            mark -= weight
        raise AssertionError("the mark lies below the sum of the weights")

    def hex_digits(self, digits: int) -> str:
        """Return the next ``digits`` hex digits, a multiple of eight."""
        return "".join(f"{self._step():08x}" for _ in range(digits // _DIGITS))
