"""What a release says of how a sample was coded: loads, states, what left the base and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from dipsample.desk import codebook_of, sample_records
from dipsample.project import Snapshot
from dipsample.publishing import revisions_of
from exports.release import CodingFacts, ReviewerLoad
from review.applicability import Applicability
from review.case import (
    CaseState,
    count_states,
    double_coded_count,
    final_bench,
    unresolved_count,
)
from review.findings import CodedCase
from sampling.draw import Role


def coding_facts(project: Snapshot, coded: Sequence[CodedCase]) -> CodingFacts:
    """Return what a release says of the coding.

    Args:
        project: Its state is all that this rests on.
        coded: Every case of the sample.
    """
    review = project.state.review
    records = sample_records(project)
    codings = {record.case_id: review.codings_of(record.case_id) for record in records}
    handed_in = Counter(
        coding.reviewer
        for of_case in codings.values()
        for coding in of_case
        if coding.state.is_handed_in
    )
    cases = [case for case in coded if not case.is_in_conflict]
    states = count_states(review, records)
    return CodingFacts(
        codebook=codebook_of(project),
        reviewers=tuple(
            ReviewerLoad(code, handed_in[name]) for name, code in review.reviewers.items()
        ),
        states={state.value: n for state, n in states.items() if state is not CaseState.RESERVE},
        replaced=Counter(record.stratum for record in records if record.role is Role.REPLACED),
        used=Counter(case.stratum for case in cases if case.was_read),
        not_opened=_answers(cases, "E1", in_scope="yes"),
        out_of_scope=_answers(cases, "E2", in_scope="yes"),
        replaced_reasons=Counter(
            one.reason for one in project.state.ceremony.replacements.values()
        ),
        most_codings_of_a_case=max((len(of_case) for of_case in codings.values()), default=0),
        double_coded=double_coded_count(review, records),
        adjudicated=sum(
            final_bench(review, record.role, record.case_id) is not None for record in records
        ),
        unresolved=unresolved_count(review, records),
        revisions=revisions_of(project),
    )


def _answers(cases: Iterable[CodedCase], question: str, *, in_scope: str) -> dict[str, int]:
    """Count the final cases by their answer to a question of scope, those in scope left out.

    A case whose answer was left blank is counted under ``blank``, unless the question before it
    took it out already.
    """
    counts: Counter[str] = Counter()
    for case in cases:
        if case.sheet is None or question not in case.sheet.by_id:
            continue
        state = case.sheet.state_of(question)
        if state.is_counted:
            counts[state.value[0]] += 1
        elif state.applicability is Applicability.APPLICABLE:
            counts["blank"] += 1
    del counts[in_scope]
    return dict(counts)
