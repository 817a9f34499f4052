"""Five coders with known rates of error, and the others of the simulated audit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dipsample.demo.reviewers import Habits

BOSS: Final = "boss"
DECIDER: Final = "fir"
LEAVER: Final = "dogwood"
DRIFTER: Final = "elm"
CODERS: Final = ("amber", "birch", "cedar", LEAVER, DRIFTER)

HABITS: Final[Mapping[str, Habits]] = {
    "amber": Habits(slip=0.01),
    "birch": Habits(slip=0.005, overlooked_interview=0.1),
    "cedar": Habits(undecided=0.02),
    LEAVER: Habits(slip=0.015),
    DRIFTER: Habits(slip=0.01),
}
DRIFTED: Final = Habits(slip=0.8)
"""Four in five answers of fact are wrong once the coder has drifted."""
