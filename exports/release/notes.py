"""Notes: what a reader has to know beside a table, numbered as they are printed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from exports.release.agreement_words import LOPSIDED
from exports.release.figures import LEAST_BASE, has_percentage
from exports.release.request import ReleaseRequest
from exports.release.tables import Column, ColumnKind, Shown, Table
from exports.rounding import counted
from review.second_figure import TRUTH
from sampling.plan import Design


class NoteKey(StrEnum):
    """What a note is about."""

    READINGS = "readings"
    UNDETERMINED = "undetermined"
    WEIGHTED = "weighted"
    NUMBERS = "numbers"
    ROUNDING = "rounding"
    UNFINISHED = "unfinished"
    SMALL_BASE = "small base"
    RELIABILITY = "reliability"
    FLOW = "flow"
    AGREEMENT = "agreement"
    CORRECTED = "corrected"
    MANY = "many"


READINGS_DIFFER = (
    "The recommendation asks how many incidents result in multiple arrests and does not say what "
    "that means. Each reading is printed; they differ by what they count, not by error."
)
_UNDETERMINED = (
    "Some records do not let anyone decide. Left out: percentage of the decided cases. Counted "
    "as no, counted as yes: the least and the greatest that the undecided cases could make of "
    "it. The published bounds run from the lower limit of the second row to the upper limit of "
    "the third."
)
_WEIGHTED = (
    "Percentages and limits give each stratum its share of the frame, so they need not equal "
    "cases divided by base."
)
_WEIGHTED_BY_CHANCE = (
    "Percentages and limits weigh each case by one over the chance that its record had of being "
    "drawn, so they need not equal cases divided by base."
)
_NUMBERS = (
    "Estimated numbers are of records in the frame, to two significant figures: the decided yes "
    "alone in the row that counts undecided cases as no, and with the undecided in the row that "
    "counts them as yes. A complete count is printed whole."
)
_ROUNDING = (
    "Percentages have one decimal, ties upwards. An upper limit over zero is never printed as "
    "0.0, nor a lower limit under one hundred as 100.0."
)
_SMALL_BASE = f"Where fewer than {LEAST_BASE} cases were decided, no percentage is printed."
_RELIABILITY = (
    "The words on reliability rest on the number of decided cases, the effective size of the "
    "sample, the width of the interval and its degrees of freedom. They remove nothing."
)
_FLOW = (
    "At each stage, cases less those that left are the cases of the next stage. A record that "
    "could not be read stays in the account of the sample."
)
_AGREEMENT = (
    "Agreement compares what each of two coders first handed in, on cases chosen at random to be "
    "coded twice. A question that only one of the two was asked is left out of it, and the "
    "disagreement stands at the question before. Figures have two decimals; 1 is full agreement, "
    "and for AC1, alpha and kappa 0 is what chance alone would give. "
    f"{LOPSIDED} Adjudicated is the number of final cases in which "
    "coders differed on the question and somebody who coded neither settled it."
)
_CORRECTED = (
    "Every case counts here as its first coder first read it; the correction (Rogan and Gladen) "
    "divides out how often such readings were right in the cases chosen at random to be coded "
    f"twice. {TRUTH} Cases are left out where reading or decision is undetermined or out of the "
    "base. Both rates, like the percentage, weigh a case by the records that it stands for."
)


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes that hold for one release, in order."""

    texts: tuple[tuple[NoteKey, str], ...]

    def markers(self, *keys: NoteKey) -> str:
        """Return ``[note 1] [note 4]`` for those of the keys that hold, with a space before."""
        numbers = {key: number for number, (key, _) in enumerate(self.texts, start=1)}
        found = sorted(numbers[key] for key in keys if key in numbers)
        return "".join(f" [note {number}]" for number in found)

    def as_table(self) -> Table:
        """Return the notes as a table."""
        return Table(
            name="notes",
            sheet="Notes",
            title="Notes",
            columns=(Column("Note", ColumnKind.TEXT), Column("Text", ColumnKind.TEXT)),
            rows=tuple(
                (Shown(f"note {number}"), Shown(text))
                for number, (_, text) in enumerate(self.texts, start=1)
            ),
        )


def _many(request: ReleaseRequest) -> str:
    misses = round(1 / (1 - request.confidence))
    return (
        f"Each interval holds by itself at its confidence: of many, about one in {misses} misses. "
        "A group picked out after looking at all of them is a lead to follow, not a finding."
    )


def _weighted(request: ReleaseRequest) -> str:
    return _WEIGHTED if request.plan.design is Design.SIMPLE else _WEIGHTED_BY_CHANCE


def _unfinished(request: ReleaseRequest) -> str:
    count = request.coding.open
    cases, is_or_are = counted(request.plan.sample, "case"), "is" if count == 1 else "are"
    if request.ended is not None:
        return (
            f"Coding was not finished when the codebook of these figures ended: of {cases}, "
            f"{count:,} {'was' if count == 1 else 'were'} open. They stay provisional; the methods "
            "say what they rest on."
        )
    return (
        f"Coding is not finished: of {cases}, {count:,} {is_or_are} open. "
        "Figures are provisional and can still move; the methods say what they rest on."
    )


def make_notes(request: ReleaseRequest) -> Notes:
    """Return the notes whose condition holds for this release."""
    has_small_base = any(not has_percentage(finding) for finding in request.findings)
    has_agreement = request.agreement is not None and request.agreement.coded > 0
    unfinished = _unfinished(request)
    candidates = (
        (NoteKey.READINGS, READINGS_DIFFER, request.overall("M2") is not None),
        (NoteKey.UNDETERMINED, _UNDETERMINED, True),
        (NoteKey.WEIGHTED, _weighted(request), request.is_weighted),
        (NoteKey.NUMBERS, _NUMBERS, True),
        (NoteKey.ROUNDING, _ROUNDING, True),
        (NoteKey.UNFINISHED, unfinished, not request.is_finished),
        (NoteKey.SMALL_BASE, _SMALL_BASE, has_small_base),
        (NoteKey.RELIABILITY, _RELIABILITY, True),
        (NoteKey.FLOW, _FLOW, True),
        (NoteKey.AGREEMENT, _AGREEMENT, has_agreement),
        (NoteKey.CORRECTED, _CORRECTED, has_agreement and bool(request.second_figures)),
        (NoteKey.MANY, _many(request), True),
    )
    return Notes(tuple((key, text) for key, text, holds in candidates if holds))
