"""How far coders agree: for the supervisor, and hidden from those who are coding."""

from __future__ import annotations

from collections.abc import Sequence

from dipsample import agreeing
from dipsample.audit.standing import Standing
from dipsample.errors import RefusedError
from review.agreement import DoubleCoding


class AgreementOfCoders(Standing):
    """Agreement on the cases drawn to be coded twice."""

    def agreement(
        self, name: str, *, questions: Sequence[str] | None = None, confidence: float = 0.95
    ) -> DoubleCoding:
        """Return how far coders agree, question by question.

        Args:
            name: Who asks.
            questions: Ids; None: those of Q.3 that the codebook asks.
            confidence: Of all intervals, two-sided.

        Raises:
            RefusedError: Where ``name`` codes, or no sample is drawn.
            AgreementError: Where answers to one of the questions cannot be compared.
        """
        self._project.refresh()
        if self.is_blind(name):
            raise RefusedError(
                "Agreement is hidden from coders until the sample is signed off, so that nobody "
                "codes towards a colleague. Ask the supervisor."
            )
        _ = self.drawn
        return agreeing.double_coding(self._project, questions=questions, confidence=confidence)

    def watch_words(self, name: str) -> tuple[str, ...]:
        """Return what a supervisor may want to act on: drift and haste; nothing for others."""
        return agreeing.watch_words(self._project) if self.is_supervisor(name) else ()
