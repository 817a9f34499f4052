"""The ways to draw as the plan page offers them: those that the frame allows, the rest greyed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dipsample.tui.models.planning import WayOption
from sampling.ways import Barred, Way, why_not

if TYPE_CHECKING:
    from sampling.frame import Frame

WAY_KEYS: Final = {
    "a": Way.SIMPLE,
    "z": Way.SIZE_WEIGHTED,
    "u": Way.TWO_STAGE,
    "r": Way.ROLLING,
    "k": Way.SIMPLE,
    "l": Way.LOOKS,
    "x": Way.STOPPING,
}
"""By letter; ``a`` and ``k`` are the same way, seen as one to draw and one to look."""

_OTHER_DRAW: Final = Barred(
    "another draw",
    "Looks before the end are for records drawn alike: press a first.",
)


def drawing_options(frame: Frame, way: Way) -> tuple[WayOption, ...]:
    """Return how records can be drawn from a frame, the present way marked."""
    labels = (
        ("a", "alike", way in (Way.SIMPLE, Way.LOOKS, Way.STOPPING)),
        ("z", "by size", way is Way.SIZE_WEIGHTED),
        ("u", "two stages", way is Way.TWO_STAGE),
        ("r", "rolling", way is Way.ROLLING),
    )
    return tuple(_option(frame, key, label, is_chosen=chosen) for key, label, chosen in labels)


def looking_options(frame: Frame, way: Way) -> tuple[WayOption, ...]:
    """Return when figures can be looked at before the end, the present way marked."""
    labels = (
        ("k", "at the end", way not in (Way.LOOKS, Way.STOPPING)),
        ("l", "planned looks", way is Way.LOOKS),
        ("x", "stop at a margin", way is Way.STOPPING),
    )
    found = []
    for key, label, chosen in labels:
        option = _option(frame, key, label, is_chosen=chosen)
        barred = why_barred(frame, way, key)
        short = "" if barred is None else barred.short
        found.append(WayOption(option.way, key, label, chosen, short))
    return tuple(found)


def why_barred(frame: Frame, now: Way, key: str) -> Barred | None:
    """Say why a letter chooses nothing on this frame; None where it chooses a way.

    Args:
        frame: That is committed.
        now: The way chosen at present.
        key: One of :data:`WAY_KEYS`.
    """
    way = WAY_KEYS[key]
    barred = why_not(frame, way)
    is_look = way in (Way.LOOKS, Way.STOPPING)
    if barred is None and is_look and now in (Way.SIZE_WEIGHTED, Way.TWO_STAGE, Way.ROLLING):
        return _OTHER_DRAW
    return barred


def _option(frame: Frame, key: str, label: str, *, is_chosen: bool) -> WayOption:
    barred = why_not(frame, WAY_KEYS[key])
    short = "" if barred is None else barred.short
    return WayOption(WAY_KEYS[key], key, label, is_chosen, short)
