"""A second figure that stands, and one that is withheld."""

from __future__ import annotations

from dataclasses import replace

from review.finding import Measure
from review.second_figure import ReadingErrors, SecondFigure, without_figure
from sampling.estimation import MeasuredRate

FIGURE = SecondFigure(
    indicator="C.1",
    label="counter-allegation, of incidents",
    yes=48,
    base=200,
    read=Measure(0.24, 0.19, 0.3),
    errors=ReadingErrors(MeasuredRate(16, 20), MeasuredRate(58, 60), 4),
    corrected=Measure(0.27, 0.18, 0.41),
    is_clipped=False,
    confidence=0.95,
    why_not=None,
)
WITHHELD = without_figure(
    replace(FIGURE, indicator="M2"), "4 cases known to be yes, and 10 are needed"
)
