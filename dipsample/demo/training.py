"""The project's own training sets: invented records, each kind of case that coders get wrong.

Made by the generator of the example extract, so that the expected answers are known by how the
records were made. A set's number is its seed: the same number gives the same set.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from io import StringIO
from typing import Final

from dipsample.demo.extract import make_extract
from dipsample.demo.truth import CANNOT_DETERMINE
from review.calibration import TrainingCase

INVENTED: Final = 1000
ID_COLUMN: Final = "incident_id"
FIRST_SILENT: Final = 1001
"""Sets from here on are for silent checks; nobody takes so many for training."""
NOT_SCORED: Final = ("Z3", "Z4")
"""Confidence and the reason for it: nobody else knows them."""

_Kind = Callable[[Mapping[str, str]], bool]

KINDS: Final[tuple[tuple[str, _Kind], ...]] = (
    (
        "nobody arrested, and no allegation but one",
        lambda truth: truth.get("A1") == "no" and truth.get("C1") == "no",
    ),
    (
        "one arrest and a bare denial: no counter-allegation",
        lambda truth: truth.get("A4") == "yes" and truth.get("C1") == "no",
    ),
    (
        "a counter-allegation that lives in free text alone, such as self-defence at interview",
        lambda truth: truth.get("C5") == "free_text_only",
    ),
    (
        "a counter-allegation on a crime report of its own",
        lambda truth: truth.get("C5") == "separate_crime",
    ),
    (
        "both main parties arrested",
        lambda truth: truth.get("A3") == "yes" and truth.get("A4") == "yes",
    ),
    (
        "several people arrested, and not both main parties",
        lambda truth: truth.get("A2") == "2" and "no" in (truth.get("A3"), truth.get("A4")),
    ),
    (
        "the record does not say who was arrested",
        lambda truth: truth.get("A2") == CANNOT_DETERMINE,
    ),
    (
        "the record does not let anyone say whether there was a counter-allegation",
        lambda truth: truth.get("C1") == CANNOT_DETERMINE,
    ),
)
"""What a case is there to show, and how the truth of such a case looks."""


def training_set(number: int) -> tuple[TrainingCase, ...]:
    """Return a training set: one case of every kind, in an order that tells nothing.

    Args:
        number: Which set, from 1.
    """
    made = make_extract(INVENTED, seed=f"training-set-{number:08d}")
    chosen: dict[str, str] = {}
    for lesson, is_kind in KINDS:
        for record_id, truth in made.truths.items():
            if record_id not in chosen and is_kind(truth.answers):
                chosen[record_id] = lesson
                break
    rows = csv.DictReader(StringIO(made.content.decode("utf-8")))
    columns = {row[ID_COLUMN]: row for row in rows if row[ID_COLUMN] in chosen}
    return tuple(
        TrainingCase(
            id=record_id,
            text=made.narratives[record_id],
            expected={
                question: value
                for question, value in made.truths[record_id].answers.items()
                if question not in NOT_SCORED
            },
            lesson=chosen[record_id],
            columns={name: text for name, text in columns[record_id].items() if name != ID_COLUMN},
        )
        for record_id in sorted(chosen)
    )


def silent_set(cases: int) -> tuple[TrainingCase, ...]:
    """Return invented cases for silent checks; none of them stands in a training set of coders.

    Args:
        cases: At least how many.
    """
    sets = -(-cases // len(KINDS))
    return tuple(
        case for number in range(FIRST_SILENT, FIRST_SILENT + sets) for case in training_set(number)
    )
