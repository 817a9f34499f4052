"""Every fault that an extract can have: its code, its weight, what to say and the way out.

The one table from which messages are made. A sentence may name a column and a number, never a
value of the extract.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from sampling.checks import MAX_PLACES, Fault, Place, Severity
from sampling.fault_codes import Code

__all__ = ["RULES", "Code", "Rule", "Weight", "fault", "worst_first"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What is said of one kind of fault."""

    what: str
    """What is wrong; ``{column}``, ``{count:noun}`` and ``{detail}`` are filled in."""
    way_out: str
    """One sentence that says what to do."""
    severity: Severity = Severity.ERROR
    acceptable: bool = False


_WARNING = Severity.WARNING
_EXPORT = "Export the file again as CSV UTF-8 from the system that holds the records."

RULES: dict[Code, Rule] = {
    Code.NOT_UTF8: Rule(
        "{count:cell} with bytes that are not {detail}",
        "Save the file as UTF-8, or name its encoding with --encoding, such as cp1252.",
    ),
    Code.CONTROL_CHARACTER: Rule(
        "{count:cell} with a NUL or another control character", "Remove it, or export again."
    ),
    Code.OPEN_QUOTE: Rule(
        "{count:quotation mark} opened and never closed",
        "Close it; a quotation mark inside a quoted cell is written twice.",
    ),
    Code.INNER_QUOTE: Rule(
        "{count:cell} with a quotation mark in the wrong place",
        "Quote the whole cell and write the mark inside it twice.",
    ),
    Code.RAGGED_ROW: Rule(
        "{count:row} without exactly the {detail} cells of the header",
        "Quote cells that hold the separator or a line break, and fill up short rows.",
    ),
    Code.BLANK_ROW: Rule("{count:blank row} between records", "Remove them."),
    Code.MIXED_NEWLINES: Rule("{count:line} with another line end than the first", _EXPORT),
    Code.LONG_CELL: Rule(
        "{count:cell} with more than {detail} characters", "Shorten the text or leave it out."
    ),
    Code.TRAILING_BLANK_ROWS: Rule(
        "{count:wholly blank row} at the end, left out", "Nothing needs to be done.", _WARNING
    ),
    Code.EMPTY_HEADER: Rule(
        "{count:column} without a name in the first row",
        "Give each column a name, and remove any title that stands above the names.",
    ),
    Code.REPEATED_HEADER: Rule(
        "{count:column name} that another column has too (capitals and outer spaces do not count)",
        "Give each column a name of its own.",
    ),
    Code.BAD_HEADER: Rule(
        "{count:column name} with a line break, an outer space or over 200 bytes",
        "Give them plain names.",
    ),
    Code.HEADER_LIKE_DATA: Rule(
        "The first row looks like data: it has {count:number or date}",
        "Put the names of the columns in the first row.",
        _WARNING,
    ),
    Code.TOO_MANY_COLUMNS: Rule(
        "The extract has {count:column}, more than {detail}", "Leave out what is not needed."
    ),
    Code.TOO_MANY_ROWS: Rule(
        "The sheet has more than {detail} rows", "Save it as CSV UTF-8, which has no such limit."
    ),
    Code.NO_RECORDS: Rule(
        "No record is left to draw from", "Check the file, and the values of --only."
    ),
    Code.FORMULA_CELL: Rule(
        "{count:cell} with a formula", "Paste the values in their place, and save again."
    ),
    Code.ERROR_CELL: Rule(
        "{count:cell} with a spreadsheet error such as #N/A", "Mend or empty them."
    ),
    Code.SEVERAL_SHEETS: Rule(
        "The workbook has {count:sheet}; the first one is read",
        "Check that the records are on the first sheet.",
        _WARNING,
    ),
    Code.EXTERNAL_LINK: Rule(
        "The workbook has {count:link} to other files, not followed",
        "Break the links in the spreadsheet program.",
        _WARNING,
    ),
    Code.NUMERIC_ID: Rule(
        "{count:id} stored as a number, so leading zeros may be lost",
        "Store them as text, or give their full width in digits as id_width.",
    ),
    Code.COLUMN_TYPE: Rule(
        "Column {column} has the type {detail}, which this use does not allow",
        "Write the column as text, whole numbers or dates.",
    ),
    Code.TOTALS_ROW: Rule(
        "{count:row} looking like totals", "Remove them: a total is not a record."
    ),
    Code.UNKNOWN_COLUMN: Rule("The extract has no column {column}", "Its columns are: {detail}."),
    Code.COLUMN_USED_TWICE: Rule(
        "Column {column} holds the ids and cannot also be {detail}", "Name another column."
    ),
    Code.NOT_ACCEPTABLE: Rule(
        "The fault {detail} cannot be accepted", "Mend the extract; some faults allow no reason."
    ),
    Code.NO_ID_GIVEN: Rule(
        "No id column was named; each record has a value of its own in: {detail}",
        "Name the one that holds the pseudonym of the record with --id.",
        _WARNING,
    ),
    Code.NO_UNIQUE_COLUMN: Rule(
        "No column has a value of its own for each row, so no record can be named or drawn",
        "Have the owner of the data add a column of ids, one pseudonym a record, such as 16 "
        "random hex digits kept with the reference; a row number is no id, for it changes with "
        "the order.",
    ),
    Code.EMPTY_ID: Rule("{count:row} without an id", "Give each record its id, or remove the row."),
    Code.INVALID_ID: Rule(
        "{count:id} against the rules for ids ({detail})",
        "An id has 1 to 200 bytes, no outer space and no control character, in Unicode NFC.",
    ),
    Code.REPEATED_ID: Rule(
        "{count:id} on more than one row",
        "Make the extract one row a record, or make one record of its rows with --collapse; "
        "nothing is dropped or merged by itself.",
    ),
    Code.LOOK_ALIKE_IDS: Rule(
        "{count:id} that another one equals but for capitals, spaces, leading zeros or letters "
        "that look alike: probably the same record",
        "Mend them, or accept them with a reason: --accept look-alike-ids=REASON.",
        acceptable=True,
    ),
    Code.MANGLED_IDS: Rule(
        "{count:id} changed by a spreadsheet, it seems ({detail})",
        "Export the ids as text, or accept them with a reason: --accept mangled-ids=REASON.",
        acceptable=True,
    ),
    Code.SHORTER_IDS: Rule(
        "{count:id} of fewer than {detail} digits, in the shares that lost leading zeros leave; "
        "numbers drawn at random leave the same",
        "Ask the owner of the data whether they were written with zeros; if so, export them as "
        "text.",
        _WARNING,
    ),
    Code.REFERENCE_LIKE_IDS: Rule(
        "Ids in column {column} look like crime, custody or CAD references",
        "Use a pseudonym made by the force: a reference can be looked up.",
        _WARNING,
    ),
    Code.BLANK_STRATUM: Rule(
        "{count:record} without a value in the stratum column {column}",
        "Fill it in, or name their stratum with --blank-stratum NAME.",
    ),
    Code.INVALID_STRATUM: Rule(
        "{count:stratum name} against the rules for ids ({detail})",
        "A stratum has 1 to 200 bytes, no outer space and no control character, in NFC.",
    ),
    Code.STRATUM_SPELLINGS: Rule(
        "{count:stratum name} in another spelling of one (capitals or spaces)",
        "Write each stratum in one way.",
    ),
    Code.JOINED_STRATA: Rule(
        "{count:stratum name} standing for several strata once columns are joined by ' / '",
        "Take ' / ' out of the values of the stratum columns.",
    ),
    Code.TOO_MANY_STRATA: Rule(
        "The frame has {count:stratum name}, more than {detail}", "Stratify by coarser columns."
    ),
    Code.SINGLE_RECORD_STRATUM: Rule(
        "{count:stratum name} with a single record, which is always drawn",
        "Merge them with others if that record should not be certain.",
        _WARNING,
    ),
    Code.INVALID_SIZE: Rule(
        "{count:size} in column {column} not written as a plain positive decimal",
        "Write sizes as 12 or 0.5: over 0, at most 15 digits before and 6 after the point, no "
        "sign, no separator and no 0 at the end of a fraction.",
    ),
    Code.BLANK_UNIT: Rule(
        "{count:record} without a value in the unit column {column}",
        "Give each record the code of its unit.",
    ),
    Code.INVALID_UNIT: Rule(
        "{count:unit code} against the rules for ids ({detail})",
        "A unit code has 1 to 200 bytes, no outer space and no control character, in NFC.",
    ),
    Code.UNIT_IN_TWO_STRATA: Rule(
        "{count:unit code} with records in more than one stratum",
        "Give units of different strata codes of their own.",
    ),
    Code.TOO_MANY_UNITS: Rule(
        "The frame has {count:unit code}, more than {detail}", "Draw coarser units."
    ),
    Code.ABSENT_VALUE: Rule(
        "{count:value} of --only {column} that no row has", "Check their spelling.", _WARNING
    ),
    Code.PERSONAL_DATA: Rule(
        "Column {column} looks like personal data ({detail})", "Leave it out of the extract."
    ),
    Code.LONG_TEXT: Rule(
        "Column {column} is long text, which cannot be {detail}",
        "Use it with --record, if coders need to read it.",
    ),
    Code.MIXED_DATES: Rule(
        "Column {column} mixes ways of writing a date: {detail}",
        "Write all dates as YYYY-MM-DD.",
        _WARNING,
    ),
    Code.AMBIGUOUS_DATES: Rule(
        "Dates in column {column} do not show whether day or month comes first",
        "Write all dates as YYYY-MM-DD.",
        _WARNING,
    ),
    Code.FUTURE_DATES: Rule(
        "{count:date} in column {column} in the future", "Check them.", _WARNING
    ),
    Code.ARREST_BEFORE_INCIDENT: Rule(
        "{count:record} with an arrest ({column}) before the incident ('{detail}')",
        "Check both dates.",
        _WARNING,
    ),
    Code.OUTSIDE_PERIOD: Rule(
        "{count:date} in column {column} outside the period of the audit, {detail}",
        "Find out how they came into the extract; leave them out by a column of their own and "
        "--only if they do not belong to the audit.",
        _WARNING,
    ),
    Code.UNREAD_DATES: Rule(
        "{count:value} of column {column} that cannot be read as a day for certain, and were not "
        "compared with the period of the audit",
        "Write all dates as YYYY-MM-DD.",
        _WARNING,
    ),
    Code.IMPOSSIBLE_AGE: Rule(
        "{count:age} in column {column} of 0, below 0 or over 110",
        "Empty them if they stand for unknown.",
        _WARNING,
    ),
    Code.SEVERAL_UNKNOWNS: Rule(
        "Column {column} says unknown in several ways: {detail}",
        "Write unknown in one way.",
        _WARNING,
    ),
    Code.UNKNOWN_AS_WORD: Rule(
        "Column {column} says unknown by words: {detail}",
        "The words count as a value of their own; empty the cells if they should count as blank.",
        _WARNING,
    ),
    Code.WHOLE_NUMBERS_WITH_POINT: Rule(
        "{count:whole number} in column {column} with .0 at the end",
        "Write them without the point: a program has read them as measurements.",
        _WARNING,
    ),
    Code.TWO_SPELLINGS: Rule(
        "{count:value} of column {column} in another spelling of one (capitals or spaces)",
        "Write each value in one way.",
        _WARNING,
    ),
    Code.BLANK_COLUMN: Rule("Column {column} is wholly blank", "Leave it out.", _WARNING),
    Code.MUCH_MISSING: Rule(
        "Column {column} is blank in {count:row} ({detail})",
        "Say so in the report of any number that rests on it.",
        _WARNING,
    ),
    Code.MANY_VALUES: Rule(
        "Kept column {column} has {count:value}; only columns of up to {detail} give breakdowns",
        "Group its values.",
        _WARNING,
    ),
    Code.IDENTIFIABLE: Rule(
        "{count:record} ({detail}) alone on the columns that could single a person out",
        "Give months in place of dates and bands in place of ages; call the extract "
        "pseudonymised, not anonymised.",
        _WARNING,
    ),
    Code.EMPTY_KEY: Rule(
        "{count:row} without a value in the key column {column}",
        "Give each row the key of its incident, or remove the row.",
    ),
    Code.ROWS_DISAGREE: Rule(
        "{count:record} whose rows differ in column {column}, which has no rule",
        "Give the column a rule in the settings file ([rules]), or accept the first row in order "
        "of bytes: --accept rows-disagree=REASON.",
        acceptable=True,
    ),
    Code.STRATUM_DISAGREES: Rule(
        "{count:record} whose rows differ in column {column}, which cannot be {detail} then",
        "Name a column that is the same on all rows of a record.",
    ),
    Code.RULE_DOES_NOT_FIT: Rule(
        "{count:cell} of column {column} for which the rule {detail}",
        "Choose another rule in the settings file, or mend the cells.",
    ),
    Code.NAME_TAKEN: Rule(
        "The extract has a column {column}, a name that the collapse gives to its own count",
        "Rename it in the settings file ([rename]).",
    ),
    Code.NOT_INCIDENTS: Rule(
        "A record is a {detail}, by the name of column {column}: this is no sample of incidents, "
        "for one incident can have several, as with a counter-allegation",
        "Make one record of each incident with --collapse KEY; ask for its key where no column "
        "has it.",
        _WARNING,
    ),
    Code.COUNTS_DIFFER: Rule(
        "{count:stratum name} with another number of records than the independent count",
        "Find out which records are missing: no draw shows a record that was left out before.",
        _WARNING,
    ),
    Code.UNKNOWN_STRATUM: Rule(
        "{count:stratum name} in {detail} of the settings file that the frame does not have",
        "Check its spelling; several columns are joined by ' / '.",
    ),
}


class _Count(int):
    """A number whose format is the noun that it counts: ``{count:row}`` gives ``2 rows``."""

    def __format__(self, noun: str) -> str:
        return f"{int(self):,} {noun}" + ("" if self == 1 else "s")


@dataclass(frozen=True, slots=True)
class Weight:
    """A weight that a use of a column gives to a fault, in place of the rule's own."""

    severity: Severity
    acceptable: bool = False


def fault(
    code: Code,
    count: int,
    places: Iterable[Place] = (),
    *,
    column: str = "",
    detail: str = "",
    weight: Weight | None = None,
) -> Fault:
    """Make one fault, worded by the table.

    Args:
        code: Its kind.
        count: How often it occurs.
        places: Where, in the order of the file; the first hundred are kept.
        column: The column the sentence names.
        detail: What else the sentence names; never a value that could describe a person.
        weight: In place of the rule's own severity.
    """
    rule = RULES[code]
    words = {"column": f"'{column}'", "count": _Count(count), "detail": detail}
    return Fault(
        code=code,
        severity=weight.severity if weight else rule.severity,
        message=f"{rule.what.format(**words)}. {rule.way_out.format(**words)}",
        count=count,
        places=tuple(islice(places, MAX_PLACES)),
        acceptable=weight.acceptable if weight else rule.acceptable,
    )


def worst_first(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return the faults, errors before warnings, otherwise in the order given."""
    return tuple(sorted(faults, key=lambda found: found.severity is Severity.WARNING))
