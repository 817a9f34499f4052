"""Results kept to save time: found again, passed over where damaged, absent from older files."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dipsample.certifying import KeptIntervals
from dipsample.errors import ReadOnlyError
from dipsample.store import open_store
from dipsample.store.protocol import Store
from sampling.estimation import Interval as Found
from sampling.estimation import IntervalOfStrata, StratumCount, preview, stratified

STRATA = [StratumCount("a", 90, 9, 2), StratumCount("b", 60, 12, 3)]


def ask(of_strata: IntervalOfStrata) -> Found:
    return of_strata(STRATA, confidence=0.95)


def test_what_was_kept_is_found_again_and_replaced(store: Store) -> None:
    assert store.worked_out() == {}
    store.keep_worked_out({"one": b"1", "two": b"2"})
    store.keep_worked_out({"two": b"3"})
    assert store.worked_out() == {"one": b"1", "two": b"3"}
    assert store.verify().problem is None
    assert store.verify().events == 0


def test_a_row_that_is_not_whole_is_passed_over(plain_store: Store, path: Path) -> None:
    plain_store.keep_worked_out({"one": b"1", "two": b"2"})
    plain_store.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE worked_out SET body = x'39' WHERE key = 'one'")
        connection.commit()
    with closing(open_store(path, passphrase=None)) as again:
        assert again.worked_out() == {"two": b"2"}


def as_first_layout(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE worked_out")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()


def test_a_file_of_the_first_layout_can_be_read_and_is_brought_up_to_date(
    plain_store: Store, path: Path
) -> None:
    plain_store.close()
    as_first_layout(path)
    with closing(open_store(path, passphrase=None, read_only=True)) as reader:
        assert reader.worked_out() == {}
    with closing(open_store(path, passphrase=None)) as writer:
        writer.keep_worked_out({"one": b"1"})
        assert writer.worked_out() == {"one": b"1"}


def test_intervals_are_worked_out_once_and_kept_in_the_file(store: Store) -> None:
    told: list[tuple[int, int]] = []
    expected = stratified(STRATA)
    first = KeptIntervals(store, is_sealed=True).exact(
        ask, lambda done, of: told.append((done, of))
    )
    again = KeptIntervals(store, is_sealed=True).exact(
        ask, lambda done, of: told.append((done, of))
    )
    assert first == again == expected == KeptIntervals(store, is_sealed=True).at_once(ask)
    assert told == [(1, 1)]


def test_limits_of_another_version_or_without_sense_are_not_believed(store: Store) -> None:
    KeptIntervals(store, is_sealed=True).exact(ask)
    ((key, _),) = store.worked_out().items()
    for body in (b"[5]", b"[9,2]", b"nonsense", b'["1","2"]'):
        store.keep_worked_out({key: body})
        assert KeptIntervals(store, is_sealed=True).exact(ask) == stratified(STRATA)
    store.keep_worked_out({key: b"[0,0]", key.replace("numpy", "numpy 0"): b"[0,1]"})
    other = {one: body for one, body in store.worked_out().items() if one != key}
    assert len(other) == 1


def test_what_ends_the_wait_keeps_what_was_worked_out(store: Store) -> None:
    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        KeptIntervals(store, is_sealed=True).exact(ask, stop)
    assert len(store.worked_out()) == 1


def test_a_project_that_cannot_be_written_to_does_without(plain_store: Store, path: Path) -> None:
    plain_store.close()
    with closing(open_store(path, passphrase=None, read_only=True)) as reader:
        assert KeptIntervals(reader, is_sealed=True).exact(ask) == stratified(STRATA)
        with pytest.raises(ReadOnlyError):
            reader.keep_worked_out({"one": b"1"})
        assert reader.worked_out() == {}


@pytest.mark.parametrize("forged", [b"[26,26]", b"[10,60]", b"[20,40]", b"[5,134]", b"[0,150]"])
def test_a_changed_row_of_a_file_that_anybody_can_write_is_not_believed(
    store: Store, forged: bytes
) -> None:
    KeptIntervals(store, is_sealed=False).exact(ask)
    ((key, honest),) = store.worked_out().items()
    store.keep_worked_out({key: forged})
    assert KeptIntervals(store, is_sealed=False).exact(ask) == stratified(STRATA)
    assert store.worked_out() == {key: honest}


def test_rows_of_such_a_file_are_previewed_until_they_are_tested(store: Store) -> None:
    KeptIntervals(store, is_sealed=False).exact(ask)
    again = KeptIntervals(store, is_sealed=False)
    assert again.at_once(ask) == preview(STRATA)
    assert again.exact(ask) == again.at_once(ask) == stratified(STRATA)


def test_a_row_that_passes_its_test_is_not_worked_out_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    KeptIntervals(store, is_sealed=False).exact(ask)
    expected = stratified(STRATA)

    def refuse(*_: object) -> None:
        raise AssertionError("worked out again")

    monkeypatch.setattr("sampling.estimation.stratified_sample._counts_in_strata", refuse)
    assert KeptIntervals(store, is_sealed=False).exact(ask) == expected
