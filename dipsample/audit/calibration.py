"""Calibration of coders: training sets, their scores, and admission below the gate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dipsample import calibrating
from dipsample.audit.standing import Standing
from review.calibration import Score, TrainingCase

if TYPE_CHECKING:
    from dipsample.audit import Audit


class Calibration(Standing):
    """Training sets coded apart from the sample, and what came of them."""

    def next_training_set(self, name: str) -> tuple[TrainingCase, ...]:
        """Return an invented set that a person has not coded in this project yet."""
        from dipsample.demo.training import training_set

        self._project.refresh()
        return training_set(len(self._project.state.review.calibrations.scores_of(name)) + 1)

    @contextmanager
    def training(self, name: str, cases: Sequence[TrainingCase]) -> Iterator[tuple[Audit, Path]]:
        """Yield a project of training cases on this project's codebook, and its file.

        Raises:
            CalibrationError: Where the set does not fit the codebook.
        """
        world = self._project.world
        with calibrating.training_project(self.codebook, cases, name, world) as opened:
            yield opened

    def score_training(
        self, name: str, cases: Sequence[TrainingCase], training: Audit
    ) -> Score | None:
        """Score a training set and write the score down; None while cases are not handed in."""
        found = calibrating.score_of(training, cases, name)
        if found is not None:
            calibrating.record_score(self._project, name, self.codebook, cases, found)
        return found

    def is_below_gate(self, name: str) -> bool:
        """Say whether a person's last calibration keeps them from coding."""
        return self._project.state.review.calibrations.is_below_gate(name)

    def admit(self, name: str, code: str, reason: str) -> None:
        """Let a coder who is below the gate code; as :func:`dipsample.calibrating.admit`."""
        self._supervise(name)
        calibrating.admit(self._project, name, code, reason)
