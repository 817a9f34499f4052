"""What nobody but the owner of an extract can say of it: asked, and answered in the log.

Standard library only.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Question(StrEnum):
    """The fixed names of the questions; settings files rely on them."""

    CANCELLED_CRIMES = "cancelled_crimes"
    NON_CRIME_INCIDENTS = "non_crime_incidents"


QUESTIONS: Final[dict[Question, str]] = {
    Question.CANCELLED_CRIMES: "were crimes that were cancelled or reclassified left in or taken "
    "out?",
    Question.NON_CRIME_INCIDENTS: "does the extract hold incidents for which no crime was "
    "recorded?",
}
"""What is asked, as the end of a sentence."""
