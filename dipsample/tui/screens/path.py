"""What the pages of frame, plan and draw share: going from step to step, and work in a thread."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.message import Message
from textual.worker import Worker, WorkerState

from dipsample.errors import AuditError
from dipsample.tui.models.times import clock_time
from dipsample.tui.screens.board import BoardScreen
from sampling.errors import SamplingError


@dataclass
class WorkDone(Message):
    """Something that took a while is done."""

    result: object


@dataclass
class WorkRefused(Message):
    """Something that took a while could not be done."""

    reason: str


class StepScreen(BoardScreen):
    """One step of the path to a sample."""

    step: ClassVar[int]
    """Which one, from 0."""

    @property
    def saved(self) -> str:
        """When this process last saved something."""
        return clock_time(self.program.project.last_saved)

    def attempt(self, action: Callable[[], None]) -> None:
        """Do something; what an extract or a plan does not allow is told too."""

        def guarded() -> None:
            try:
                action()
            except SamplingError as error:
                self.tell(str(error))

        super().attempt(guarded)

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

    @abstractmethod
    def take_result(self, result: object) -> None:
        """Take what the thread worked out."""

    def take_refusal(self, reason: str) -> None:
        """Take why the thread could not work it out."""
        self.tell(reason)

    @work(thread=True, exclusive=True, group="path", exit_on_error=False)
    def in_thread(self, task: Callable[[], object]) -> None:
        """Do what takes a while; only messages leave the thread."""
        try:
            result = task()
        except (AuditError, SamplingError) as error:
            self.post_message(WorkRefused(str(error)))
        else:
            self.post_message(WorkDone(result))

    @on(WorkDone)
    def _done(self, message: WorkDone) -> None:
        message.stop()
        self.attempt(lambda: self.take_result(message.result))

    @on(WorkRefused)
    def _refused(self, message: WorkRefused) -> None:
        message.stop()
        self.take_refusal(message.reason)
        self.redraw()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Tell of a fault in the thread."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.take_refusal("This could not be worked out.")
            self.program.show_fault(event.worker.error)
            self.redraw()
