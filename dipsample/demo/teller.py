"""Says one thing after the other into a log, in wordings picked by tickets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dipsample.demo.chance import Chance
from dipsample.demo.incident import Incident
from dipsample.demo.log import Log
from dipsample.demo.timeline import Times


@dataclass(frozen=True, slots=True)
class Teller:
    """One incident, its words and its times, and the log that is being written."""

    incident: Incident
    chance: Chance
    words: Mapping[str, str]
    times: Times
    log: Log

    def say(self, at: int, templates: Sequence[str], *questions: str) -> None:
        """Add one of the wordings at a time, as showing the answers to these questions."""
        self.log.add(at, self.chance.pick(templates).format_map(self.words), *questions)
