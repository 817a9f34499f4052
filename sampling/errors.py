"""What can go wrong in sampling.

SamplingError
├── TicketError         a seed, label or record id that breaks the ticket specification
├── ExtractError        an extract that cannot be read, or has faults (carries all of them)
│   └── ExtractNameError    a name of an extract that leads to nothing, or holds a password
├── EngineError         the warehouse of a frame cannot be reached, or its program is missing
├── PlanError           a plan that no frame of this shape can carry
└── EstimationError     counts that no sample could have
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sampling.checks import Fault


class SamplingError(Exception):
    """One sentence: what is wrong, where, and what to do. Never the text of a record."""


class TicketError(SamplingError, ValueError):
    """A seed, label or record id that the ticket specification refuses."""


class ExtractError(SamplingError):
    """An extract that cannot become a frame.

    Attributes:
        faults: Every fault found, worst first; empty where the file could not be read at all.
    """

    def __init__(self, message: str, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(message)
        self.faults = faults


class ExtractNameError(ExtractError, ValueError):
    """A name of an extract that leads to nothing, or that holds a password."""


class EngineError(SamplingError):
    """The warehouse of a frame cannot be reached, or the program for it is not installed."""


class PlanError(SamplingError, ValueError):
    """A plan that the frame cannot carry; the message names the feasible range."""


class EstimationError(SamplingError, ValueError):
    """Counts that no sample of the stated frame could have given."""
