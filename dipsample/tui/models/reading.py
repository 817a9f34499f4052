"""Moving about in the text of a record: key words, words looked for, and the quote being chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dipsample.tui.drawing.record import (
    Mark,
    MarkKind,
    Passage,
    Place,
    found_in,
    key_terms_in,
    sentences_of,
)


@dataclass(slots=True)
class Steps:
    """A list of places and the one stood on."""

    places: tuple[Place, ...] = ()
    at: int | None = None

    def move(self, by: int) -> Place | None:
        """Go ``by`` places on, round at the ends; None where there are none."""
        if not self.places:
            return None
        self.at = (0 if by > 0 else -1) if self.at is None else self.at + by
        self.at %= len(self.places)
        return self.places[self.at]


@dataclass(slots=True)
class QuoteCursor:
    """The sentences marked in quote mode."""

    sentences: tuple[Place, ...]
    first: int
    last: int

    def move(self, by: int) -> None:
        """Stand on one sentence, ``by`` away from the present end."""
        start = self.last if by > 0 else self.first
        self.first = self.last = min(max(0, start + by), len(self.sentences) - 1)

    def stretch(self, by: int) -> None:
        """Take one sentence more or less; a quote stays within one field."""
        last = min(max(self.first, self.last + by), len(self.sentences) - 1)
        if self.sentences[last].field == self.sentences[self.first].field:
            self.last = last

    @property
    def place(self) -> Place:
        """The words that would be pinned."""
        first, last = self.sentences[self.first], self.sentences[self.last]
        return Place(first.field, first.start, last.end)


@dataclass(slots=True)
class Reading:
    """Where the reader of one record is.

    Attributes:
        terms: The key words.
        found: The words looked for.
        quoting: The quote being chosen; None outside quote mode.
        look_at: A place that the screen should bring into sight; the screen clears it.
        words: What was looked for last.
    """

    passages: tuple[Passage, ...]
    terms: Steps
    found: Steps = field(default_factory=Steps)
    quoting: QuoteCursor | None = None
    look_at: Place | None = None
    words: str = ""
    sentences: tuple[Place, ...] = ()

    def step_term(self, by: int) -> bool:
        """Go to another key word; False where the record has none."""
        self.look_at = self.terms.move(by)
        return self.look_at is not None

    def find(self, words: str) -> int:
        """Mark ``words``, go to the first place after the present one, and count the places."""
        places = found_in(self.passages, words)
        if places != self.found.places:
            self.found = Steps(places)
        self.words = words
        self.look_at = self.found.move(1)
        return len(places)

    def status(self, quotes: int) -> str:
        """Return where the reader is, such as ``term 3 of 7  1 quote``."""
        parts = []
        if self.quoting is not None:
            parts.append("choosing a quote")
        elif self.terms.places:
            count = len(self.terms.places)
            at = self.terms.at
            words = "1 key word" if count == 1 else f"{count} key words"
            parts.append(words if at is None else f"key word {at + 1} of {count}")
        if quotes:
            parts.append("1 quote" if quotes == 1 else f"{quotes} quotes")
        return "  ".join(parts)

    def start_quote(self) -> bool:
        """Enter quote mode at the key word stood on, or at the first; False on an empty record."""
        if not self.sentences:
            return False
        at = self._sentence_of_interest()
        self.quoting = QuoteCursor(self.sentences, at, at)
        self.look_at = self.quoting.place
        return True

    def _sentence_of_interest(self) -> int:
        terms = self.terms
        stood_on = terms.places[terms.at or 0] if terms.places else None
        if stood_on is None:
            return 0
        return next(
            (
                number
                for number, sentence in enumerate(self.sentences)
                if sentence.field == stood_on.field and stood_on.start < sentence.end
            ),
            0,
        )

    def marks(self, quotes: Sequence[Place]) -> list[Mark]:
        """Return all marks of the record, pinned ``quotes`` among them."""
        marks = [Mark(place, MarkKind.QUOTE) for place in quotes]
        marks += [
            Mark(place, MarkKind.TERM_HERE if number == self.terms.at else MarkKind.TERM)
            for number, place in enumerate(self.terms.places)
        ]
        marks += [Mark(place, MarkKind.FOUND) for place in self.found.places]
        if self.quoting is not None:
            marks.append(Mark(self.quoting.place, MarkKind.CURSOR))
        return marks


def reading_of(passages: tuple[Passage, ...], key_terms: Sequence[str]) -> Reading:
    """Return a reader at the start of a record."""
    return Reading(
        passages=passages,
        terms=Steps(key_terms_in(passages, key_terms)),
        sentences=sentences_of(passages),
    )
