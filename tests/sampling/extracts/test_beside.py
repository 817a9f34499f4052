"""Work beside a reading: its result, its errors, and its end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sampling.extracts.beside import Beside
from sampling.extracts.opening import open_source
from sampling.extracts.survey import survey


def test_a_result_is_made_once_whether_begun_before_or_not() -> None:
    made: list[int] = []

    def work(is_over: Callable[[], bool]) -> int:
        made.append(1)
        return len(made)

    beside = Beside(work)
    beside.begin()
    assert [beside.result(), beside.result(), len(made)] == [1, 1, 1]


def test_an_error_is_raised_where_the_result_is_asked_for() -> None:
    def work(is_over: Callable[[], bool]) -> int:
        raise OSError("gone")

    beside = Beside(work)
    beside.begin()
    with pytest.raises(OSError, match="gone"):
        beside.result()


def test_stopping_ends_work_that_nobody_needs() -> None:
    def work(is_over: Callable[[], bool]) -> int:
        while not is_over():
            pass
        return 0

    beside = Beside(work)
    beside.begin()
    beside.stop()
    assert beside.result() == 0


def test_a_pass_that_is_stopped_finds_nothing_sound(tmp_path: Path) -> None:
    path = tmp_path / "extract.csv"
    path.write_text("a,b\n1,2\n", "utf-8")
    assert survey(path, ",").is_sound
    assert not survey(path, ",", lambda: True).is_sound
    open_source(path).close()
