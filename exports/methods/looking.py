"""Sentences about looking at figures before every case is closed, and about rules that stop."""

from __future__ import annotations

from exports.release.request import ReleaseRequest
from exports.rounding import counted, percentage


def stopping_rule(request: ReleaseRequest) -> str | None:
    """Say what the plan fixed about the end of coding."""
    rule = request.plan.stopping
    if rule is None:
        return None
    points = f"{percentage(float(rule.margin)).normalize():f}"
    return (
        f"The plan fixed before the seed when coding stops: at the first look at which the "
        f"interval of {rule.on} is within {points} percentage points either side, looking after "
        f"{rule.least:,} cases, then every {rule.every:,}, and at {rule.most:,} in any case."
    )


def planned_looks(request: ReleaseRequest) -> str | None:
    """Say how often figures of a stratified sample may be seen before the end."""
    if request.plan.looks is None:
        return None
    return (
        f"The plan allows {counted(request.plan.looks, 'look')} at provisional figures before "
        "every case is closed, at points that it fixes; each that was taken is in the log. Final "
        "intervals are those of a sample of fixed size."
    )


def basis(request: ReleaseRequest) -> str | None:
    """Say what the intervals rest on where they do not rest on every case."""
    return " ".join(request.basis) or None
