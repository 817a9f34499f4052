"""One run of many on a fresh copy of the small project, and what coders can do in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from dipsample.audit import Audit
from dipsample.errors import LeakFoundError, RefusedError
from review.codebook import QuestionType, builtin_codebook

BOSS, REVIEWERS = "boss", ("amber", "birch")
Open = Callable[[str], Audit]
"""Opens the project as a person."""
Openers = Callable[[], Iterator[Open]]
"""Gives a copy a run, closed after it."""
Step = tuple[Any, ...]
"""A method of the front door, and what it takes after the name and the case."""

CODEBOOK = builtin_codebook("da-short")
CHOICES: list[Step] = [
    ("answer", question.id, (value,))
    for question in CODEBOOK.questions
    if question.type is not QuestionType.TEXT
    for value in question.values
]
"""Every answer that can be chosen."""


@contextmanager
def project(openers: Openers) -> Iterator[Open]:
    run = openers()
    try:
        yield next(run)
    finally:
        for _ in run:
            raise AssertionError("one copy a run")


def take(audit: Audit, name: str, case_id: str, step: Step) -> None:
    """Take one step, unless a rule refuses it."""
    method, *arguments = step
    try:
        getattr(audit, method)(name, case_id, *arguments)
    except (RefusedError, LeakFoundError):
        return
