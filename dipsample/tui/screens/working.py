"""A page whose work takes a while: done in a thread, heard of by messages."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from textual import on, work
from textual.message import Message
from textual.worker import Worker, WorkerState

from dipsample.errors import AuditError
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


class WorkingScreen(BoardScreen):
    """Does what takes a while in a thread, and tells what an extract or a plan does not allow."""

    def attempt(self, action: Callable[[], None]) -> None:
        """Do something; what an extract or a plan does not allow is told too."""

        def guarded() -> None:
            try:
                action()
            except SamplingError as error:
                self.tell(str(error))

        super().attempt(guarded)

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

    @work(thread=True, exclusive=True, group="apart", exit_on_error=False)
    def in_thread_apart(self, task: Callable[[], object]) -> None:
        """Do beside other work what nothing waits for; only messages leave the thread."""
        self.post_message(WorkDone(task()))

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
