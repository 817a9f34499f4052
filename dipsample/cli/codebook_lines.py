"""How many codings stand on which version of the codebook, as lists print it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dipsample.cli.console import counted

if TYPE_CHECKING:
    from dipsample.publishing import VersionStanding


def version_lines(found: Sequence[VersionStanding]) -> list[str]:
    """Return what is to be said of the versions; nothing where there is one alone."""
    if len(found) < 2:
        return []
    parts = []
    for one in found:
        codings = counted(one.codings, "coding")
        waiting = f" ({one.waiting:,} to confirm)" if one.waiting else ""
        parts.append(f"{codings} on {one.version.codebook.version}{waiting}")
    current = next(one.version.codebook for one in found if one.is_current)
    lines = [f"Codebook {current.id} {current.version}: {', '.join(parts)}"]
    if any(one.waiting for one in found):
        lines.append(
            "A case counts under the current version only once its coders have confirmed what "
            "may mean something else now."
        )
    return lines


def versions_json(found: Sequence[VersionStanding]) -> list[dict[str, object]]:
    """Return the versions as JSON, oldest first."""
    return [
        {
            "version": one.version.codebook.version,
            "sha256": one.version.codebook.sha256,
            "codings": one.codings,
            "to_confirm": one.waiting,
            "comparable": one.is_comparable,
        }
        for one in found
    ]
