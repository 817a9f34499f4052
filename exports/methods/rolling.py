"""Sentences about a rolling draw: of a frame that was still growing when it was drawn from."""

from __future__ import annotations

from exports.release.request import ReleaseRequest
from exports.rounding import counted, percentage


def rolling_design(request: ReleaseRequest) -> str | None:
    """Describe a sample whose size was left to chance."""
    plan = request.plan
    if plan.rolling is None:
        return None
    rate, share = f"{plan.rolling:f}", percentage(float(plan.rolling)).normalize()
    within = " within each stratum," if len(plan.strata) > 1 else ""
    return (
        f"A rolling sample: each record was drawn on arrival with a probability of {rate} "
        f"({share:f}%), by itself, and {plan.sample:,} of {plan.population:,} records listed were. "
        f"Given these numbers,{within} every choice of as many records is equally likely, so that "
        "the sample is estimated as a simple random one. There is no reserve."
    )


def growth(request: ReleaseRequest) -> str | None:
    """Say how the frame grew, and what is known of it."""
    grown = request.draw.growths
    if not grown:
        return None
    sizes = ", then ".join(f"to {one.records:,}" for one in grown)
    seen = max(one.releases_before for one in grown)
    exported = f"been exported {counted(seen, 'time')}" if seen else "not been exported"
    return (
        f"After the draw the frame grew {sizes} records. Each time the extract of before was shown "
        "by its fingerprint to be the one committed, and every record of it was found in the later "
        "one, in the same stratum; what coders are shown of drawn records was the same. Findings "
        f"had {exported} before it last grew."
    )


def frame_is_open(request: ReleaseRequest) -> str | None:
    """Say that the figures are of what is listed so far."""
    if not request.draw.is_open:
        return None
    return (
        "The frame may still grow. The figures speak of the records listed so far, and none of "
        "them is final. Each interval holds for a time that was fixed beforehand; it does not "
        "allow for looking at every growth and stopping at one that pleases."
    )


def order_of_rolling(request: ReleaseRequest) -> str | None:
    """Say what was fixed before the seed was known, and what a growing frame cannot show."""
    if request.plan.rolling is None:
        return None
    return (
        "The first extract and the share to draw were recorded before the seed, and the project "
        "refuses to change the share once a seed is known. Records that were listed later had "
        "their ids given after it: nobody who knew the seed must have been able to choose an id, "
        "because an id decides whether its record is drawn. No check of the project shows that."
    )


def rolling_tickets(request: ReleaseRequest) -> str | None:
    """Say how records were picked, and the digest of the sample."""
    if request.plan.rolling is None:
        return None
    from sampling.rolling import threshold

    return (
        "Each record has a ticket: the SHA-256 of a fixed label, the seed and its id. A record was "
        f"drawn where its ticket is under {threshold(request.plan.rolling)}, so anyone with frame "
        f"and seed can draw again. The digest of the sample is {request.draw.sample_digest}."
    )
