"""What is wrong with the values of one column, from its values and their counts alone.

Pure: an engine counts, this says what the counts mean, and the engine finds the places.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sampling.faults import Code
from sampling.personal import named_like, scan

LONG_TEXT: Final = 200
"""Characters; a column whose median is longer is text, not a category."""

MUCH_MISSING: Final = 0.2
OLDEST: Final = 110


class Use(StrEnum):
    """What a column is asked to be."""

    ID = "the id"
    STRATUM = "a stratum"
    KEEP = "a kept column"
    RECORD = "a record column"
    SIZE = "the size"
    UNIT = "the unit"
    ONLY = "a filter"
    QUASI = "a column of the identifiability table"


@dataclass(frozen=True, slots=True)
class Values:
    """The values of one column."""

    name: str
    rows: int
    blank: int
    counts: Mapping[str, int]
    """Rows by value, blanks left out; a few hundred of the values where ``is_complete`` is
    False."""
    is_complete: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with the values of a column."""

    code: Code
    count: int
    """Rows, or values where the sentence speaks of values."""
    detail: str = ""
    values: tuple[str, ...] = ()
    """Where these values stand are the places; none: the whole column."""


UNKNOWN_WORDS: Final = frozenset(
    {"unknown", "not known", "not recorded", "not stated", "not reported", "not provided"}
    | {"not specified", "not available", "not obtained", "not disclosed", "undisclosed"}
    | {"missing", "unspecified", "refused", "declined", "prefer not to say", "no data"}
    | {"not known/not recorded", "not reported/not known", "unknown/not recorded"}
    | {"n/k", "nk", "u", "unk", "n/a", "na", "null", "none", "nan", "-", "?", ".", "x"}
)
_BARE_UNKNOWN: Final = frozenset({"x", "u", "none", "na", "n/a", "-", ".", "?", "refused"})
"""Words that mean unknown only where another word for it stands beside them."""

_CODES: Final = frozenset({"9", "99", "999", "-1", "-9", "-99", "IC9", "Z9"})
"""Codes that mean unknown where a word for it stands beside them in a column of no numbers."""

_TOTAL = re.compile(r"(?:grand |sub)?totals?|sum", re.IGNORECASE)
_INTEGER_WITH_POINT = re.compile(r"-?\d+\.0")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_AGE_NAME = re.compile(r"(?:^|[^a-z])age(?:$|[^a-z])", re.IGNORECASE)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATES: Final = (
    ("YYYY-MM-DD", re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d.*)?")),
    ("YYYYMMDD", re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")),
    ("YYYY/MM/DD", re.compile(r"\d{4}/\d\d?/\d\d?(?: .*)?")),
    ("DD-MON-YY", re.compile(rf"(?i:\d\d?[- ](?:{_MONTHS})[a-z]*[- ]\d\d(?:\d\d)?(?: .*)?)")),
    ("numbers with slashes", re.compile(r"\d\d?/\d\d?/\d\d(?:\d\d)?(?: .*)?")),
    ("numbers with points", re.compile(r"\d\d?\.\d\d?\.\d\d(?:\d\d)?(?: .*)?")),
    ("numbers with hyphens", re.compile(r"\d\d?-\d\d?-\d\d(?:\d\d)?(?: .*)?")),
)
_MONTH = re.compile(r"\d{4}-\d\d")
_DAY_MONTH = re.compile(r"(\d\d?)[/.-](\d\d?)[/.-]\d\d(?:\d\d)?(?: .*)?")
_YEAR = re.compile(r"(?:19|20|21)\d\d(?!\d)")
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T].*)?")


def check_values(values: Values, *, today: datetime.date | None = None) -> Iterator[Finding]:
    """Yield what is wrong with the values of a column.

    Args:
        values: The values and their counts.
        today: Dates after this are in the future; None leaves that unchecked.
    """
    if values.rows and values.blank == values.rows:
        yield Finding(Code.BLANK_COLUMN, values.blank)
        return
    if values.rows and values.blank / values.rows > MUCH_MISSING:
        share = f"{100 * values.blank / values.rows:.1f} %"
        yield Finding(Code.MUCH_MISSING, values.blank, share)
    yield from _personal(values)
    yield from _dates(values, today)
    if values.is_complete:
        yield from _unknowns(values)
        yield from _spellings(values)
        yield from _totals(values)
        yield from _numbers(values)


def _personal(values: Values) -> Iterator[Finding]:
    promised = named_like(values.name)
    hits: Counter[str] = Counter()
    found = []
    for value, count in values.counts.items():
        kinds = {hit.kind for hit in scan(value)}
        hits.update(dict.fromkeys(kinds, count))
        if kinds:
            found.append(value)
    rows = sum(values.counts[value] for value in found)
    if promised:
        yield Finding(Code.PERSONAL_DATA, values.rows - values.blank, f"its name says {promised}")
    elif found:
        kinds_found = ", ".join(sorted(hits))
        yield Finding(Code.PERSONAL_DATA, rows, f"{kinds_found}", tuple(found))
    long = sum(count for value, count in values.counts.items() if len(value) > LONG_TEXT)
    if 2 * long > sum(values.counts.values()):
        yield Finding(Code.LONG_TEXT, values.rows - values.blank)


def _dates(values: Values, today: datetime.date | None) -> Iterator[Finding]:
    ways: Counter[str] = Counter()
    orders: Counter[str] = Counter()
    future = []
    for value, count in values.counts.items():
        way = next((name for name, pattern in _DATES if pattern.fullmatch(value)), None)
        if way is None:
            continue
        ways[way] += count
        if values.is_complete and (found := _DAY_MONTH.fullmatch(value)):
            first, second = int(found[1]), int(found[2])
            orders["day" if first > 12 else "month" if second > 12 else "open"] += count
        if today and values.is_complete and _is_after(value, today):
            future.append(value)
    # A column of a few things that look like dates is not a column of dates.
    if 2 * sum(ways.values()) <= sum(values.counts.values()):
        return
    if orders["day"] and orders["month"]:
        ways["month before day"] += orders["month"]
    if len(ways) > 1:
        rarest = sum(ways.values()) - max(ways.values())
        yield Finding(Code.MIXED_DATES, rarest, ", ".join(sorted(ways)))
    elif orders["open"] and not orders["day"] and not orders["month"]:
        yield Finding(Code.AMBIGUOUS_DATES, orders["open"])
    if future:
        count = sum(values.counts[value] for value in future)
        yield Finding(Code.FUTURE_DATES, count, values=tuple(future))


def date_ways(values: Values) -> tuple[str, ...]:
    """Return the ways in which dates among the values are written; months count too.

    A column of a few things that look like dates is not a column of dates, and has none.
    """
    ways: Counter[str] = Counter()
    for value, count in values.counts.items():
        found = next((name for name, pattern in _DATES if pattern.fullmatch(value)), None)
        if found is None and _MONTH.fullmatch(value):
            found = "YYYY-MM"
        if found is not None:
            ways[found] += count
    is_dated = 2 * sum(ways.values()) > sum(values.counts.values())
    return tuple(sorted(ways)) if is_dated else ()


def holds_iso_dates(values: Values) -> bool:
    """Whether most values that were looked at are dates written YYYY-MM-DD."""
    dates = sum(count for value, count in values.counts.items() if _ISO.fullmatch(value))
    return 2 * dates > sum(values.counts.values())


def _is_after(value: str, today: datetime.date) -> bool:
    """Whether a date is in the future: exact where it is ISO, else by its year alone."""
    if iso := _ISO.fullmatch(value):
        return iso[1] > today.isoformat()
    year = _YEAR.search(value)
    return year is not None and int(year[0]) > today.year


def _unknowns(values: Values) -> Iterator[Finding]:
    words = {
        value: count for value, count in values.counts.items() if _fold(value) in UNKNOWN_WORDS
    }
    plain = {value for value in words if _fold(value) not in _BARE_UNKNOWN}
    if plain and not _is_numeric(values):
        words |= {value: count for value, count in values.counts.items() if value in _CODES}
    kinds = sorted({f"'{_fold(value)}'" for value in words})
    if values.blank and plain:
        kinds.append("blank")
    if plain and len(kinds) > 1:
        count = sum(words.values()) + values.blank
        yield Finding(Code.SEVERAL_UNKNOWNS, count, ", ".join(kinds), tuple(words))
    elif plain:
        yield Finding(Code.UNKNOWN_AS_WORD, sum(words.values()), ", ".join(kinds), tuple(words))


def _is_numeric(values: Values) -> bool:
    """Whether a column holds numbers that mean more than unknown."""
    numbers = [value for value in values.counts if _NUMBER.fullmatch(value)]
    return any(value not in _CODES for value in numbers)


def _spellings(values: Values) -> Iterator[Finding]:
    odd = other_spellings(values.counts, key=_fold)
    if odd:
        yield Finding(Code.TWO_SPELLINGS, len(odd), values=odd)


def _totals(values: Values) -> Iterator[Finding]:
    single = tuple(
        value
        for value, count in values.counts.items()
        if count == 1 and _TOTAL.fullmatch(value.strip()) and len(values.counts) > 1
    )
    if single:
        yield Finding(Code.TOTALS_ROW, len(single), values=single)


def _numbers(values: Values) -> Iterator[Finding]:
    numbers = {v: count for v, count in values.counts.items() if _NUMBER.fullmatch(v)}
    pointed = [value for value in numbers if _INTEGER_WITH_POINT.fullmatch(value)]
    if pointed and all("." not in v or _INTEGER_WITH_POINT.fullmatch(v) for v in numbers):
        yield Finding(Code.WHOLE_NUMBERS_WITH_POINT, sum(numbers[value] for value in pointed))
    if _AGE_NAME.search(values.name.replace("_", " ")):
        odd = tuple(value for value in numbers if not 0 < float(value) <= OLDEST)
        if odd:
            yield Finding(Code.IMPOSSIBLE_AGE, sum(numbers[v] for v in odd), values=odd)


def _fold(value: str) -> str:
    return " ".join(value.casefold().split())


def other_spellings(
    counts: Mapping[str, int], *, key: Callable[[str], str] = _fold
) -> tuple[str, ...]:
    """Return the values that are, but for capitals and spaces, another and commoner value.

    Args:
        counts: Rows by value.
        key: What two spellings have in common.
    """
    first: dict[str, str] = {}
    odd = []
    for value in sorted(counts, key=lambda value: (-counts[value], value)):
        if first.setdefault(key(value), value) != value:
            odd.append(value)
    return tuple(odd)
