"""Sentences about the population, the frame, the design and the draw."""

from __future__ import annotations

from exports.release.process_tables import replaced_counts
from exports.release.request import ReleaseRequest
from exports.rounding import counted, percentage
from sampling.plan import Allocation, Design


def population(request: ReleaseRequest) -> str | None:
    """Say what the sample speaks of, where the project states it."""
    project = request.project
    if project.population is None:
        return None
    period = f", {project.period}" if project.period else ""
    return f"The population is {project.population}{period}."


def population_is_not_stated(request: ReleaseRequest) -> str | None:
    """Say that nobody stated the population."""
    if request.project.population is not None:
        return None
    return "The project does not state its population: the figures speak of the frame alone."


def frame(request: ReleaseRequest) -> str:
    """Name the frame by its fingerprint."""
    found = request.frame
    return (
        f"The frame is a list of {found.records:,} records. Its fingerprint, the SHA-256 of its "
        f"sorted lines, is {found.fingerprint}; any other list has another fingerprint."
    )


def nonce(request: ReleaseRequest) -> str | None:
    """Say that a nonce hides the ids behind the fingerprint."""
    if request.frame.nonce is None:
        return None
    return (
        "The fingerprint covers a random nonce as well, so that it cannot be used to test "
        "whether a guessed record id is in the frame."
    )


def exclusions(request: ReleaseRequest) -> str | None:
    """Count what is in the extract and not in the frame, by reason."""
    left_out = [e for e in request.frame.exclusions if e.records]
    if not left_out:
        return None
    reasons = "; ".join(f"{e.reason}: {e.records:,}" for e in left_out)
    return f"Rows of the extract that are not in the frame: {reasons}."


def accepted_faults(request: ReleaseRequest) -> str | None:
    """Name the faults that the supervisor accepted, with the reasons given."""
    if not request.frame.accepted:
        return None
    faults = "; ".join(f"{fault.code}: {fault.reason}" for fault in request.frame.accepted)
    return f"Faults of the extract that the supervisor accepted, with the reason: {faults}."


def what_no_frame_shows(request: ReleaseRequest) -> str:
    """Say what cannot be seen in any frame."""
    del request
    return (
        "An incident that is not in the extract, such as one whose domestic abuse flag was lost, "
        "cannot be drawn, and no check of the frame can show that it is missing."
    )


def simple_design(request: ReleaseRequest) -> str | None:
    """Describe a sample without strata."""
    plan = request.plan
    if len(plan.strata) != 1 or plan.design is not Design.SIMPLE or plan.rolling is not None:
        return None
    return (
        f"A simple random sample without replacement of {plan.sample:,} of "
        f"{plan.population:,} records."
    )


def stratified_design(request: ReleaseRequest) -> str | None:
    """Describe a sample with strata."""
    plan = request.plan
    if len(plan.strata) == 1 or plan.design is not Design.SIMPLE or plan.rolling is not None:
        return None
    columns = ", ".join(request.frame.spec.strata_columns)
    by = f" by {columns}" if columns else ""
    shared = {
        Allocation.PROPORTIONAL: "in proportion to their size",
        Allocation.EQUAL: "in equal parts",
        Allocation.NEYMAN: "in proportion to their size and to the spread of the prevalence that "
        "was expected in each (Neyman allocation)",
        Allocation.POWER: "in proportion to the square root of their size (power allocation)",
    }[plan.allocation]
    return (
        f"A stratified random sample without replacement of {plan.sample:,} of "
        f"{plan.population:,} records{by}: {len(plan.strata)} strata, shared out {shared}, with "
        f"at least {plan.minimum} from each stratum that has as many{_at_most(plan.maximum)}."
    )


def _at_most(maximum: int | None) -> str:
    return "" if maximum is None else f", and at most {maximum:,} from any"


def census_strata(request: ReleaseRequest) -> str | None:
    """Count the strata that were drawn whole."""
    census = [
        stratum
        for stratum in request.plan.strata
        if request.drawn_in(stratum.name) == stratum.population
    ]
    if not census:
        return None
    if len(census) == len(request.plan.strata):
        return "Every record of the frame was drawn: a complete count, without sampling error."
    return f"{len(census)} of the strata were drawn whole and add no sampling error."


def size_given(request: ReleaseRequest) -> str | None:
    """Say that the size was a decision."""
    plan = request.plan
    worked_out = (plan.margin, plan.detect, plan.first_stage, plan.stopping, plan.rolling)
    if any(one is not None for one in worked_out):
        return None
    return f"The size of {_planned(request):,} was set by the supervisor."


def size_for_margin(request: ReleaseRequest) -> str | None:
    """Say what the size was computed from."""
    plan = request.plan
    if plan.margin is None or plan.expected is None:
        return None
    return (
        f"The size of {_planned(request):,} was computed for a margin of "
        f"{_points(float(plan.margin))} percentage points either side at "
        f"{_points(float(plan.confidence))}% confidence, if {_points(float(plan.expected))}% of "
        "the records are yes."
    )


def size_for_detection(request: ReleaseRequest) -> str | None:
    """Say which prevalence the size was computed to detect."""
    plan = request.plan
    if plan.detect is None:
        return None
    return (
        f"The size of {_planned(request):,} was computed so that at least one record is found with "
        f"{_points(float(plan.confidence))}% confidence if {_points(float(plan.detect))}% of the "
        "records are yes, in whichever strata they lie."
    )


def expected_by_stratum(request: ReleaseRequest) -> str | None:
    """Say that the plan rests on a prevalence stated for each stratum."""
    if not any(stratum.expected is not None for stratum in request.plan.strata):
        return None
    return (
        "The plan states a prevalence expected in each stratum, fixed before the seed. Where "
        "those are wrong the estimates stay unbiased, the intervals are wider than they could be, "
        "and an approximate method can hold less often than stated."
    )


def extensions(request: ReleaseRequest) -> str | None:
    """Say how the sample grew after its draw, and what was known by then."""
    grown = request.draw.extensions
    if not grown:
        return None
    sizes = ", then ".join(f"from {one.before:,} to {one.size:,}" for one in grown)
    seen = max(one.releases_before for one in grown)
    exported = f"had been exported {counted(seen, 'time')}" if seen else "had not been exported"
    after = (
        f" Findings {exported} before; whether they had been looked at on a screen is not on "
        "record. The intervals do not allow for a choice of when to stop."
    )
    return (
        f"After the draw the sample was extended {sizes} records by the next ranks of each "
        f"stratum, one record at a time where the sample was furthest behind its shares.{after}"
    )


def replacements(request: ReleaseRequest) -> str | None:
    """Count the replaced records, by reason."""
    counts = replaced_counts(request.coding)
    if not any(counts.values()):
        return None
    reasons = "; ".join(f"{words}: {count:,}" for words, count in counts.items() if count)
    return (
        "Records left the sample for the next of the reserve of their stratum, in the order of "
        f"tickets ({reasons}). They stay in the case flow. A record that could not be found is "
        "never replaced."
    )


def _planned(request: ReleaseRequest) -> int:
    """Return the size of the plan, before any extension."""
    grown = request.draw.extensions
    return grown[0].before if grown else request.plan.sample


def _points(proportion: float) -> str:
    return f"{percentage(proportion).normalize():f}"


def order_of_decisions(request: ReleaseRequest) -> str | None:
    """Say what was fixed before the seed was known."""
    if request.plan.rolling is not None:
        return None
    return (
        "Frame and plan were recorded before the seed, and the project refuses to change either "
        "once a seed is known: nobody could choose the sample by choosing the frame."
    )


def seed(request: ReleaseRequest) -> str:
    """Give the seed and where it came from."""
    source = request.draw.seed_source.strip().rstrip(".")
    return f"The seed is {request.draw.seed}. Its source: {source}."


def draw_number(request: ReleaseRequest) -> str:
    """Say which draw on these records it is, and what the count cannot see."""
    draw = request.draw
    return (
        f"This is draw {draw.number} of {draw.of} on this frame in this project. A project that "
        "was thrown away is not counted; a fingerprint published before the seed existed is the "
        "remedy."
    )


def tries(request: ReleaseRequest) -> str | None:
    """Count frames and plans that were replaced before the seed."""
    draw = request.draw
    if draw.frames <= 1 and draw.plans <= 1:
        return None
    return (
        f"Before the seed was known the project recorded {draw.frames} frames of these records "
        f"and {draw.plans} plans; the last of each holds."
    )


def tickets(request: ReleaseRequest) -> str | None:
    """Say how records were picked, and the digest of the sample."""
    if request.plan.rolling is not None:
        return None
    drawn = {
        Design.SIMPLE: "In every stratum the records with the smallest tickets were drawn",
        Design.SIZE_WEIGHTED: "In every stratum the records with the smallest tickets over their "
        "sizes were drawn, after those drawn for certain",
        Design.TWO_STAGE: "In every stratum units were drawn by the tickets of their codes, and in "
        "every unit the records with the smallest tickets",
    }[request.plan.design]
    return (
        "Each record has a ticket: the SHA-256 of a fixed label, the seed and its id. "
        f"{drawn}, so anyone with frame and seed can draw again. The digest of sample and reserve "
        f"is {request.draw.sample_digest}."
    )
