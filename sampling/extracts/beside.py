"""Work that runs in a thread of its own while an engine reads the same file."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Event, Thread
from typing import Generic, TypeVar

Found = TypeVar("Found")


class Beside(Generic[Found]):
    """One piece of work, begun when told to, whose result is waited for where it is needed.

    Args:
        work: Gets a function that says whether nobody needs the result any more; then it may
            return anything.
    """

    def __init__(self, work: Callable[[Callable[[], bool]], Found]) -> None:
        self._work = work
        self._is_over = Event()
        self._found: Future[Found] = Future()
        self._thread: Thread | None = None

    def begin(self) -> None:
        """Start, unless it has begun."""
        if self._thread is None:
            self._thread = Thread(target=self._run, daemon=True)
            self._thread.start()

    def result(self) -> Found:
        """Return what was found, begun now where it has not begun; its errors are raised here."""
        self.begin()
        return self._found.result()

    def stop(self) -> None:
        """Wait no longer for a result; return when the thread has ended."""
        self._is_over.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            self._found.set_result(self._work(self._is_over.is_set))
        except BaseException as error:  # handed to whoever asks for the result
            self._found.set_exception(error)
