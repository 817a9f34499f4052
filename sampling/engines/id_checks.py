"""Checks of the ids of a frame: valid, unrepeated, and not changed on their way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sampling.checks import Fault
from sampling.engines.relation import Relation
from sampling.engines.selection import Selection
from sampling.faults import Code, fault
from sampling.look_alikes import (
    DATE_SERIAL,
    HAS_PAIR,
    KEY_SQL,
    LEADING_ZERO,
    MANGLED,
    PAIRED_SQL,
    look_alike_key,
    width_before,
)
from sampling.personal import REFERENCES, scan
from sampling.records import MAX_BYTES, NONCE_WORD, why_not_an_id

PLAIN: Final = (
    f"(strlen({{id}}) <= {MAX_BYTES} AND {{id}} <> '{NONCE_WORD}' "
    "AND regexp_full_match({id}, '[!-~]([ -~]*[!-~])?'))"
)
"""True for ids that are plain printable ASCII and valid; all others go to ``why_not_an_id``."""

_LOOKED_AT: Final = 1000


def _plain(column: str) -> str:
    return PLAIN.format(id=column)


def _key(column: str) -> str:
    return (
        f"CASE WHEN {_plain(column)} THEN {KEY_SQL.format(id=column)} "
        f"ELSE look_alike_key({column}) END"
    )


def _paired_key(column: str) -> str:
    """Return the key of an id of plain ASCII whose pairs of letters are read as one."""
    return KEY_SQL.format(id=PAIRED_SQL.format(id=column))


def teach(relation: Relation) -> None:
    """Give the engine the two functions that decide on unusual ids."""
    relation.teach("why_not_an_id", _reason)
    relation.teach("look_alike_key", look_alike_key)


def _reason(record_id: str) -> str:
    return why_not_an_id(record_id) or ""


@dataclass(frozen=True, slots=True)
class _Counts:
    """What one look at all ids tells."""

    records: int
    different: int
    different_keys: int
    unusual: int
    numbers: int
    serials: int
    paired: int
    mangled: tuple[int, ...]


def check_ids(relation: Relation, selection: Selection, id_column: str) -> Iterator[Fault]:
    """Yield what is wrong with the ids of the records selected.

    Args:
        relation: The extract, taught by :func:`teach`.
        selection: The records.
        id_column: Name of the column of ids.
    """
    counts = _count(relation)
    places = _Finder(relation, selection, id_column)
    if counts.unusual:
        yield from _invalid(relation, places)
    if counts.different < counts.records:
        repeated = "SELECT id FROM records GROUP BY id HAVING count(*) > 1"
        count = relation.number(f"SELECT count(*) FROM ({repeated})")
        if count:
            yield places.fault(Code.REPEATED_ID, count, f"{{id}} IN ({repeated})")
    if counts.different_keys < counts.different or counts.paired:
        yield from _look_alikes(relation, places, has_pairs=bool(counts.paired))
    yield from _mangled(counts, places)
    yield from _lost_zeros(relation, counts, places)
    yield from _references(relation, id_column)


def _count(relation: Relation) -> _Counts:
    patterns = ", ".join(
        f"count_if(regexp_full_match(id, '{pattern}'))" for pattern in MANGLED.values()
    )
    row = relation.query(
        f"SELECT count(*), count(DISTINCT hash(id)), count(DISTINCT hash({_key('id')})), "
        f"count_if(NOT {_plain('id')}), count_if(regexp_full_match(id, '\\d+')), "
        f"count_if(regexp_full_match(id, '{DATE_SERIAL}')), "
        f"count_if(regexp_matches(id, '{HAS_PAIR}')), {patterns} FROM records"
    )[0]
    records, different, keys, unusual, numbers, serials, paired, *mangled = (
        int(cell or 0) for cell in row
    )
    return _Counts(records, different, keys, unusual, numbers, serials, paired, tuple(mangled))


@dataclass(frozen=True, slots=True)
class _Finder:
    """Makes faults of ids with their places."""

    relation: Relation
    selection: Selection
    id_column: str

    def fault(self, code: Code, count: int, condition: str, *, detail: str = "") -> Fault:
        where = f"{self.selection.where} AND {condition.format(id=self.selection.id)}"
        places = self.relation.places(where, self.id_column)
        return fault(code, count, places, column=self.id_column, detail=detail)


def _invalid(relation: Relation, places: _Finder) -> Iterator[Fault]:
    reasons = relation.query(
        "SELECT reason, n FROM (SELECT why_not_an_id(id) AS reason, count(*) AS n FROM records "
        f"WHERE NOT {_plain('id')} GROUP BY 1) WHERE reason <> '' ORDER BY n DESC, reason"
    )
    if reasons:
        total = sum(int(count or 0) for _, count in reasons)
        condition = f"NOT {PLAIN} AND why_not_an_id({{id}}) <> ''"
        detail = ", ".join(str(reason) for reason, _ in reasons)
        yield places.fault(Code.INVALID_ID, total, condition, detail=detail)


def _look_alikes(relation: Relation, places: _Finder, *, has_pairs: bool) -> Iterator[Fault]:
    alike = _of_one_key(_key("id"))
    if has_pairs:
        alike = f"{alike} UNION {_of_one_key(_paired_key('id'), _plain('id'))}"
    count = relation.number(f"SELECT count(*) FROM ({alike})")
    if count:
        yield places.fault(Code.LOOK_ALIKE_IDS, count, f"{{id}} IN ({alike})")


def _of_one_key(key: str, where: str = "true") -> str:
    """Return SQL for the ids, each once, that share a key with another one."""
    shared = (
        f"SELECT {key} AS key FROM records WHERE {where} GROUP BY 1 HAVING count(DISTINCT id) > 1"
    )
    return f"SELECT DISTINCT id FROM records WHERE {where} AND {key} IN ({shared})"


def _mangled(counts: _Counts, places: _Finder) -> Iterator[Fault]:
    for (how, pattern), count in zip(MANGLED.items(), counts.mangled, strict=True):
        if count:
            escaped = pattern.replace("{", "{{").replace("}", "}}")
            condition = f"regexp_full_match({{id}}, '{escaped}')"
            yield places.fault(Code.MANGLED_IDS, count, condition, detail=how)
    if counts.serials and 2 * counts.numbers < counts.records:
        escaped = DATE_SERIAL.replace("{", "{{").replace("}", "}}")
        condition = f"regexp_full_match({{id}}, '{escaped}')"
        yield places.fault(
            Code.MANGLED_IDS, counts.serials, condition, detail="turned into the number of a day"
        )


def _lost_zeros(relation: Relation, counts: _Counts, places: _Finder) -> Iterator[Fault]:
    """Find shorter ids among ids of digits alone."""
    if not counts.records or counts.numbers < counts.records:
        return
    rows = relation.query("SELECT strlen(id), count(*), max(id), min(id) FROM records GROUP BY 1")
    widths = {int(width or 0): int(count or 0) for width, count, *_ in rows}
    # Among ids of one width the order of the bytes is that of the numbers.
    numbers = [int(end or 0) for _, _, *ends in rows for end in ends]
    padded = relation.number(
        f"SELECT count(*) FROM records WHERE regexp_full_match(id, '{LEADING_ZERO}')"
    )
    width = width_before(widths, max(numbers) - min(numbers), has_leading_zeros=bool(padded))
    if width is not None:
        count = counts.records - widths[width]
        yield places.fault(Code.SHORTER_IDS, count, f"strlen({{id}}) < {width}", detail=str(width))


def _references(relation: Relation, id_column: str) -> Iterator[Fault]:
    ids = [
        str(row[0])
        for row in relation.query(f"SELECT id FROM records ORDER BY id LIMIT {_LOOKED_AT}")
    ]
    like = sum(any(hit.kind in REFERENCES for hit in scan(record_id)) for record_id in ids)
    if 2 * like > len(ids):
        yield fault(Code.REFERENCE_LIKE_IDS, like, column=id_column)
