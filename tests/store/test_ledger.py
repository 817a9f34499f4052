from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from dipsample.errors import EventError
from dipsample.ledger import (
    GENESIS,
    Draft,
    Event,
    Head,
    canonical,
    check_chain,
    digest,
    grouped,
    parse,
    seal,
)
from dipsample.surroundings import FixedEntropy

MOMENT = "2025-03-31T09:00:00Z"
STREAM = "anna.00000001"

texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=20,
)


def three_events(name: str = "three") -> tuple[Event, ...]:
    drafts = [Draft("AnswerSet", "C-0001", {"v": 1, "n": number}) for number in range(3)]
    return seal(
        drafts,
        stream=STREAM,
        head=Head(STREAM, 0, GENESIS),
        time=MOMENT,
        entropy=FixedEntropy(name),
    )


@given(values)
def test_canonical_bytes_are_those_of_rfc_8785(value: object) -> None:
    try:
        body = canonical(value)
    except EventError as refusal:
        assert "same text" in str(refusal)  # noqa: PT017 - two keys can be one in NFC
        return
    assert rfc8785.dumps(json.loads(body)) == body
    assert canonical(json.loads(body)) == body


def test_text_is_brought_to_nfc() -> None:
    assert canonical(["Zoe\u0308"]) == '["Zo\u00eb"]'.encode()


def test_keys_outside_the_basic_plane_sort_as_in_rfc_8785() -> None:
    assert canonical({"\uff21": 1, "\U0001f600": 2}) == rfc8785.dumps(
        {"\uff21": 1, "\U0001f600": 2}
    )


@pytest.mark.parametrize(
    "value",
    [1.5, float("nan"), 2**53, -(2**53), "\ud800", {1: "a"}, {"e\u0301": 1, "\u00e9": 2}, {1, 2}],
    ids=["float", "nan", "large", "small", "surrogate", "number as key", "one key twice", "set"],
)
def test_what_canonical_json_has_no_room_for_is_refused(value: object) -> None:
    with pytest.raises(EventError):
        canonical(value)


def test_values_nested_without_end_are_refused() -> None:
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(EventError, match="deep"):
        canonical(endless)


def test_a_sealed_event_reads_back_from_its_bytes() -> None:
    for event in three_events():
        assert parse(event.body) == event
        assert event.hash == sha256(event.body).hexdigest()


def test_sealed_events_follow_each_other() -> None:
    first, second, third = three_events()
    assert (first.seq, first.prev) == (1, GENESIS)
    assert (second.prev, third.prev) == (first.hash, second.hash)
    assert check_chain(three_events()) is None


def test_the_same_entropy_gives_the_same_bytes() -> None:
    assert three_events() == three_events()
    assert {event.hash for event in three_events()}.isdisjoint(
        event.hash for event in three_events("others")
    )


def respelled(event: Event, old: bytes, new: bytes) -> bytes:
    assert event.body.count(old) == 1
    return event.body.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'{"case"', b'{ "case"'),
        (b'"seq":1', b'"seq":1.0'),
        (b'"seq":1', b'"seq":1e0'),
        (b'"seq":1', b'"seq":0'),
        (b'"seq":1', b'"seq":-0'),
        (b'"seq":1', b'"seq":true'),
        (b'"n":0', b'"n":NaN'),
        (b'"n":0', b'"n":9007199254740992'),
        (b'"n":0', b'"n":0,"n":0'),
        (b'"n":0', b'"n":"\\u0041"'),
        (b'"n":0', b'"n":"\\ud800"'),
        (b'"n":0', '"n":"e\u0301"'.encode()),
        (b'"n":0', b'"n":"\xff"'),
        (b'"n":0', b'"n":' + b"[" * 100_000 + b"]" * 100_000),
        (b'"n":0', b'"n":' + b"9" * 5_000),
        (b'"case":"C-0001",', b""),
        (b'{"case"', b'{"aside":1,"case"'),
        (b'{"case":"C-0001"', b'{"case":"C-0001","case":"C-0001"'),
        (b'"case":"C-0001"', b'"case":7'),
        (b'"kind":"AnswerSet"', b'"kind":"Answer Set"'),
        (b'"time":"2025-03-31T', b'"time":"2025-13-31T'),
        (b'"data":{"n":0,"v":1}', b'"data":[]'),
        (b'"stream":"anna.00000001"', b'"stream":"Anna.00000001"'),
    ],
)
def test_another_spelling_of_an_event_is_refused(old: bytes, new: bytes) -> None:
    with pytest.raises(EventError):
        parse(respelled(three_events()[0], old, new))


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{}", b'"x"', b"{" * 10, b"\x00"])
def test_what_is_no_event_is_refused(body: bytes) -> None:
    with pytest.raises(EventError):
        parse(body)


def test_an_event_of_over_1_mib_is_refused_when_sealed_and_when_parsed() -> None:
    draft = Draft("NoteSet", "C-0001", {"note": "x" * (1 << 20)})
    with pytest.raises(EventError, match="1 MiB"):
        seal(
            [draft],
            stream=STREAM,
            head=Head(STREAM, 0, GENESIS),
            time=MOMENT,
            entropy=FixedEntropy("long"),
        )
    with pytest.raises(EventError, match="1 MiB"):
        parse(b" " * ((1 << 20) + 1))


@given(st.binary(max_size=300))
def test_no_bytes_make_parsing_fail_in_another_way(body: bytes) -> None:
    with pytest.raises(EventError):
        parse(body)


def test_the_first_fault_of_a_chain_is_named() -> None:
    first, second, third = three_events()
    changed = replace(second, body=second.body.replace(b'"n":1', b'"n":2'))
    assert str(check_chain([first, changed, third])) == (
        f"Event 2 of the stream {STREAM} does not have the hash it was stored under"
    )
    missing = check_chain([first, third])
    assert missing is not None
    assert (missing.stream, missing.seq) == (STREAM, 2)
    resealed = seal(
        [Draft("AnswerSet", "C-0001", {"v": 1, "n": 9})],
        stream=STREAM,
        head=Head(STREAM, 1, first.hash),
        time=MOMENT,
        entropy=FixedEntropy("another"),
    )
    unlinked = check_chain([first, *resealed, third])
    assert unlinked is not None
    assert (unlinked.seq, unlinked.reason) == (3, "does not name the event before it")


def test_the_digest_is_the_hash_of_the_sorted_heads() -> None:
    heads = [Head("ben.1", 2, "b" * 64), Head("anna.1", 9, "a" * 64)]
    listed = json.dumps([["anna.1", 9, "a" * 64], ["ben.1", 2, "b" * 64]], separators=(",", ":"))
    assert digest(heads) == sha256(listed.encode()).hexdigest()
    assert digest(heads) == digest(reversed(heads))


def test_a_digest_is_read_aloud_in_groups_of_four() -> None:
    assert grouped("0123456789") == "0123 4567 89"
