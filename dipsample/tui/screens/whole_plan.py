"""All that there is to know of a plan, and what each interval of strata would give.

Intervals take a second each, and more where the sample is large: they are worked out for whoever
opens this page, in a thread, and not while somebody types wishes.
"""

from __future__ import annotations

from dipsample.plan_words import about_the_design
from dipsample.tui.drawing.lines import EMPTY, Line
from dipsample.tui.drawing.plan import interval_lines, size_lines
from dipsample.tui.drawing.plan_strata import all_strata_lines, sentence_lines
from dipsample.tui.models.planning import Forecasts
from dipsample.tui.screens.page import PageScreen
from dipsample.tui.screens.working import WorkingScreen
from sampling.interval_choice import IntervalForecast, interval_forecasts
from sampling.plan import Plan


class WholePlanScreen(WorkingScreen, PageScreen):
    """What a plan draws, to read."""

    def __init__(self, plan: Plan, known: Forecasts | None) -> None:
        """Make the page.

        Args:
            plan: The plan.
            known: What it buys; None where that is not worked out.
        """
        super().__init__("What this plan draws", self._lines)
        self._plan = plan
        self._known = known
        self._has_choice = known is not None and known.has_choice
        self._intervals: tuple[IntervalForecast, ...] = ()

    def on_mount(self) -> None:
        """Work out the intervals where there is a choice."""
        plan = self._plan
        if self._has_choice:
            self.in_thread(lambda: interval_forecasts(plan))
        super().on_mount()

    def take_result(self, result: object) -> None:
        """Take what each interval would give."""
        if isinstance(result, tuple):
            self._intervals = result

    def _lines(self, width: int) -> list[Line]:
        plan, known = self._plan, self._known
        found = [*sentence_lines(about_the_design(plan), width), EMPTY]
        if self._has_choice:
            found += [*interval_lines(plan, self._intervals, width), EMPTY]
        found += all_strata_lines(plan, width)
        if known is not None:
            found += [EMPTY, *size_lines(known, width)]
            found += sentence_lines(known.further[1:], width)
        return found
