"""What the plan page offers by letters: what the frame allows, the rest greyed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dipsample.tui.models.planning import PageOption
from sampling.plan import StrataInterval
from sampling.ways import Barred, Way, why_no_interval, why_not

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

INTERVAL_KEYS: Final = {
    "t": None,
    "i": StrataInterval.EXACT,
    "c": StrataInterval.CERTIFIED,
    "v": StrataInterval.PROPORTIONAL,
}
"""By letter, the interval of several strata that a plan names; None: the default of the strata."""

_INTERVAL_LABELS: Final = {"t": "default", "i": "exact", "c": "certified", "v": "proportional"}

_OTHER_DRAW: Final = Barred(
    "another draw",
    "Looks before the end are for records drawn alike: press a first.",
)


def drawing_options(frame: Frame, way: Way) -> tuple[PageOption, ...]:
    """Return how records can be drawn from a frame, the present way marked."""
    labels = (
        ("a", "alike", way in (Way.SIMPLE, Way.LOOKS, Way.STOPPING)),
        ("z", "by size", way is Way.SIZE_WEIGHTED),
        ("u", "two stages", way is Way.TWO_STAGE),
        ("r", "rolling", way is Way.ROLLING),
    )
    return tuple(_option(frame, key, label, is_chosen=chosen) for key, label, chosen in labels)


def looking_options(frame: Frame, way: Way) -> tuple[PageOption, ...]:
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
        found.append(PageOption(option.key, label, chosen, short))
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


def interval_options(
    frame: Frame, way: Way, named: StrataInterval | None
) -> tuple[PageOption, ...]:
    """Return which intervals a plan can name for several strata, the one named marked.

    Args:
        frame: That is committed.
        way: The way chosen at present.
        named: The interval named; None: the default.
    """
    barred = why_no_interval(frame, way)
    short = "" if barred is None else barred.short
    return tuple(
        PageOption(
            key,
            _INTERVAL_LABELS[key],
            interval is (named if barred is None else None),
            "" if interval is None else short,
        )
        for key, interval in INTERVAL_KEYS.items()
    )


def _option(frame: Frame, key: str, label: str, *, is_chosen: bool) -> PageOption:
    barred = why_not(frame, WAY_KEYS[key])
    short = "" if barred is None else barred.short
    return PageOption(key, label, is_chosen, short)
