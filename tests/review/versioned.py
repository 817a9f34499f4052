"""A codebook of four questions in several versions, and a log that is written with them."""

from __future__ import annotations

import json

from review.carrying import carry_over
from review.codebook import Codebook, codebook_from_body, parse_codebook
from review.codebook_events import AnswerConfirmed, CodebookRevised
from review.coding_state import Coding
from review.events import (
    AnswerSet,
    CodebookPublished,
    CodingOpened,
    CodingSubmitted,
    Entry,
    ReviewEvent,
)
from review.fold import Review

TEXT = """format = 1
id = "ours"
version = "1.0.0"
window_days = 7

[answers.ynu]
yes = {key = "y", label = "Yes"}
no = {key = "n", label = "No"}
cannot_determine = {key = "u", label = "Cannot be determined", missing = true}

[answers.who]
one = {key = "1", label = "One"}
two = {key = "2", label = "Two"}
cannot_determine = {key = "u", label = "Cannot be determined", missing = true}

[[question]]
id = "A1"
ask = "Was anyone arrested?"
answers = "ynu"
define = "A recorded arrest."
outcome = true

[[question]]
id = "A2"
ask = "How many people?"
answers = "who"
ask_if = {A1 = {eq = "yes"}}
define = "People, not arrests."
outcome = true

[[question]]
id = "C1"
ask = "Did each allege abuse by the other?"
answers = "ynu"
define = "An allegation of conduct."
outcome = true

[[question]]
id = "Z4"
ask = "Why?"
type = "text"
max_length = 500
"""


def version(number: str, *changes: tuple[str, str]) -> Codebook:
    """Return the codebook with another number and these words replaced."""
    text = TEXT.replace('version = "1.0.0"', f'version = "{number}"')
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return parse_codebook(text, source="ours.toml")


def reworded(old: Codebook, question_id: str, ask: str) -> Codebook:
    """Return version 1.1.0 of any codebook, in which one question is asked in other words."""
    body = json.loads(old.body)
    (question,) = (one for one in body["question"] if one["id"] == question_id)
    body["version"], question["ask"] = "1.1.0", ask
    return codebook_from_body(json.dumps(body))


FIRST = version("1.0.0")
MEANING = version("2.0.0", ("A recorded arrest.", "An arrest of either party."))
REWORDED = version("1.0.1", ("Did each allege", "Has each alleged"))
WIDER = version("1.1.0", ("two = {key", 'more = {key = "3", label = "More"}\ntwo = {key'))
ASKING_MORE = version(
    "1.2.0",
    (
        '[[question]]\nid = "Z4"',
        '[[question]]\nid = "C2"\nask = "Who first?"\nanswers = "who"\n'
        'define = "By time."\n\n[[question]]\nid = "Z4"',
    ),
)
WITHOUT_A2 = version("3.0.0", (TEXT[TEXT.index('[[question]]\nid = "A2"') : TEXT.index(
    '[[question]]\nid = "C1"')], ""), (TEXT[TEXT.index("[answers.who]") : TEXT.index(
    '[[question]]\nid = "A1"')], ""))  # fmt: skip
NARROWER = version("4.0.0", ('two = {key = "2", label = "Two"}\n', ""))


class Log:
    """A review that began with the first version, and a way to write into it."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._seqs: dict[str, int] = {}
        self.write("boss", CodebookPublished(
            id=FIRST.id, version=FIRST.version, sha256=FIRST.sha256, body=FIRST.body,
        ))  # fmt: skip

    @property
    def review(self) -> Review:
        review = Review()
        for entry in self.entries:
            review.apply(entry)
        return review

    def write(self, who: str, event: ReviewEvent, case_id: str | None = None) -> None:
        seq = self._seqs[who] = self._seqs.get(who, 0) + 1
        time = f"2025-01-01T{len(self.entries) // 60:02d}:{len(self.entries) % 60:02d}:00Z"
        self.entries.append(Entry(event, case_id, who, f"{who}.one", seq, time))

    def publish(self, new: Codebook, *, cosmetic: tuple[str, ...] = ()) -> None:
        parent = self.review.codebook
        assert parent is not None
        self.write("boss", CodebookRevised(
            id=new.id, version=new.version, sha256=new.sha256, body=new.body,
            parent_sha256=parent.sha256, reason="words were unclear", cosmetic=cosmetic,
        ))  # fmt: skip

    def hand_in(self, case_id: str, answers: dict[str, str], who: str = "amber") -> None:
        book = self.review.codebook
        assert book is not None
        self.write(who, CodingOpened(codebook_sha256=book.sha256), case_id)
        for question, value in answers.items():
            self.set(case_id, question, value, who)
        self.write(who, CodingSubmitted(), case_id)

    def set(self, case_id: str, question: str, value: str, who: str = "amber") -> None:
        old = self.coding(case_id, who).answers.get(question, ())
        self.write(who, AnswerSet(question=question, old=old, new=(value,)), case_id)

    def coding(self, case_id: str, who: str = "amber") -> Coding:
        return self.review.coding_of(case_id, who)

    def carry(self, case_id: str, who: str = "amber") -> None:
        review = self.review
        for event in carry_over(review.versions, review.coding_of(case_id, who)):
            self.write(who, event, case_id)

    def confirm(self, case_id: str, question: str, who: str = "amber") -> None:
        value = self.coding(case_id, who).answers[question]
        self.write(who, AnswerConfirmed(question=question, value=value), case_id)
