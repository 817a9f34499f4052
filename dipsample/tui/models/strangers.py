"""What is said to somebody who has no case, and may have given another name than their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dipsample.audit import Audit


def nobody_words(audit: Audit, name: str) -> str:
    """Say why a person has no case: none is assigned, or they may have given another name."""
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
