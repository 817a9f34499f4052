from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipsample.errors import EventError, ForkError
from dipsample.ledger import GENESIS, Draft, Event, Head, canonical, parse, seal
from dipsample.store import Project, Store, create
from dipsample.surroundings import FixedEntropy

Sealer = Callable[..., tuple[Event, ...]]

ANNA = "anna.00000001"
MOMENT = "2025-03-31T09:00:00Z"


def history(stream: str, length: int) -> tuple[Event, ...]:
    drafts = [Draft("AnswerSet", "C-0001", {"v": 1, "n": number}) for number in range(length)]
    return seal(
        drafts,
        stream=stream,
        head=Head(stream, 0, GENESIS),
        time=MOMENT,
        entropy=FixedEntropy(stream),
    )


HISTORIES = {stream: history(stream, 5) for stream in ("anna.1", "ben.2", "cleo.3")}

handed_in = st.lists(
    st.tuples(st.sampled_from(sorted(HISTORIES)), st.integers(1, 5)), min_size=1, max_size=4
)


@contextmanager
def fresh_store() -> Iterator[Store]:
    with TemporaryDirectory() as folder:
        project = Project(id="a" * 32, created=MOMENT)
        with closing(create(Path(folder) / "x.dip", passphrase=None, project=project)) as made:
            yield made


@given(handed_in, st.randoms(use_true_random=False))
def test_merging_depends_on_the_set_of_events_only(
    parts: list[tuple[str, int]], chance: Random
) -> None:
    hand_ins = [[event.body for event in HISTORIES[stream][:length]] for stream, length in parts]
    with fresh_store() as one, fresh_store() as other:
        for bodies in hand_ins:
            one.merge(bodies)
        everything = [body for bodies in hand_ins for body in bodies]
        chance.shuffle(everything)
        other.merge(everything)
        assert other.merge(everything) == ()
        assert one.digest() == other.digest()
        assert one.verify().problem is None


def test_a_fork_is_refused_with_both_hashes_and_nothing_is_taken(
    plain_store: Store, sealed: Sealer
) -> None:
    mine, theirs = sealed(["a"]), sealed(["b"])
    new = sealed(["c"], stream="ben.2")
    plain_store.append(ANNA, 0, mine)
    with pytest.raises(ForkError) as refusal:
        plain_store.merge([new[0].body, theirs[0].body])
    assert mine[0].hash[:16] in str(refusal.value)
    assert theirs[0].hash[:16] in str(refusal.value)
    assert list(plain_store.events()) == list(mine)


def test_a_fork_within_one_hand_in_is_refused(plain_store: Store, sealed: Sealer) -> None:
    with pytest.raises(ForkError):
        plain_store.merge([sealed(["a"])[0].body, sealed(["b"])[0].body])
    assert plain_store.heads() == ()


def with_the_id_of(event: Event, other: Event) -> bytes:
    fields = {
        name: getattr(event, name)
        for name in ("case", "data", "kind", "nonce", "prev", "seq", "stream", "time")
    }
    return parse(canonical({**fields, "id": other.id})).body


def test_a_known_id_under_another_hash_is_refused_like_a_fork(
    plain_store: Store, sealed: Sealer
) -> None:
    known = sealed(["a"])
    copied = with_the_id_of(sealed(["b"], stream="ben.2")[0], known[0])
    with pytest.raises(ForkError):
        plain_store.merge([known[0].body, copied])
    plain_store.append(ANNA, 0, known)
    with pytest.raises(ForkError):
        plain_store.merge([copied])
    assert list(plain_store.events()) == list(known)


def test_a_gap_is_refused(plain_store: Store, sealed: Sealer) -> None:
    events = sealed(["a", "b", "c"])
    with pytest.raises(EventError, match="Event 2 of the stream"):
        plain_store.merge([events[0].body, events[2].body])
    plain_store.merge([events[1].body, events[0].body])
    assert plain_store.merge([events[2].body]) == events[2:]
