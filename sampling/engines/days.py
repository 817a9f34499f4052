"""Days that a column holds, as YYYY-MM-DD, whatever way its dates are written.

Only ways that cannot be misread count. Numbers with slashes, points or hyphens and a year of four
digits do where some day over 12 shows which of the two comes first, and none says otherwise.
"""

from __future__ import annotations

from typing import Final

from sampling.columns import Values, date_ways
from sampling.engines.relation import Relation

_MONTHS: Final = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_NUMBERS: Final = {
    "numbers with slashes": "/",
    "numbers with points": ".",
    "numbers with hyphens": "-",
}


def days(relation: Relation, values: Values) -> str | None:
    """Return SQL for the day of each row of a column; NULL where it cannot be read for certain.

    A month without a day, such as 2024-05, stays as it is. None: the column holds no dates.

    Args:
        relation: The extract.
        values: The values of the column, all or some of them.
    """
    column = relation.column(values.name)
    cases = [case for way in date_ways(values) for case in _cases(relation, column, way)]
    return f"CASE {' '.join(cases)} END" if cases else None


def _cases(relation: Relation, column: str, way: str) -> list[str]:
    match way:
        case "YYYY-MM-DD":
            pattern = r"\d{4}-\d\d-\d\d([ T].*)?"
            return [_case(column, pattern, f"left({column}, 10)")]
        case "YYYY-MM":
            return [_case(column, r"\d{4}-\d\d", column)]
        case "YYYYMMDD":
            cut = _joined(_cut(column, 1, 4), _cut(column, 5, 2), _cut(column, 7, 2))
            return [_case(column, r"(19|20)\d{6}", cut)]
        case "YYYY/MM/DD":
            year, month, day = (_piece(column, "/", number) for number in (1, 2, 3))
            return [_case(column, r"\d{4}/\d\d?/\d\d?( .*)?", _joined(year, month, day))]
        case "DD-MON-YY":
            return [_named_month(column, joint) for joint in ("-", " ")]
        case _:
            return _numbered(relation, column, _NUMBERS[way])


def _numbered(relation: Relation, column: str, joint: str) -> list[str]:
    """Return the case of days and months in numbers, where their order is certain."""
    mark = "[.]" if joint == "." else joint
    pattern = rf"\d\d?{mark}\d\d?{mark}\d{{4}}( .*)?"
    first, second, year = (_piece(column, joint, number) for number in (1, 2, 3))
    over = ", ".join(
        f"count_if(regexp_full_match({column}, '{pattern}') AND {_two(part)} > '12')"
        for part in (first, second)
    )
    (row,) = relation.query(f"SELECT {over} FROM extract")
    is_day_first, is_month_first = (bool(int(count or 0)) for count in row)
    if is_day_first is is_month_first:
        return []
    month, day = (second, first) if is_day_first else (first, second)
    return [_case(column, pattern, _joined(year, month, day))]


def _named_month(column: str, joint: str) -> str:
    day, name, year = (_piece(column, joint, number) for number in (1, 2, 3))
    month = " ".join(
        f"WHEN '{short}' THEN '{number:02}'" for number, short in enumerate(_MONTHS, start=1)
    )
    full_year = f"CASE WHEN strlen({year}) = 2 THEN '20' || {year} ELSE {year} END"
    named = f"CASE lower(left({name}, 3)) {month} END"
    pattern = rf"\d\d?{joint}[A-Za-z]{{3,9}}{joint}\d\d(\d\d)?( .*)?"
    return _case(column, pattern, f"{full_year} || '-' || {named} || '-' || {_two(day)}")


def _case(column: str, pattern: str, day: str) -> str:
    return f"WHEN regexp_full_match({column}, '{pattern}') THEN {day}"


def _cut(column: str, start: int, length: int) -> str:
    return f"substr({column}, {start}, {length})"


def _piece(column: str, joint: str, number: int) -> str:
    """Return SQL for one of three parts of a date; a time after the last is left off."""
    part = f"split_part({column}, '{joint}', {number})"
    return f"split_part({part}, ' ', 1)" if number == 3 and joint != " " else part


def _two(part: str) -> str:
    return f"lpad({part}, 2, '0')"


def _joined(year: str, month: str, day: str) -> str:
    return f"{year} || '-' || {_two(month)} || '-' || {_two(day)}"
