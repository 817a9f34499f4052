"""Print how long it takes to read and fold the log of a coded audit, and to read one case."""

from __future__ import annotations

import time

from review.applicability import read_sheet
from review.case import Review, decode
from review.codebook import builtin_codebook
from review.events import Entry

ANSWERS = {
    "E1": "yes", "E2": "yes", "A1": "yes", "A2": "1", "A3": "no", "A4": "yes", "A8": "neither",
    "A10": "no_linked_incident", "A11": "neither", "C1": "no", "Z3": "high", "Z5": "no",
}  # fmt: skip
CASES = 500


def log() -> list[tuple[str, str | None, dict[str, object]]]:
    """Return kind, case and payload of every event: 14 to a case."""
    codebook = builtin_codebook("da-short")
    head = {"id": codebook.id, "version": codebook.version}
    body = {"sha256": codebook.sha256, "body": codebook.body}
    events: list[tuple[str, str | None, dict[str, object]]] = [
        ("CodebookPublished", None, {"v": 1, **head, **body})
    ]
    for number in range(1, CASES + 1):
        case = f"C-{number:04d}"
        opened = {"v": 1, "codebook_sha256": codebook.sha256, "purpose": "primary"}
        events.append(("CodingOpened", case, opened))
        for question, value in ANSWERS.items():
            answer: dict[str, object] = {"question": question, "old": [], "new": [value]}
            events.append(("AnswerSet", case, {"v": 1, **answer, "active_seconds": 9}))
        events.append(("CodingSubmitted", case, {"v": 1}))
    return events


def main() -> None:
    events = log()
    begin = time.perf_counter()
    review = Review()
    for seq, (kind, case, data) in enumerate(events, start=1):
        event = decode(kind, data)
        assert event is not None
        review.apply(Entry(event, case, "r1", "r1-laptop", seq, "2026-11-21T10:00:00Z"))
    folded = time.perf_counter() - begin
    print(f"decode and fold {len(events):,} events: {folded * 1000:.0f} ms")
    codebook = builtin_codebook("da-short")
    answers = review.coding_of("C-0001", "r1").answers
    begin = time.perf_counter()
    for _ in range(1000):
        read_sheet(codebook, answers, ())
    print(f"read one case: {time.perf_counter() - begin:.3f} ms")


if __name__ == "__main__":
    main()
