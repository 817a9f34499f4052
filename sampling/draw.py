"""A draw: which records, in which order, under which case number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from hashlib import sha256
from typing import ClassVar, NamedTuple

from sampling.recorded import Coded, Widened
from sampling.tickets import ORDER, in_ticket_order

CASE_DIGITS = 4


class Role(StrEnum):
    """What a drawn record is for."""

    SAMPLE = "sample"
    RESERVE = "reserve"
    REPLACED = "replaced"


class ReplacementReason(StrEnum):
    """Why a record had to leave the sample for one of the reserve."""

    NOT_IN_SCOPE = "not_in_scope"
    DUPLICATE_RECORD = "duplicate_record"
    RESTRICTED = "restricted"

    @property
    def is_frame_error(self) -> bool:
        """Whether the record should not have been in the frame.

        Such a record tells how many others should not be there either. A restricted one belongs
        to the frame and cannot be read.
        """
        return self is not ReplacementReason.RESTRICTED


class RankedRecord(NamedTuple):
    """One record as an engine returns it."""

    stratum: str
    rank: int
    """From 1 within the group, in the order of the draw."""
    record_id: str
    ticket: str
    size: str | None = None
    """Of a size-weighted draw; None of any other."""
    unit: str | None = None
    """Of a draw in two stages; None of any other."""

    @property
    def group(self) -> str:
        """What its rank counts within: the unit of a draw in two stages, else the stratum."""
        return self.stratum if self.unit is None else self.unit


class DrawnRecord(Widened):
    """One record of the sample or the reserve."""

    SPARE: ClassVar[frozenset[str]] = frozenset({"size", "unit"})

    case_id: str
    record_id: str
    stratum: str
    rank: int
    ticket: str
    role: Coded[Role]
    size: str | None = None
    """Of a size-weighted draw; None of any other."""
    unit: str | None = None
    """Of a draw in two stages; None of any other."""

    @property
    def group(self) -> str:
        """What its rank counts within: the unit of a draw in two stages, else the stratum."""
        return self.stratum if self.unit is None else self.unit


def number_cases(
    seed: str,
    ranked: Iterable[RankedRecord],
    *,
    sample_sizes: Mapping[str, int],
    after: int = 0,
) -> tuple[DrawnRecord, ...]:
    """Give every record its role and its case number.

    Cases are numbered ``C-0001`` upwards, sample and reserve together, by the ``order`` ticket of
    the record id, so that the number says nothing about stratum, rank or role.

    Args:
        seed: The seed of the draw.
        ranked: Records of ranks 1 to n_h + r_h of every group, or those that an extension adds.
        sample_sizes: How many ranks of each group are in the sample; higher ones are the
            reserve.
        after: The highest number given already; the first new one has the next.

    Returns:
        The records in the order of their case numbers.
    """
    by_id = {record.record_id: record for record in ranked}
    last = after + len(by_id)
    return tuple(
        DrawnRecord(
            case_id=case_number(number, last=last),
            record_id=record_id,
            stratum=by_id[record_id].stratum,
            rank=by_id[record_id].rank,
            ticket=by_id[record_id].ticket,
            role=(
                Role.SAMPLE
                if by_id[record_id].rank <= sample_sizes[by_id[record_id].group]
                else Role.RESERVE
            ),
            size=by_id[record_id].size,
            unit=by_id[record_id].unit,
        )
        for number, record_id in enumerate(in_ticket_order(ORDER, seed, by_id), start=after + 1)
    )


def case_number(number: int, *, last: int) -> str:
    """Return a case number such as ``C-0007``, with as many digits as the last one has."""
    return f"C-{number:0{max(CASE_DIGITS, len(str(last)))}d}"


def highest_number(records: Iterable[DrawnRecord]) -> int:
    """Return the highest case number among drawn records; 0 where there is none."""
    return max((int(record.case_id.removeprefix("C-")) for record in records), default=0)


def by_number(case_id: str) -> tuple[int, str]:
    """Order case numbers: C-9999 before C-10000."""
    return len(case_id), case_id


def sample_digest(records: Iterable[DrawnRecord]) -> str:
    """Return the SHA-256 of the lines ``STRATUM TAB RANK TAB ID LF``, sorted by bytes.

    Of a draw in two stages the lines begin with the unit. It covers sample and reserve, and depends
    on nothing but frame, plan and seed.
    """
    lines = sorted(
        f"{record.group}\t{record.rank}\t{record.record_id}\n".encode() for record in records
    )
    return sha256(b"".join(lines)).hexdigest()
