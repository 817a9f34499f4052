"""The scripted people of the example at work, each step through the front door that people use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dipsample.audit import Audit
from dipsample.decision_views import DecisionFile
from dipsample.demo.deciding import ruling_on
from dipsample.demo.extract import DemoExtract
from dipsample.demo.reviewers import RECORD_FIELD, Habits, answers_of, quote_of
from dipsample.demo.truth import Truth
from dipsample.desk import NewQuote

ACTION = "passed on to the safeguarding team by telephone"


@dataclass(frozen=True, slots=True)
class Team:
    """People who work on the drawn cases of an extract whose truth is known."""

    audit: Audit
    made: DemoExtract
    record_ids: Mapping[str, str]
    """By case: the record that its truth stands under."""

    @classmethod
    def of(cls, audit: Audit, made: DemoExtract) -> Team:
        """Return the people who work on a project that has drawn from an extract."""
        return cls(audit, made, {row.case_id: row.record_id for row in audit.cases()})

    def truth_of(self, case_id: str) -> Truth:
        """Return what a perfect reviewer would answer."""
        return self.made.truths[self.record_ids[case_id]]

    def code(self, name: str, case_id: str, habits: Habits | None = None) -> None:
        """Let a coder answer everything that a case asks, and hand it in."""
        record_id = self.record_ids[case_id]
        narrative = self.made.narratives[record_id]
        coding = answers_of(name, record_id, self.truth_of(case_id), narrative, habits=habits)
        self.audit.code_at_once(
            name,
            case_id,
            {answer.question: (answer.value,) for answer in coding.answers},
            [
                NewQuote(quote.question, RECORD_FIELD, quote.start, quote.end)
                for quote in coding.quotes
            ],
        )

    def decide(self, name: str, case_id: str, *, reason: str = "") -> DecisionFile:
        """Let an adjudicator settle everything in a case on which its codings differ.

        Args:
            name: The adjudicator.
            case_id: The case.
            reason: Why answers stand that a quality check found wrong, where they do.
        """
        file = self.audit.open_decision(name, case_id)
        while file.open_questions:
            question = file.open_questions[0]
            row = file.row(question)
            ruling = ruling_on(row, self.truth_of(case_id))
            if row.needs_quote:
                record_id = self.record_ids[case_id]
                narrative = self.made.narratives[record_id]
                found = quote_of(question, self.truth_of(case_id), narrative)
                passage = self.audit.decision_quote(case_id, RECORD_FIELD, found.start, found.end)
                ruling = replace(ruling, quote=passage)
            file = self.audit.decide(name, case_id, ruling)
        return self.audit.close_decision(name, case_id, reason=reason)

    def acknowledge_referrals(self, supervisor: str) -> int:
        """Let the supervisor say of every referral that waits what was done; return how many."""
        waiting = [one for one in self.audit.overview().referrals if one.acknowledged is None]
        for case_id in dict.fromkeys(one.case_id for one in waiting):
            self.audit.acknowledge_risk(supervisor, case_id, ACTION)
        return len(waiting)
