from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.case import CaseState, Review, case_state, count_states, final_sheet
from review.codebook import builtin_codebook, parse_codebook
from review.coding import CodingState
from review.decoding import REVIEW_KINDS, decode
from review.errors import EventError, ReviewError
from review.events import (
    AnswerRedone,
    AnswerSet,
    AnswerUndone,
    AssignedCase,
    CasesAssigned,
    CodebookPublished,
    CodingDeferred,
    CodingOpened,
    CodingRecalled,
    CodingResumed,
    CodingReturned,
    CodingSubmitted,
    DeferralReason,
    Entry,
    FlagAnswered,
    FlagKind,
    FlagRaised,
    NoteSet,
    QuotePinned,
    QuoteRemoved,
    ReviewerAdded,
    ReviewEvent,
    RiskAcknowledged,
    RiskReferred,
)
from sampling.draw import DrawnRecord, Role

CODEBOOK = builtin_codebook("da-short")
PUBLISHED = CodebookPublished(
    id=CODEBOOK.id, version=CODEBOOK.version, sha256=CODEBOOK.sha256, body=CODEBOOK.body
)
TINY = parse_codebook(
    """
format = 1
id = "tiny"
version = "1.0.0"
window_days = 7
[answers.yes_no]
yes = {key = "y", label = "Yes"}
no = {key = "n", label = "No"}
[[question]]
id = "E1"
ask = "?"
answers = "yes_no"
closed = true
""",
    source="tiny.toml",
)
CASES = ("C-0001", "C-0002")
OPENED = CodingOpened(codebook_sha256=CODEBOOK.sha256)


class Book:
    """Writes entries as a ledger would, one second apart."""

    def __init__(self) -> None:
        self.review = Review()
        self.seconds = 0
        self.write("boss", PUBLISHED)

    def write(self, writer: str, event: ReviewEvent, case_id: str | None = None) -> None:
        self.seconds += 1
        time = f"2026-11-21T10:{self.seconds // 60:02d}:{self.seconds % 60:02d}Z"
        self.review.apply(Entry(event, case_id, writer, f"{writer}-1", self.seconds, time))

    def code(self, writer: str, answers: dict[str, str], case_id: str = "C-0001") -> None:
        self.write(writer, OPENED, case_id)
        for question, value in answers.items():
            self.write(writer, AnswerSet(question=question, old=(), new=(value,)), case_id)

    def state(self, case_id: str = "C-0001") -> CaseState:
        return case_state(self.review, Role.SAMPLE, case_id)


def test_a_case_goes_from_awaiting_to_final_in_the_hands_of_one_coder() -> None:
    book = Book()
    assert book.state() is CaseState.AWAITING
    book.code("r1", {"E1": "no_missing"})
    assert book.state() is CaseState.PARTLY_CODED
    assert final_sheet(book.review, Role.SAMPLE, "C-0001") is None
    book.write("r1", CodingSubmitted(), "C-0001")
    assert book.state() is CaseState.FINAL
    sheet = final_sheet(book.review, Role.SAMPLE, "C-0001")
    assert sheet is not None
    assert sheet.counted == {"E1": ("no_missing",)}


def test_an_open_blocking_flag_holds_a_case_and_its_answer_lets_it_go() -> None:
    book = Book()
    book.code("r1", {"E1": "no_missing"})
    book.write("r1", CodingSubmitted(), "C-0001")
    book.write("r1", FlagRaised(flag_id="f0", kind=FlagKind.CODEBOOK, text="?"), "C-0001")
    assert book.state() is CaseState.FINAL
    book.write("r1", FlagRaised(flag_id="f1", kind=FlagKind.RECORD, text="?"), "C-0001")
    assert book.state() is CaseState.FLAGGED
    book.write("boss", FlagAnswered(flag_id="f1", text="go on"), "C-0001")
    assert book.state() is CaseState.FINAL
    assert [flag.answer for flag in book.review.flags_of("C-0001")] == [None, "go on"]


def test_two_codings_that_agree_are_final_and_two_that_differ_are_in_conflict() -> None:
    book = Book()
    for writer in ("r1", "r2"):
        book.code(writer, {"E1": "yes", "E2": "no", "Z5": "no"})
        book.write(writer, AnswerSet(question="A1", old=(), new=("yes",)), "C-0001")
        book.write(writer, CodingSubmitted(), "C-0001")
    book.write("r2", AnswerSet(question="A1", old=("yes",), new=("no",)), "C-0001")
    assert book.state() is CaseState.FINAL, "an answer that does not count cannot conflict"
    book.write("r2", AnswerSet(question="Z5", old=("no",), new=("yes",)), "C-0001")
    assert book.state() is CaseState.CONFLICT
    assert final_sheet(book.review, Role.SAMPLE, "C-0001") is None


def test_reserve_and_replaced_rows_are_told_apart_from_the_sample() -> None:
    book = Book()
    assert case_state(book.review, Role.RESERVE, "C-0001") is CaseState.RESERVE
    assert case_state(book.review, Role.REPLACED, "C-0001") is CaseState.EXCLUDED


def test_a_coding_that_was_sent_back_is_a_draft_with_the_question_until_handed_in_again() -> None:
    book = Book()
    book.code("r1", {"E1": "yes"})
    book.write("r1", CodingSubmitted(), "C-0001")
    back = CodingReturned(reviewer="r1", revision=1, question="timing?")
    book.write("boss", back, "C-0001")
    coding = book.review.coding_of("C-0001", "r1")
    assert (coding.state, coding.returned_question) == (CodingState.DRAFT, "timing?")
    assert book.state() is CaseState.PARTLY_CODED
    book.write("r1", AnswerSet(question="E2", old=(), new=("no",)), "C-0001")
    book.write("r1", CodingSubmitted(), "C-0001")
    coding = book.review.coding_of("C-0001", "r1")
    assert (coding.state, coding.returned_question) == (CodingState.SUBMITTED, None)
    assert coding.answers == {"E1": ("yes",), "E2": ("no",)}


def test_a_referral_waits_until_it_is_acknowledged_and_a_later_one_waits_again() -> None:
    book = Book()
    book.write("r1", RiskReferred(), "C-0001")
    assert [one.acknowledged for one in book.review.referrals] == [None]
    book.write("boss", RiskAcknowledged(action="called the unit"), "C-0001")
    assert [one.acknowledged for one in book.review.referrals] == ["called the unit"]
    book.write("r1", RiskReferred(), "C-0001")
    assert [one.acknowledged for one in book.review.referrals] == ["called the unit", None]


def test_a_referral_survives_recall_and_a_changed_answer() -> None:
    book = Book()
    book.code("r1", {"E1": "yes", "Z5": "yes"})
    book.write("r1", RiskReferred(), "C-0001")
    book.write("r1", CodingSubmitted(), "C-0001")
    book.write("r1", CodingRecalled(), "C-0001")
    book.write("r1", AnswerSet(question="Z5", old=("yes",), new=("no",)), "C-0001")
    assert len(book.review.referrals) == 1


def test_a_later_assignment_replaces_an_earlier_one() -> None:
    book = Book()
    for reviewer in ("r1", "r2"):
        slot = AssignedCase(case_id="C-0001", reviewer=reviewer, slot=1)
        book.write("boss", CasesAssigned(assigned=(slot,)))
    assert [one.reviewer for one in book.review.assigned_to("C-0001")] == ["r2"]


def test_reviewers_stand_in_order_of_joining() -> None:
    book = Book()
    for number in (10, 2, 1):
        book.write("boss", ReviewerAdded(name=f"n{number}", code=f"R{number}"))
    assert list(book.review.reviewers.values()) == ["R1", "R2", "R10"]


def test_a_coding_carries_on_on_a_second_device() -> None:
    book = Book()
    book.code("r1", {"E1": "yes"})
    event = AnswerSet(question="E2", old=(), new=("no",))
    book.review.apply(Entry(event, "C-0001", "r1", "r1-2", 1, "2026-11-21T11:00:00Z"))
    coding = book.review.coding_of("C-0001", "r1")
    assert coding.answers == {"E1": ("yes",), "E2": ("no",)}
    assert coding.state is CodingState.DRAFT


def quote_event(kind: type[QuotePinned] | type[QuoteRemoved]) -> ReviewEvent:
    place = {"question": "E1", "field": "narrative", "start": 0, "end": 3}
    return kind.model_validate(place | ({"record_sha256": "0" * 64} if kind is QuotePinned else {}))


CODER_EVENTS: st.SearchStrategy[ReviewEvent] = st.one_of(
    st.sampled_from(
        [
            OPENED,
            CodingDeferred(reason=DeferralReason.OTHER),
            CodingResumed(),
            CodingSubmitted(),
            CodingRecalled(),
            RiskReferred(),
            NoteSet(text="seen"),
            NoteSet(text=""),
            quote_event(QuotePinned),
            quote_event(QuoteRemoved),
            FlagRaised(flag_id="f1", kind=FlagKind.RECORD, text="one"),
            FlagRaised(flag_id="f1", kind=FlagKind.CODEBOOK, text="two"),
        ]
    ),
    st.sampled_from(["E1", "E2", "A1", "Z5"]).flatmap(
        lambda question: st.sampled_from(["yes", "no"]).map(
            lambda value: AnswerSet(question=question, old=(), new=(value,))
        )
    ),
    st.sampled_from([AnswerUndone, AnswerRedone]).map(
        lambda kind: kind(question="E1", undone=("yes",), restored=())
    ),
)
BOSS_EVENTS: st.SearchStrategy[ReviewEvent] = st.one_of(
    st.sampled_from(
        [
            CodebookPublished(id="tiny", version="1.0.0", sha256="", body=TINY.body),
            FlagAnswered(flag_id="f1", text="yes"),
            FlagAnswered(flag_id="f1", text="no"),
            RiskAcknowledged(action="done"),
            ReviewerAdded(name="r1", code="R1"),
            ReviewerAdded(name="r2", code="R2"),
        ]
    ),
    st.builds(
        lambda reviewer: CasesAssigned(
            assigned=(AssignedCase(case_id="C-0001", reviewer=reviewer, slot=1),)
        ),
        st.sampled_from(["r1", "r2"]),
    ),
    st.builds(
        lambda revision, question: CodingReturned(
            reviewer="r1", revision=revision, question=question
        ),
        st.integers(1, 3),
        st.sampled_from(["a", "b"]),
    ),
)


@st.composite
def histories(draw: st.DrawFn) -> list[list[Entry]]:
    """Streams of two coders, one of them on two devices, and of two supervisors."""
    streams = []
    for writer, stream in (
        ("r1", "r1-a"), ("r1", "r1-b"), ("r2", "r2-a"), ("boss", "boss-a"), ("deputy", "deputy-a"),
    ):  # fmt: skip
        events = draw(st.lists(BOSS_EVENTS if "r" not in writer[0] else CODER_EVENTS, max_size=8))
        streams.append(
            [
                Entry(
                    event,
                    draw(st.sampled_from(CASES)),
                    writer,
                    stream,
                    seq,
                    f"2026-11-21T10:00:{draw(st.integers(0, 9)):02d}Z",
                )
                for seq, event in enumerate(events, start=1)
            ]
        )
    return streams


def fold_in_order(streams: list[list[Entry]], order: list[int]) -> Review:
    review = Review()
    review.apply(Entry(PUBLISHED, None, "init", "init", 1, "2026-11-21T09:00:00Z"))
    queues = [list(stream) for stream in streams]
    for pick in order:
        waiting = [queue for queue in queues if queue]
        if waiting:
            review.apply(waiting[pick % len(waiting)].pop(0))
            review.codings_of("C-0001")
    for queue in queues:
        for entry in queue:
            review.apply(entry)
    return review


def view(review: Review) -> object:
    return (
        review.reviewers,
        review.assignment,
        [review.slots_of(case) for case in CASES],
        review.flags,
        review.referrals,
        [review.codings_of(case) for case in CASES],
        [case_state(review, Role.SAMPLE, case) for case in CASES],
        None if review.codebook is None else review.codebook.sha256,
    )


@given(histories(), st.lists(st.integers(0, 100), max_size=40))
def test_how_the_streams_are_interleaved_changes_nothing(
    streams: list[list[Entry]], order: list[int]
) -> None:
    one_after_another = fold_in_order(streams, [])
    backwards = fold_in_order(streams[::-1], [])
    mixed = fold_in_order(streams, order)
    assert view(mixed) == view(one_after_another) == view(backwards)


@given(histories(), st.lists(st.sampled_from(Role), min_size=2, max_size=2))
def test_the_states_add_up_to_what_was_drawn(streams: list[list[Entry]], roles: list[Role]) -> None:
    review = fold_in_order(streams, [])
    records = [
        DrawnRecord(case_id=case, record_id=case, stratum="s", rank=1, ticket="0" * 64, role=role)
        for case, role in zip(CASES, roles, strict=True)
    ]
    counts = count_states(review, records)
    assert set(counts) == set(CaseState)
    reserve = counts.pop(CaseState.RESERVE)
    assert reserve == roles.count(Role.RESERVE)
    assert sum(counts.values()) == len(records) - reserve


def test_every_event_comes_back_from_its_plain_data() -> None:
    for event in (PUBLISHED, OPENED, CodingDeferred(reason=DeferralReason.OTHER), NoteSet(text="")):
        assert decode(type(event).__name__, event.model_dump(mode="json")) == event
        assert REVIEW_KINDS[type(event).__name__] is type(event)


def test_an_unknown_kind_or_version_is_none_and_wrong_data_are_an_error_without_the_data() -> None:
    assert decode("NoSuchThing", {"v": 1}) is None
    assert decode("CodingSubmitted", {"v": 2}) is None
    with pytest.raises(EventError, match="at text") as caught:
        decode("NoteSet", {"v": 1, "text": ["secret"]})
    assert "secret" not in str(caught.value)
    with pytest.raises(EventError, match="at extra"):
        decode("CodingSubmitted", {"v": 1, "extra": 1})


def test_an_event_about_a_case_has_to_name_it() -> None:
    with pytest.raises(ReviewError, match="names no case"):
        Review().apply(Entry(CodingSubmitted(), None, "r1", "r1", 1, "2026-11-21T09:00:00Z"))
