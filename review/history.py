"""What one person wrote about one case, over all the devices they wrote on.

Almost always that is one stream, folded as it grows. Where there are several, they are brought
into one order by claimed time, each stream keeping its own order, so that the result does not
depend on which arrived first.
"""

from __future__ import annotations

import heapq

from review.coding_state import Coding, apply_to_coding
from review.events import Entry


class CodingHistory:
    """The events of one person's coding of one case."""

    def __init__(self, case_id: str, reviewer: str) -> None:
        self._blank = Coding(case_id=case_id, reviewer=reviewer, codebook_sha256="")
        self._streams: dict[str, list[Entry]] = {}
        self._coding: Coding | None = self._blank

    def add(self, entry: Entry) -> None:
        """Take one event in."""
        self._streams.setdefault(entry.stream, []).append(entry)
        if len(self._streams) > 1:
            self._coding = None
        elif self._coding is not None:
            self._coding = apply_to_coding(self._coding, entry)

    @property
    def coding(self) -> Coding:
        """The coding as these events leave it."""
        if self._coding is None:
            ordered = heapq.merge(
                *(self._streams[name] for name in sorted(self._streams)),
                key=lambda entry: entry.time,
            )
            coding = self._blank
            for entry in ordered:
                coding = apply_to_coding(coding, entry)
            self._coding = coding
        return self._coding
