"""What is said to somebody who has no case: they gave another name, or are below the gate."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dipsample.audit import Audit


def gate_words(audit: Audit, name: str) -> tuple[str, ...]:
    """Say why no further case is a person's to code; nothing to whoever is not below the gate."""
    if not audit.is_below_gate(name):
        return ()
    return (
        "Your last calibration is below the gate, so no further case is yours to code yet. Code "
        "another training set with dipsample calibrate PROJECT, or ask the supervisor to admit "
        "you.",
    )


def stranger_words(audit: Audit, name: str) -> str:
    """Say to somebody who is not the supervisor why no step to the sample is theirs to take."""
    boss = audit.supervisor
    return (
        f"You are {name}; the supervisor of this project is {boss}, and these steps are theirs. If "
        f"that is you, leave with Ctrl+Q and type: dipsample open PROJECT --as {boss}"
    )


def nobody_words(audit: Audit, name: str) -> str:
    """Say why a person has no case: the gate, none is assigned, or another name was given."""
    if gate := gate_words(audit, name):
        return " ".join(gate)
    known = [one.name for one in audit.overview().reviewers if one.assigned]
    if not known:
        return (
            "No case is assigned to you. The supervisor assigns cases with "
            "dipsample assign PROJECT --reviewers NAME,NAME."
        )
    if audit.is_supervisor(name):
        return (
            f"No case is assigned to you, the supervisor; they are assigned to {', '.join(known)}."
        )
    return (
        f"No case is assigned to {name}. Cases are assigned to {', '.join(known)}; the supervisor "
        f"is {audit.supervisor}. If you are one of them, say so with --as NAME."
    )
