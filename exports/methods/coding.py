"""Sentences about the coding, the answers and the estimates."""

from __future__ import annotations

from exports.release.process_tables import not_read_counts, out_of_scope_counts
from exports.release.request import DUPLICATE, ReleaseRequest
from exports.release.titles import NOT_STATED
from exports.rounding import counted
from sampling.plan import Design

_CENSUS = "census"


def codebook(request: ReleaseRequest) -> str:
    """Name the codebook by its hash."""
    book = request.coding.codebook
    return (
        f"Cases were coded with the codebook {book.id} {book.version} (SHA-256 {book.sha256}); "
        f"incidents between the same two people within {book.window_days} days either side count "
        "as linked."
    )


def reviewers(request: ReleaseRequest) -> str | None:
    """Say who coded how many cases, by code."""
    loads = [load for load in request.coding.reviewers if load.cases]
    if not loads:
        return None
    parts = ", ".join(f"{load.code} {load.cases:,}" for load in loads)
    return f"{counted(len(loads), 'reviewer')} handed in cases: {parts}."


def coded_once(request: ReleaseRequest) -> str | None:
    """Say that nothing is known of agreement where no case was coded twice."""
    if request.coding.most_codings_of_a_case != 1:
        return None
    return (
        "No case was coded by two people, so the agreement of reviewers is not known and no "
        "interval includes their errors."
    )


def unfinished(request: ReleaseRequest) -> str | None:
    """Say how far coding is."""
    if request.is_finished:
        return None
    coding = request.coding
    if request.ended is not None:
        return (
            f"Coding was not finished when {request.ended.newest.codebook.version} ended: of "
            f"{counted(request.plan.sample, 'case')}, {coding.final:,} were final and "
            f"{coding.open:,} open. What is given here stays provisional."
        )
    return (
        f"Coding is not finished: of {counted(request.plan.sample, 'case')}, {coding.final:,} are "
        f"final and {coding.open:,} open. What is given until all are closed is provisional."
    )


def excluded(request: ReleaseRequest) -> str | None:
    """Count the cases that the supervisor took out."""
    count = request.coding.excluded
    if not count:
        return None
    return (
        f"The supervisor took {counted(count, 'case')} out of the audit. What was taken out stays "
        "in the case flow, and no record took its place."
    )


def frame_errors(request: ReleaseRequest) -> str | None:
    """Say how replaced frame errors enter the figures."""
    count = request.coding.frame_errors
    if not count:
        return None
    return (
        f"The estimates count {counted(count, 'replaced record')} that should not have been in "
        "the frame as drawn and out of scope. The estimated number of incidents in the frame "
        "falls by their share; the record that took the place of one is a further record drawn. "
        "The intervals of estimated numbers are approximate then, because how many records would "
        "be drawn was not fixed beforehand; those of percentages keep what they promise."
    )


def not_read(request: ReleaseRequest) -> str | None:
    """Count the final cases whose record could not be read, by reason."""
    counts = not_read_counts(request.coding)
    if not any(counts.values()):
        return None
    return (
        f"Records that could not be read: {_listed(counts)}. The other cases of their stratum "
        "stand for them; if such records differ from the others, the figures do not show it."
    )


def out_of_scope(request: ReleaseRequest) -> str | None:
    """Count the cases that were read and are in no base, by reason."""
    counts = out_of_scope_counts(request.coding)
    if not any(counts.values()):
        return None
    twins = (
        " A record is known for a duplicate where its twin is in the sample as well: an incident "
        "that the frame lists twice is twice as likely to be drawn, and the figures do not allow "
        "for it."
        if request.coding.not_opened.get(DUPLICATE)
        else ""
    )
    return (
        f"Records that were read and are not counted as incidents: {_listed(counts)}. They leave "
        f"the base, and with them the estimated number of incidents in the frame falls.{twins}"
    )


def _listed(counts: dict[str, int]) -> str:
    return "; ".join(f"{words}: {count:,}" for words, count in counts.items() if count)


def undetermined(request: ReleaseRequest) -> str | None:
    """Say how undecidable cases enter the figures, where there are any."""
    if not any(finding.undetermined for finding in request.findings):
        return None
    return (
        "A record that does not let anyone decide is never counted as a no. Each headline is "
        "given three times: without such cases, with all of them as no, with all of them as yes."
    )


def blank(request: ReleaseRequest) -> str | None:
    """Count the answers that were left blank rather than found undeterminable."""
    counts = {
        finding.indicator: finding.blank
        for finding in request.findings
        if finding.by is None and finding.blank
    }
    if not counts:
        return None
    return (
        "Of the undetermined cases, some had an answer left blank rather than found "
        f"undeterminable: {_listed(counts)}."
    )


def readings(request: ReleaseRequest) -> str | None:
    """Say which reading of multiple arrests the headline uses."""
    headline = request.overall(request.headlines[0]) if request.headlines else None
    if headline is None:
        return None
    return (
        "Neither multiple arrests nor counter-allegations are defined by those who asked. The "
        f"headline uses the reading {headline.indicator}: {headline.label}."
    )


def limits_of_readings(request: ReleaseRequest) -> str | None:
    """Say what the readings cannot tell."""
    if request.overall("M2") is None and request.overall("C.1") is None:
        return None
    return (
        "The readings count what the records say of arrests and allegations. They do not say "
        "who was responsible, nor whether an arrest or an allegation was right, and percentages "
        "of different bases must not be compared."
    )


def weights(request: ReleaseRequest) -> str | None:
    """Say that strata are weighted."""
    if not request.is_weighted or request.plan.design is not Design.SIMPLE:
        return None
    return (
        "Each stratum counts by its share of the frame; the weight of a case is the records of "
        "its stratum divided by the cases that were read in it."
    )


def joined_strata(request: ReleaseRequest) -> str | None:
    """Say that a stratum with too few records read was joined to its neighbour."""
    if not request.has_joined_strata:
        return None
    return (
        "In at least one stratum too few records could be read to carry an estimate; it was "
        "joined to the stratum next to it in the order of names, and no weights are printed."
    )


def finite_population(request: ReleaseRequest) -> str | None:
    """Say that the intervals take account of the share of the frame that was read."""
    methods = _methods(request)
    if not methods or methods == {_CENSUS} or request.plan.design is Design.TWO_STAGE:
        return None
    return (
        "The intervals take account of the share of the frame that was read: reading all of it "
        "would leave no interval."
    )


def named_interval(request: ReleaseRequest) -> str | None:
    """Say which interval of strata the plan fixed before anything was answered."""
    if request.plan.interval is None:
        return None
    return (
        f"The plan named the interval of several strata before the seed: {request.plan.interval}. "
        "Where one stratum alone was not read whole, of the frame or of a group, it is "
        "hypergeometric-blaker; where the size of a group is not known, an approximate one."
    )


def interval_methods(request: ReleaseRequest) -> str | None:
    """Name each interval method used, with what it promises."""
    from sampling.estimation import PROMISES, Method

    methods = sorted(_methods(request))
    if not methods:
        return None
    return "\n".join(f"{method}: {PROMISES[Method(method)]}." for method in methods)


def _methods(request: ReleaseRequest) -> set[str]:
    return {finding.method for finding in request.findings if finding.method is not None}


def target(request: ReleaseRequest) -> str | None:
    """Print the target, where one was set."""
    text = request.project.target
    if text is None or text == NOT_STATED:
        return None
    said = f"The target set before coding: {text.rstrip('.')}."
    judged = [one for one in request.findings if one.held is not None and one.held.judgement]
    if not judged:
        return said
    return (
        f"{said} It is held against {judged[0].indicator}: met where the one-sided upper limit is "
        "at most the target, not met where the one-sided lower limit is over it, and else nothing "
        "can be said. These limits are exact in simple samples and approximate in others; the "
        "interval beside the figure has two sides, and its limits are not these."
    )
