"""The headline figures corrected for reading errors, from the state of a project."""

from __future__ import annotations

from dipsample.agreeing import live_cases
from dipsample.desk import codebook_of
from dipsample.project import Snapshot
from dipsample.reporting import coded_cases, drawn_design
from review import second_figure
from review.first_readings import first_readings
from review.second_figure import SecondFigure, without_figure


def second_figures(
    project: Snapshot, *, confidence: float | None = None
) -> tuple[SecondFigure, ...]:
    """Return the headline indicators as first read, and corrected; approximate.

    Args:
        project: Its state is all that the figures rest on.
        confidence: 0.5 up to but not 1; None for the plan's.

    Returns:
        As :func:`review.second_figure.second_figures`; none while the frame of a rolling draw may
        grow.

    Raises:
        RefusedError: Where no sample is drawn yet.
    """
    frame, plan = drawn_design(project)
    found = second_figure.second_figures(
        codebook_of(project),
        frame,
        plan,
        coded_cases(project),
        first=first_readings(project.state.review, live_cases(project)),
        confidence=float(plan.confidence) if confidence is None else confidence,
    )
    if project.state.ceremony.is_open:
        return tuple(without_figure(one, "the frame may still grow") for one in found)
    return found
