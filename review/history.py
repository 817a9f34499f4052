"""What one person wrote about one case, over all the devices they wrote on.

Almost always that is one stream, folded as it grows. Where there are several, they are brought
into one order by claimed time, each stream keeping its own order, so that the result does not
depend on which arrived first.
"""

from __future__ import annotations

import heapq
from dataclasses import replace

from review.coding_state import Coding, apply_to_coding
from review.events import Entry


class CodingHistory:
    """The events of one person's coding of one case."""

    def __init__(self, case_id: str, reviewer: str) -> None:
        self._blank = Coding(case_id=case_id, reviewer=reviewer, codebook_sha256="")
        self._streams: dict[str, list[Entry]] = {}
        self._coding: Coding | None = self._blank
        self._handed_in: list[tuple[Coding, int]] = []
        self._folded = 0

    def add(self, entry: Entry) -> None:
        """Take one event in."""
        self._streams.setdefault(entry.stream, []).append(entry)
        if len(self._streams) > 1:
            self._coding = None
        elif self._coding is not None:
            self._coding = self._after(self._coding, entry)

    @property
    def coding(self) -> Coding:
        """The coding as these events leave it."""
        if self._coding is None:
            ordered = heapq.merge(
                *(self._streams[name] for name in sorted(self._streams)),
                key=lambda entry: entry.time,
            )
            coding = self._blank
            self._handed_in, self._folded = [], 0
            for entry in ordered:
                coding = self._after(coding, entry)
            self._coding = coding
        return self._coding

    def handed_in(self, revision: int) -> Coding | None:
        """Return the coding as it was handed in for the nth time; None where it was not.

        What its coder wrote behind that is left out, and counted.
        """
        if not 1 <= revision <= self.coding.revision:
            return None
        coding, folded = self._handed_in[revision - 1]
        return replace(coding, uncounted_events=self._folded - folded)

    def _after(self, coding: Coding, entry: Entry) -> Coding:
        """Fold one event in, and keep the coding where it is handed in by it."""
        self._folded += 1
        result = apply_to_coding(coding, entry)
        if result.revision > coding.revision:
            self._handed_in.append((result, self._folded))
        return result
