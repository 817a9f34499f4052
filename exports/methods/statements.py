"""The sentences in their order, and those of them that hold.

Each sentence is a function that returns None where it does not hold; a statement that is not true
of this project is not printed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from exports.methods import (
    agreement,
    checking,
    codebooks,
    coding,
    designs,
    looking,
    records,
    rolling,
    sample,
)
from exports.release.request import ReleaseRequest

Sentence = Callable[[ReleaseRequest], str | None]


class Statement(NamedTuple):
    """One row of the methods statement."""

    topic: str
    text: str


SENTENCES: Final[tuple[tuple[str, Sentence], ...]] = (
    ("Population", sample.population),
    ("Population", sample.population_is_not_stated),
    ("Frame", sample.frame),
    ("Frame", sample.nonce),
    ("Frame", records.collapsed),
    ("Frame", records.rules_of_columns),
    ("Frame", records.not_incidents),
    ("Frame", records.independent_counts),
    ("Frame", records.period),
    ("Frame", records.answers_of_the_owner),
    ("Frame", sample.exclusions),
    ("Frame", designs.earlier_waves),
    ("Frame", sample.accepted_faults),
    ("Frame", sample.what_no_frame_shows),
    ("Design", sample.simple_design),
    ("Design", sample.stratified_design),
    ("Design", designs.size_weighted_design),
    ("Design", designs.two_stage_design),
    ("Design", rolling.rolling_design),
    ("Design", sample.census_strata),
    ("Sample size", sample.size_given),
    ("Sample size", sample.size_for_margin),
    ("Sample size", sample.size_for_detection),
    ("Sample size", sample.expected_by_stratum),
    ("Sample size", looking.stopping_rule),
    ("Sample size", looking.planned_looks),
    ("Sample size", sample.extensions),
    ("Sample size", rolling.growth),
    ("Draw", sample.order_of_decisions),
    ("Draw", rolling.order_of_rolling),
    ("Draw", sample.seed),
    ("Draw", sample.draw_number),
    ("Draw", sample.tries),
    ("Draw", sample.tickets),
    ("Draw", rolling.rolling_tickets),
    ("Replacements", sample.replacements),
    ("Replacements", coding.frame_errors),
    ("Coding", coding.codebook),
    ("Coding", codebooks.ended),
    ("Coding", codebooks.revisions),
    ("Coding", coding.reviewers),
    ("Coding", coding.coded_once),
    ("Coding", agreement.double_coding),
    ("Coding", coding.unfinished),
    ("Coding", coding.excluded),
    ("Agreement", agreement.agreement),
    ("Records not read", coding.not_read),
    ("Out of scope", coding.out_of_scope),
    ("Undetermined answers", coding.undetermined),
    ("Undetermined answers", coding.blank),
    ("Readings", coding.readings),
    ("Readings", coding.limits_of_readings),
    ("Estimates", coding.weights),
    ("Estimates", designs.weights_of_records),
    ("Estimates", coding.joined_strata),
    ("Estimates", coding.finite_population),
    ("Intervals", coding.named_interval),
    ("Intervals", coding.interval_methods),
    ("Intervals", looking.basis),
    ("Target", coding.target),
    ("Limits", checking.provisional),
    ("Limits", rolling.frame_is_open),
    ("Limits", checking.not_controlled),
    ("Limits", checking.names_are_labels),
    ("Limits", checking.not_encrypted),
    ("Limits", checking.sampling_error_only),
    ("How to check", checking.verify),
    ("How to check", checking.fingerprint),
    ("How to check", checking.redraw),
    ("How to check", designs.without_shell),
)
"""Topic and sentence, in the order in which they are printed."""


def statements(request: ReleaseRequest) -> tuple[Statement, ...]:
    """Return the sentences that hold for this project, in order."""
    return tuple(
        Statement(topic, text)
        for topic, sentence in SENTENCES
        if (text := sentence(request)) is not None
    )
