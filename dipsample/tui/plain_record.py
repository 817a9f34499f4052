"""A record read aloud by paragraphs, and words of it found, for plain mode."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Final

from dipsample.tui.drawing.record import Passage, Place, found_in
from dipsample.tui.prompts import Prompts
from exports.rounding import counted

_EXAMPLE_WORDS: Final = 4


class SpokenRecord:
    """The record of one case."""

    def __init__(self, passages: Sequence[Passage], prompts: Prompts) -> None:
        self._passages = passages
        self._prompts = prompts
        self._texts = {passage.field: passage.text for passage in passages}
        self._paragraphs = [place for passage in passages for place in _paragraphs_of(passage)]

    def read(self) -> None:
        """Read all of it."""
        for number in range(1, len(self._paragraphs) + 1):
            self.read_paragraph(number)

    def read_paragraph(self, number: int) -> None:
        """Read one paragraph, from 1."""
        if not 1 <= number <= len(self._paragraphs):
            held = counted(len(self._paragraphs), "paragraph")
            self._prompts.say(f"The record has {held}.")
            return
        place = self._paragraphs[number - 1]
        field = f" ({place.field})" if len(self._passages) > 1 else ""
        self._prompts.say(
            f"Record, paragraph {number} of {len(self._paragraphs)}{field}: {self.text(place)}"
        )

    def text(self, place: Place) -> str:
        """Return the words of a place."""
        return self._texts[place.field][place.start : place.end]

    def find(self, words: str) -> None:
        """Say in which paragraphs words stand."""
        places = found_in(self._passages, words)
        numbers = sorted({self._number_of(place) for place in places})
        if not numbers:
            self._prompts.say("The record does not hold these words.")
        else:
            said = ", ".join(str(number) for number in numbers)
            self._prompts.say(f"{len(places)} found, in paragraph {said}.")

    @property
    def example(self) -> str:
        """A line that pins words of this record: a paragraph's number and how it begins."""
        if not self._paragraphs:
            return ""
        words = self.text(self._paragraphs[0]).split()
        return f"1 {' '.join(islice(words, _EXAMPLE_WORDS))}"

    def quoted(self, line: str) -> Place | str:
        """Return the place that a line quotes, or a sentence that says why it quotes none.

        Args:
            line: The number of a paragraph and words of it; or words that stand in one place.
        """
        number, _, words = line.partition(" ")
        if number.isdigit():
            return self._quoted_in(int(number), words)
        places = found_in(self._passages, line)
        if len(places) == 1:
            return places[0]
        if places:
            return (
                "These words stand in several places. Begin with a paragraph number, "
                f"1 to {len(self._paragraphs)}."
            )
        return "The record does not hold these words."

    def _quoted_in(self, number: int, words: str) -> Place | str:
        if not 1 <= number <= len(self._paragraphs):
            return f"Begin with a paragraph number, 1 to {len(self._paragraphs)}."
        place = self._paragraphs[number - 1]
        found = found_in((Passage(place.field, self.text(place)),), words)
        if not found:
            return "These words do not stand in that paragraph."
        return Place(place.field, place.start + found[0].start, place.start + found[0].end)

    def _number_of(self, place: Place) -> int:
        return next(
            number
            for number, paragraph in enumerate(self._paragraphs, 1)
            if paragraph.field == place.field
            and paragraph.start <= place.start < max(paragraph.end, 1)
        )


def _paragraphs_of(passage: Passage) -> list[Place]:
    """Return the paragraphs of a field: what stands between line breaks."""
    places: list[Place] = []
    start = 0
    for part in passage.text.split("\n"):
        if part.strip():
            places.append(Place(passage.field, start, start + len(part)))
        start += len(part) + 1
    return places
