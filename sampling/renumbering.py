"""Decide which case numbers become free for cases that are no records of the frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sampling.ceremony import Ceremony
from sampling.draw import DrawnRecord
from sampling.events import RenumberedCase, ReserveRenumbered
from sampling.extending import NOT_DRAWN
from sampling.free_numbers import free_numbers, new_numbers
from sampling.refusal import Refusal

_NO_NUMBERS = Refusal(
    rule="no-reserve-numbers",
    reason="A silent check takes the number of a reserve record, so that nobody knows it by its "
    "number, and this sample has no such record left.",
    way_out="Plan the next sample with a reserve, such as --reserve 10%.",
)
_STOPPED = Refusal(
    rule="coding-stopped",
    reason="Coding was stopped by the rule of the plan, so no case is put among the others.",
    way_out="Sign the sample off.",
)


def numbers_to_free(state: Ceremony, *, most: int) -> tuple[str, ...] | Refusal:
    """Return case numbers that can be set free, in the order of their ``gold`` tickets.

    Args:
        state: Where the draw stands.
        most: How many are wanted.

    Returns:
        At most so many; a refusal where the reserve has none, or coding was stopped.
    """
    if state.drawn is None or state.seed is None:
        return NOT_DRAWN
    if state.stopped is not None:
        return _STOPPED
    return free_numbers(state.records, state.steps, seed=state.seed.seed)[:most] or _NO_NUMBERS


def renumbering(
    records: Sequence[DrawnRecord], freed: Sequence[str], material_sha256: Mapping[str, str]
) -> ReserveRenumbered:
    """Return the event that sets numbers free.

    Args:
        records: Sample and reserve.
        freed: From :func:`numbers_to_free`.
        material_sha256: By new number, the SHA-256 of what coders are shown of the record.
    """
    now = new_numbers(records, freed)
    return ReserveRenumbered(
        moved=tuple(
            RenumberedCase(case_id=old, now=now[old], material_sha256=material_sha256[now[old]])
            for old in freed
        )
    )
