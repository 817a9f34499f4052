"""Sentences about what a record of the frame is: an incident, several rows of one, or less."""

from __future__ import annotations

from exports.release.request import ReleaseRequest
from exports.rounding import counted
from sampling.collapsing import ROWS_IN_EXTRACT, Rule
from sampling.questions import QUESTIONS

_WORDS = {
    Rule.FIRST: "the first row in order of bytes",
    Rule.COUNT: "the number of rows with a value",
    Rule.COUNT_DISTINCT: "the number of different values",
    Rule.ANY: "yes where any row says yes",
    Rule.ALL: "yes where all rows say yes",
    Rule.MAX: "the largest or latest value",
    Rule.MIN: "the smallest or earliest value",
    Rule.LIST: "all different values",
}


def collapsed(request: ReleaseRequest) -> str | None:
    """Say that several rows of the extract make one record, in numbers."""
    found = request.frame.collapsed
    if found is None:
        return None
    several = found.records - found.sizes[0].records
    return (
        f"A record is made of all rows of the extract with one value of {found.key}: "
        f"{counted(found.rows, 'row')} gave {counted(found.records, 'record')}, {several:,} of "
        f"them of more than one row and none of more than {found.largest:,}. The number of rows "
        f"is kept as {ROWS_IN_EXTRACT}. What coders read of several rows is numbered, in the "
        "order of the bytes of whole rows."
    )


def rules_of_columns(request: ReleaseRequest) -> str | None:
    """Say what records hold of kept columns in which their rows differ."""
    found = request.frame.collapsed
    kept = request.frame.spec.keep
    differing = (
        [one for one in found.columns if one.records and one.column in kept] if found else []
    )
    if not differing:
        return None
    parts = "; ".join(
        f"{one.column}, {counted(one.records, 'record')}: {_WORDS[one.rule or Rule.FIRST]}"
        for one in differing
    )
    return f"Where the rows of a record differ in a kept column, the record holds: {parts}."


def not_incidents(request: ReleaseRequest) -> str | None:
    """Refuse to call records that are less than an incident a sample of incidents."""
    unit = request.frame.unit_of_rows
    if unit is None:
        return None
    return (
        f"Each record of the frame is a {unit}, by the name of the column of its ids. This is a "
        f"sample of {unit}s and not of incidents: an incident with several, such as one with a "
        "counter-allegation, could be drawn several times, and no percentage here is one of "
        "incidents."
    )


def answers_of_the_owner(request: ReleaseRequest) -> str:
    """Say what was answered to the questions that no check of an extract can answer."""
    given = {one.question: one.answer for one in request.frame.spec.answers}
    parts = (f"{words} {given.get(name, 'not answered')}" for name, words in QUESTIONS.items())
    return f"What no check can tell, and what was said of it: {'; '.join(parts)}."


def period(request: ReleaseRequest) -> str | None:
    """Name the days that the records of the frame were compared with."""
    found = request.frame.spec.period
    if found is None:
        return None
    return (
        f"The column {found.column} was compared with the period of the audit, "
        f"{found.first.isoformat()} to {found.last.isoformat()}; no record left the frame for it."
    )


def independent_counts(request: ReleaseRequest) -> str | None:
    """Compare the frame with the counts that somebody else made."""
    counts = {one.name: one.records for one in request.frame.spec.independent}
    if not counts:
        return None
    sizes = request.frame.stratum_sizes
    differing = [
        f"{name}: {sizes.get(name, 0):,} in the frame, {records:,} counted"
        for name, records in counts.items()
        if records != sizes.get(name, 0)
    ]
    if not differing:
        covered = "every stratum" if counts.keys() >= sizes.keys() else f"{len(counts)} strata"
        return f"The records of {covered} agree with an independent count."
    return f"Against an independent count the frame differs: {'; '.join(differing)}."
