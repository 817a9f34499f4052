"""What the pages of frame, plan and draw share: going from step to step."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from dipsample.tui.models.times import clock_time
from dipsample.tui.screens.working import WorkingScreen


class StepScreen(WorkingScreen):
    """One step of the path to a sample."""

    step: ClassVar[int]
    """Which one, from 0."""

    @property
    def saved(self) -> str:
        """When this process last saved something."""
        return clock_time(self.program.project.last_saved)

    def do(self, command_id: str) -> None:
        """Carry out a command: the steps here, what is the page's own there."""
        self._notice = ""
        match command_id:
            case "step_before":
                self.program.show_step(self.step - 1)
            case "step_after":
                self.program.show_step(self.step + 1)
            case "back":
                self.program.leave_path()
            case _:
                self.do_here(command_id)

    @abstractmethod
    def do_here(self, command_id: str) -> None:
        """Carry out a command of this page."""
