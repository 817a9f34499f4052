"""What adjudicators do, and what ends an audit."""

from __future__ import annotations

from dipsample import adjudicating, signing
from dipsample.audit.standing import Standing
from dipsample.decision_views import (
    DecisionFile,
    OverruledAnswer,
    QualityCheck,
    SignOffView,
    WorkItem,
)
from review.decision_events import DecidedQuote
from review.ruling import Ruling


class Adjudication(Standing):
    """Deciding over codings, quality checks at what is settled, and the signing-off."""

    def cases_to_decide(self, name: str) -> tuple[WorkItem, ...]:
        """Return the cases that wait for a decision and that a person may decide."""
        return adjudicating.worklist(self._project, name)

    def wanted_reason(self, name: str, case_id: str) -> str:
        """Return what a reason sets aside; as :func:`dipsample.adjudicating.wanted_reason`."""
        return adjudicating.wanted_reason(self._project, name, case_id)

    def open_decision(
        self, name: str, case_id: str, *, reason: str = "", confirm: str | None = None
    ) -> DecisionFile:
        """Begin to decide a case; as :func:`dipsample.adjudicating.open_case`."""
        return adjudicating.open_case(self._project, name, case_id, reason=reason, confirm=confirm)

    def decision_file(self, name: str, case_id: str) -> DecisionFile:
        """Return a case as the person sees it who is deciding it, or decided it."""
        return adjudicating.case_file(self._project, name, case_id)

    def decide(
        self, name: str, case_id: str, ruling: Ruling, *, confirm: str | None = None
    ) -> DecisionFile:
        """Decide one question; as :func:`dipsample.adjudicating.rule`."""
        return adjudicating.rule(self._project, name, case_id, ruling, confirm=confirm)

    def decision_quote(self, case_id: str, field: str, start: int, end: int) -> DecidedQuote:
        """Return a passage of the record for a ruling to hold; nothing is written."""
        return adjudicating.quote(self._project, case_id, field, start, end)

    def close_decision(
        self, name: str, case_id: str, *, reason: str = "", confirm: str | None = None
    ) -> DecisionFile:
        """Confirm what is agreed, and close the case; the names are in what comes back.

        Args:
            name: Who decides.
            case_id: The case.
            reason: Why answers stand that a quality check found wrong; needed where they do.
            confirm: Why a reason that looks like personal data may stay.
        """
        return adjudicating.close(self._project, name, case_id, reason=reason, confirm=confirm)

    def send_back(
        self, name: str, case_id: str, coder: int, question: str, *, confirm: str | None = None
    ) -> None:
        """Send one coding, counted from the left, back to its coder with a question."""
        adjudicating.send_back(self._project, name, case_id, coder, question, confirm)

    def query_codebook(
        self, name: str, case_id: str, text: str, *, confirm: str | None = None
    ) -> DecisionFile:
        """Ask the supervisor about the codebook, from a case that is being decided."""
        return adjudicating.query(self._project, name, case_id, text, confirm=confirm)

    def overruled(self, name: str) -> tuple[OverruledAnswer, ...]:
        """Return where a person's own answers were not the final ones, after each decision."""
        self._project.refresh()
        return signing.overruled_answers(self._project, name)

    def nothing_overruled(self, name: str) -> str:
        """Say what it means that :meth:`overruled` gives nothing."""
        return signing.nothing_overruled(self._project, name)

    def choose_quality_checks(self, name: str, share: str) -> tuple[QualityCheck, ...]:
        """Have cases chosen by ticket for a quality check; for the supervisor."""
        self._supervise(name)
        return signing.choose(self._project, name, share)

    def quality_checks(self, name: str) -> tuple[QualityCheck, ...]:
        """Return the cases that were chosen for a quality check.

        Args:
            name: Who asks; the supervisor is told of safeguarding referrals that wait as well.
        """
        self._project.refresh()
        return signing.quality_checks(self._project, with_referrals=self.is_supervisor(name))

    def quality_check(self, name: str, case_id: str, *, wrong: str | None = None) -> QualityCheck:
        """Say what a quality check found: nothing, or what is wrong."""
        return signing.look(self._project, name, case_id, wrong=wrong)

    @property
    def is_signed_off(self) -> bool:
        """Whether a signature covers the sample exactly as it stands."""
        return signing.is_signed(self._project)

    def sign_off_view(self) -> SignOffView:
        """Return whether the sample is signed off, or what keeps it from being."""
        self._project.refresh()
        return signing.view(self._project)

    def sign_off(self, name: str, statement: str) -> SignOffView:
        """Sign the sample off; for the supervisor. Refused with the list of what is open."""
        self._supervise(name)
        return signing.sign(self._project, name, statement)

    def revoke_sign_off(self, name: str, reason: str) -> SignOffView:
        """Take the signature back that is in force; for the supervisor."""
        self._supervise(name)
        return signing.take_back(self._project, name, reason)
