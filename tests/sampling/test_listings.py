"""What a log says of a frame that grew, beside what a share draws of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sampling.draw import RankedRecord, sample_digest
from sampling.listings import Listing, fault_of_listing
from sampling.rolling import is_selected
from sampling.rolling_redraw import drawn_at_once
from sampling.tickets import SAMPLE, tickets

SEED = "76543210987654321098"
RATE = Decimal("0.25")


def drawn(ids: list[str]) -> tuple[RankedRecord, ...]:
    """Return what the share draws of ids in one stratum."""
    chosen = [one for one in tickets(SAMPLE, SEED, ids) if is_selected(one.ticket, RATE)]
    return tuple(
        RankedRecord("all", rank, one.id_bytes.decode(), one.ticket)
        for rank, one in enumerate(sorted(chosen), start=1)
    )


def told(ids: list[str]) -> Listing:
    records = drawn(ids)
    return Listing("0" * 64, len(records), sample_digest(drawn_at_once(records, seed=SEED)))


IDS = st.integers(1, 300).map(lambda count: [f"R-{number}" for number in range(count)])


@given(IDS)
def test_the_frame_as_it_was_has_no_fault(ids: list[str]) -> None:
    assert fault_of_listing(told(ids), drawn(ids), rate=RATE, seed=SEED) is None


@given(IDS, st.data())
def test_a_drawn_record_that_is_not_listed_is_a_fault(ids: list[str], data: st.DataObject) -> None:
    chosen = [record.record_id for record in drawn(ids)]
    if chosen:
        gone = data.draw(st.sampled_from(chosen))
        fewer = drawn([one for one in ids if one != gone])
        assert fault_of_listing(told(ids), fewer, rate=RATE, seed=SEED) is not None
        renamed = replace(told(ids), digest="1" * 64)
        assert fault_of_listing(renamed, drawn(ids), rate=RATE, seed=SEED) is not None
        unsaid = replace(told(ids), digest=None)
        assert fault_of_listing(unsaid, drawn(ids), rate=RATE, seed=SEED) is None
