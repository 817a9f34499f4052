"""What happened, for screens to hear: facts without behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from review.finding import Finding


@dataclass
class SpanClicked(Message):
    """Words were clicked that stand for a key."""

    key: str


@dataclass
class TextEntered(Message):
    """A text field was confirmed."""

    text: str


@dataclass
class FieldLeft(Message):
    """A text field was left without confirming it."""


@dataclass
class FindingsComputed(Message):
    """The numbers asked for are there."""

    by: str | None
    """The column of the groups; None: the whole frame."""
    indicator: str
    """Whose groups they are; empty: all indicators."""
    version: str | None
    """The earlier version of the codebook that they rest on; None: the one in force."""
    findings: tuple[Finding, ...]
    """The figures."""


@dataclass
class IntervalWorkedOut(Message):
    """One more exact interval of the figures on the screen is there."""

    by: str | None
    """As in :class:`FindingsComputed`."""
    indicator: str
    """Likewise."""
    version: str | None
    """Likewise."""
    done: int
    """How many are there."""
    of: int
    """How many were wanted."""


@dataclass
class FindingsFailed(Message):
    """The numbers asked for could not be computed."""

    reason: str
    """One sentence."""
