"""Calibration: a training set coded in a project of its own, scored into the project.

The training project is thrown away afterwards. A training case is therefore never live, is coded
by the same rules and in the same front ends, and leaves in the log of the audit its score alone.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from dipsample.desk import joined
from dipsample.errors import RefusedError
from dipsample.project import Happened, OpenProject
from dipsample.settings import Settings
from review.calibration import Score, TrainingCase, check_set, score, set_hash
from review.calibration_events import CalibrationScored, ReviewerAdmitted
from review.codebook import Codebook
from review.supervision import words_of
from sampling.refusal import Refusal

if TYPE_CHECKING:
    from dipsample.audit import Audit
    from dipsample.project import World

ORDER = "20260101000000000000"
"""Seed of the numbers of training cases; nothing that is drawn rests on it."""
_TRAINER = "trainer"


@contextmanager
def training_project(
    codebook: Codebook, cases: Sequence[TrainingCase], name: str, world: World
) -> Iterator[tuple[Audit, Path]]:
    """Yield a project of training cases, all of them assigned to one person; gone afterwards.

    Raises:
        CalibrationError: Where the set does not fit the codebook.
    """
    from dipsample.opening import start_audit
    from sampling.frame import FrameSpec
    from sampling.planning import PlanRequest

    check_set(codebook, cases)
    with TemporaryDirectory(prefix="dipsample-training-") as folder:
        extract, path = Path(folder) / "training.csv", Path(folder) / "training.dip"
        with extract.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("case", "record"))
            writer.writerows((one.id, one.text) for one in cases)
        audit = start_audit(
            path,
            title="Training: invented records",
            codebook=codebook,
            settings=Settings(),
            supervisor=_TRAINER,
            passphrase=None,
            world=replace(world, data_folder=Path(folder)),
        )
        try:
            audit.commit_frame(_TRAINER, extract, FrameSpec(id_column="case", record=("record",)))
            audit.commit_plan(_TRAINER, PlanRequest(size=len(cases)))
            audit.draw(_TRAINER, extract, seed=ORDER, source="fixed: nothing is estimated")
            audit.assign(_TRAINER, (name,))
            yield audit, path
        finally:
            audit.close()


def score_of(training: Audit, cases: Sequence[TrainingCase], name: str) -> Score | None:
    """Return what a coder made of a training set; None while cases are not handed in.

    Cases are named by the numbers under which they were coded, which are all that a coder saw.
    """
    training.refresh()
    items = training.queue(name)
    if len(items) < len(cases) or not all(item.state.is_handed_in for item in items):
        return None
    by_record = {one.id: one for one in cases}
    numbered = [
        replace(by_record[row.record_id], id=row.case_id)
        for row in training.cases()
        if row.record_id in by_record
    ]
    sheets = {one.id: training.case_file(name, one.id).sheet for one in numbered}
    return score(training.codebook, numbered, sheets)


def record_score(
    project: OpenProject, name: str, codebook: Codebook, cases: Sequence[TrainingCase], found: Score
) -> None:
    """Write a score into the project; people new to it join."""
    project.refresh()
    event = CalibrationScored(
        set_sha256=set_hash(cases),
        codebook_sha256=codebook.sha256,
        cases=len(cases),
        questions=found.questions,
        right=found.right,
        asked=found.asked,
        missed=found.missed,
        is_passed=found.is_passed,
    )
    project.write(name, (*joined(project, name), Happened(event)))


def admit(project: OpenProject, name: str, code: str, reason: str) -> None:
    """Let a coder who is below the gate code.

    Raises:
        RefusedError: Where nobody has that code, they are not below the gate, or no reason is
            given.
    """
    review = project.state.review
    person = next((one for one, known in review.reviewers.items() if known == code), None)
    if person is None or not review.calibrations.is_below_gate(person):
        raise RefusedError(
            f"There is nobody {code} who is below the gate of calibration. Nothing was changed."
        )
    words = words_of(reason)
    if isinstance(words, Refusal):
        raise RefusedError(f"{words.reason} {words.way_out}")
    project.write(name, [Happened(ReviewerAdmitted(name=person, reason=words))])
