"""One hostile extract for each fault that real ones have: named, with row and column."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from sampling.faults import Code

Program = Any


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file and what must be said of it."""

    content: bytes
    code: Code
    severity: str
    places: list[tuple[int | None, str | None]]
    options: tuple[str, ...] = ("--id", "id")


def text(*lines: str, ending: str = "\n", encoding: str = "utf-8") -> bytes:
    return ending.join((*lines, "")).encode(encoding)


def numbered(lead: str, rows: list[str]) -> bytes:
    return text(lead, *(f"r{number},{row}" for number, row in enumerate(rows)))


_PADDED = [f"{(number * 48_271_393) % 10**8:08d}" for number in range(1, 200)]
_EATEN = [str(int(record_id)) for record_id in _PADDED]
_SHORT = [number for number, record_id in enumerate(_EATEN, start=2) if len(record_id) < 8]

HOSTILE = {
    "a reference on two rows": Hostile(
        text("id,area", "a,x", "b,x", "a,y"),
        Code.REPEATED_ID, "error", [(2, "id"), (4, "id")],
    ),
    "an empty reference": Hostile(
        text("id,area", "a,x", ",x"), Code.EMPTY_ID, "error", [(3, "id")]
    ),
    "zeros eaten by a spreadsheet": Hostile(
        text("id", *_EATEN), Code.SHORTER_IDS, "warning", [(row, "id") for row in _SHORT]
    ),
    "references turned into dates": Hostile(
        text("id", "12a/2024", "Dec-24", "01/12/2024"),
        Code.MANGLED_IDS, "error", [(3, "id"), (4, "id")],
    ),
    "references turned into powers of ten": Hostile(
        text("id", "DA1", "1.2E+09"), Code.MANGLED_IDS, "error", [(3, "id")]
    ),
    "references that differ by capitals": Hostile(
        text("id", "INC-1a", "other", "inc-1A"),
        Code.LOOK_ALIKE_IDS, "error", [(2, "id"), (4, "id")],
    ),
    "references that differ by a space": Hostile(
        text("id", "INC 1", "other", "INC1"),
        Code.LOOK_ALIKE_IDS, "error", [(2, "id"), (4, "id")],
    ),
    "references that differ by a letter of one look": Hostile(
        text("id", "ΝΟ-7", "other", "NO-7"), Code.LOOK_ALIKE_IDS, "error", [(2, "id"), (4, "id")]
    ),
    "references that differ by a sign without a look": Hostile(
        text("id", "INC\u200b-7", "other", "INC-7"),
        Code.LOOK_ALIKE_IDS, "error", [(2, "id"), (4, "id")],
    ),
    "a space after a reference": Hostile(
        text("id", "a ", "b"), Code.INVALID_ID, "error", [(2, "id")]
    ),
    "quotes of Windows-1252": Hostile(
        text("id,t", "a,it’s", encoding="cp1252"), Code.NOT_UTF8, "error", [(2, "t")]
    ),
    "a NUL": Hostile(text("id,t", "a,x\0y"), Code.CONTROL_CHARACTER, "error", [(2, "t")]),
    "a short row": Hostile(text("id,t", "a,x", "b"), Code.RAGGED_ROW, "error", [(3, None)]),
    "a mark never closed": Hostile(
        text("id,t", 'a,"x', "b,y"), Code.OPEN_QUOTE, "error", [(2, None)]
    ),
    "a blank row between records": Hostile(
        text("id,t", "a,x", ",", "b,y"), Code.BLANK_ROW, "error", [(3, None)]
    ),
    "blank rows at the end": Hostile(
        text("id,t", "a,x", ",", ","), Code.TRAILING_BLANK_ROWS, "warning", []
    ),
    "a row of totals": Hostile(
        text("id,t", "a,x", "b,x", "c,Total"), Code.TOTALS_ROW, "error", [(4, "t")]
    ),
    "two ways of writing dates": Hostile(
        numbered("id,day", ["2024-01-02", "24-JAN-19", "2024-02-03"]),
        Code.MIXED_DATES, "warning", [(None, "day")],
    ),
    "two ways of writing dates in a stratum": Hostile(
        numbered("id,day", ["2024-01-02", "24-JAN-19", "2024-02-03"]),
        Code.MIXED_DATES, "error", [(None, "day")], ("--id", "id", "--strata", "day"),
    ),
    "dates that could be either": Hostile(
        numbered("id,day", ["03/04/2024", "01/02/2024"]),
        Code.AMBIGUOUS_DATES, "warning", [(None, "day")],
    ),
    "a date in the future": Hostile(
        numbered("id,day", ["2024-01-02", "2124-01-02"]),
        Code.FUTURE_DATES, "warning", [(3, "day")],
    ),
    "a year in the future": Hostile(
        numbered("id,day", ["13/01/2024", "14/01/2124"]),
        Code.FUTURE_DATES, "warning", [(3, "day")],
    ),
    "one date in the future among thousands": Hostile(
        numbered(
            "id,at",
            [f"2024-01-01 {n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}" for n in range(3000)]
            + ["2124-01-01 00:00:00"],
        ),
        Code.FUTURE_DATES, "warning", [(3002, "at")],
    ),
    "an arrest before the incident": Hostile(
        text("id,incident_date,arrest_date", "a,2024-01-02,2024-01-01", "b,2024-01-02,"),
        Code.ARREST_BEFORE_INCIDENT, "warning", [(2, "arrest_date")],
    ),
    "ages of 0 and 999": Hostile(
        numbered("id,victim_age", ["34", "0", "999", "51"]),
        Code.IMPOSSIBLE_AGE, "warning", [(3, "victim_age"), (4, "victim_age")],
    ),
    "several codes for unknown": Hostile(
        numbered("id,race", ["White", "U", "9", "Not Stated", "", *["Black"] * 9]),
        Code.SEVERAL_UNKNOWNS, "warning", [(3, "race"), (4, "race"), (5, "race")],
    ),
    "two spellings of a borough": Hostile(
        numbered("id,area", ["Hackney", "HACKNEY ", "Hackney"]),
        Code.TWO_SPELLINGS, "warning", [(3, "area")],
    ),
    "two spellings of a stratum": Hostile(
        numbered("id,area", ["Hackney", "HACKNEY", "Hackney"]),
        Code.STRATUM_SPELLINGS, "error", [(3, "area")], ("--id", "id", "--strata", "area"),
    ),
    "a column that is wholly blank": Hostile(
        text("id,arrest_date", "a,", "b,"), Code.BLANK_COLUMN, "warning", [(None, "arrest_date")]
    ),
    "a characteristic that is often missing": Hostile(
        numbered("id,ethnicity", ["A", "", "", "B", "A"]),
        Code.MUCH_MISSING, "warning", [(None, "ethnicity")],
    ),
    "a column named after a person": Hostile(
        text("id,victim_surname", "a,x", "b,y"),
        Code.PERSONAL_DATA, "error", [(None, "victim_surname")],
        ("--id", "id", "--keep", "victim_surname"),
    ),
    "a phone number in a kept column": Hostile(
        text("id,t", "a,x", "b,07700 900123"),
        Code.PERSONAL_DATA, "error", [(3, "t")], ("--id", "id", "--keep", "t"),
    ),
    "rows of crimes": Hostile(
        text("crime_ref,area", "a,x", "b,x"), Code.NOT_INCIDENTS, "warning", [],
        ("--id", "crime_ref"),
    ),
    "rows without the key": Hostile(
        text("incident,area", "a,x", ",x", "a,x"), Code.EMPTY_KEY, "error", [(3, "incident")],
        ("--collapse", "incident"),
    ),
    "rows of an incident that differ": Hostile(
        text("incident,area", "a,x", "b,x", "a,y"), Code.ROWS_DISAGREE, "error", [(2, "area")],
        ("--collapse", "incident", "--keep", "area"),
    ),
    "rows of an incident in two strata": Hostile(
        text("incident,area", "a,x", "b,x", "a,y"), Code.STRATUM_DISAGREES, "error", [(2, "area")],
        ("--collapse", "incident", "--strata", "area"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_each_fault_is_named_with_row_and_column(name: str, program: Program) -> None:
    hostile = HOSTILE[name]
    (program.folder / "extract.csv").write_bytes(hostile.content)
    is_error = hostile.severity == "error"
    ran = program(
        "frame", "check", "extract.csv", *hostile.options, "--format", "json",
        code=3 if is_error else 0,
    )  # fmt: skip
    faults = [found for found in json.loads(ran.stdout)["faults"] if found["code"] == hostile.code]
    (found,) = faults
    assert found["severity"] == hostile.severity
    assert [(place["row"], place["column"]) for place in found["places"]] == hostile.places


@pytest.mark.parametrize(
    "encoded",
    [
        lambda content: b"\xef\xbb\xbf" + content.encode(),
        lambda content: content.encode("utf-16"),
        lambda content: content.replace("\n", "\r\n").encode(),
    ],
    ids=["a byte-order mark", "UTF-16", "line ends of Windows"],
)
def test_marks_and_line_ends_are_no_faults(
    encoded: Callable[[str], bytes], program: Program
) -> None:
    (program.folder / "extract.csv").write_bytes(encoded("id,t\na,é\nb,y\n"))
    ran = program("frame", "check", "extract.csv", "--id", "id", "--format", "json")
    report = json.loads(ran.stdout)
    assert (report["rows"], report["faults"]) == (2, [])


def test_padded_ids_and_counted_ids_are_in_order(program: Program) -> None:
    for ids in (_PADDED, [str(number) for number in range(9_950, 10_200)]):
        (program.folder / "extract.csv").write_bytes(text("id", *ids))
        ran = program("frame", "check", "extract.csv", "--id", "id", "--format", "json")
        assert json.loads(ran.stdout)["faults"] == []
