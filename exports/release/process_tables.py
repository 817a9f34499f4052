"""The tables about the work itself: case flow, sample design and codebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from exports.release.conditions import in_words
from exports.release.notes import NoteKey, Notes
from exports.release.request import EXCLUDED, FINAL, CodingFacts, ReleaseRequest
from exports.release.tables import Column, ColumnKind, Hidden, Mark, Row, Shown, Table
from exports.release.titles import titled
from exports.rounding import weight
from review.codebook import Codebook, Question, QuestionType
from sampling.draw import ReplacementReason
from sampling.plan import Design

SAFEGUARDING_QUESTION: Final = "Z5"
"""It is asked to protect people and enters no file of findings."""

_DESIGN_REMARK: Final = (
    "Drawn holds the replaced records. Used holds those of them that should not have been in the "
    "frame, because they show how many such records it has."
)
_TEXT, _COUNT = ColumnKind.TEXT, ColumnKind.COUNT
_STATE_WORDS: Final = {
    "awaiting": "not coded yet",
    "partly_coded": "partly coded",
    "agreed": "agreed, not final",
    "flagged": "waiting for an answer of the supervisor",
    "conflict": "coded differently, not settled",
}

_REASON_WORDS: Final = {
    ReplacementReason.NOT_IN_SCOPE: "not in scope",
    ReplacementReason.DUPLICATE_RECORD: "duplicate record",
    ReplacementReason.RESTRICTED: "restricted record",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One step on the way from the extract to the figures."""

    name: str
    cases: int
    left: Mapping[str, int]
    """Cases that went no further, by reason."""


def stages(request: ReleaseRequest) -> tuple[Stage, ...]:
    """Return the way of the records, from the rows of the extract to the cases in scope."""
    frame, coding = request.frame, request.coding
    excluded = {exclusion.reason: exclusion.records for exclusion in frame.exclusions}
    rows = frame.records + sum(excluded.values())
    still_open = {
        _STATE_WORDS.get(state, state.replace("_", " ")): count
        for state, count in coding.states.items()
        if state not in (FINAL, EXCLUDED)
    }
    taken_out = {
        **replaced_counts(coding),
        "taken out by the supervisor": coding.excluded,
    }
    return (
        Stage("Rows of the extract", rows, excluded),
        Stage("Records of the frame", frame.records, {"not drawn": frame.records - request.drawn}),
        Stage("Cases of the sample", request.drawn, {**taken_out, **still_open}),
        Stage("Cases with final answers", coding.final, not_read_counts(coding)),
        Stage("Cases whose record was read", coding.read, out_of_scope_counts(coding)),
        Stage("Cases in scope", coding.in_scope, {}),
    )


def replaced_counts(coding: CodingFacts) -> dict[str, int]:
    """Return the replaced cases by reason in words."""
    return {
        f"replaced: {_REASON_WORDS[reason]}": coding.replaced_reasons[reason]
        for reason in ReplacementReason
        if reason in coding.replaced_reasons
    }


def not_read_counts(coding: CodingFacts) -> dict[str, int]:
    """Return the final cases whose record could not be read, by reason."""
    return _label_counts(coding.codebook, "E1", coding.not_read)


def out_of_scope_counts(coding: CodingFacts) -> dict[str, int]:
    """Return the cases that were read and are in no base, by reason."""
    others = {v: count for v, count in coding.not_opened.items() if v not in coding.not_read}
    return {
        **_label_counts(coding.codebook, "E1", others),
        **_label_counts(coding.codebook, "E2", coding.out_of_scope),
    }


def _label_counts(codebook: Codebook, question: str, counts: Mapping[str, int]) -> dict[str, int]:
    """Return counts by the words of the codebook, in its order."""
    if not counts:
        return {}
    asked = codebook.question(question)
    known = [value for value in asked.values if value in counts]
    other = sorted(set(counts) - set(known))
    return {f"{question}: {asked.label_of(value)}": counts[value] for value in (*known, *other)}


def case_flow_table(request: ReleaseRequest, notes: Notes) -> Table:
    """Return the way of the records, with a reason for every one that left it."""
    return Table(
        name="case_flow",
        sheet="2_Case_flow",
        title=titled(request, "Case flow") + notes.markers(NoteKey.FLOW),
        columns=(
            Column("Stage", _TEXT),
            Column("Cases", _COUNT),
            Column("Left at this stage", _COUNT),
            Column("Why", _TEXT),
        ),
        rows=tuple(_flow_row(stage) for stage in stages(request)),
        remark=_decided_remark(request.coding),
    )


def _decided_remark(coding: CodingFacts) -> str:
    """Say how many cases several people coded, and what was decided over them."""
    if not (coding.double_coded or coding.adjudicated):
        return ""
    return (
        f"Of the cases with final answers, {coding.double_coded:,} were coded by several people "
        f"and {coding.adjudicated:,} decided by somebody who coded none of them. Final answers "
        f"that could not be agreed: {coding.unresolved:,}; they count as what the record does not "
        "tell."
    )


def _flow_row(stage: Stage) -> Row:
    reasons = [f"{reason}: {count:,}" for reason, count in stage.left.items() if count]
    why = Shown("\n".join(reasons)) if reasons else Hidden(Mark.NOT_APPLICABLE)
    return (Shown(stage.name), Shown(stage.cases), Shown(sum(stage.left.values())), why)


def sample_design_table(request: ReleaseRequest) -> Table:
    """Return the strata with their sizes and weights."""
    return Table(
        name="sample_design",
        sheet="Sample_design",
        title=titled(request, "Sample design"),
        columns=(
            Column("Stratum", _TEXT),
            Column("Frame", _COUNT),
            Column("Drawn", _COUNT),
            Column("Replaced", _COUNT),
            Column("Used", _COUNT),
            Column("Weight", ColumnKind.NUMBER),
        ),
        rows=tuple(
            _design_row(request, stratum.name, stratum.population)
            for stratum in request.plan.strata
        ),
        remark=_DESIGN_REMARK if request.coding.all_replaced else "",
    )


def _design_row(request: ReleaseRequest, name: str, population: int) -> Row:
    used = request.coding.used.get(name, 0)
    is_one_weight = request.plan.design is Design.SIMPLE and not request.has_joined_strata
    has_weight = request.is_finished and used > 0 and is_one_weight
    return (
        Shown(name),
        Shown(population),
        Shown(request.drawn_in(name)),
        Shown(request.coding.replaced.get(name, 0)),
        Shown(used),
        Shown(weight(population, used)) if has_weight else Hidden(Mark.NOT_AVAILABLE),
    )


def codebook_table(request: ReleaseRequest) -> Table:
    """Return the questions and answers, one row an answer."""
    codebook = request.coding.codebook
    return Table(
        name="codebook",
        sheet="Codebook",
        title=f"Codebook {codebook.id} {codebook.version}: {request.project.title}",
        columns=(
            Column("Question id", _TEXT),
            Column("Question", _TEXT),
            Column("Answer code", _TEXT),
            Column("Answer", _TEXT),
            Column("Definition", _TEXT),
            Column("Asked when", _TEXT),
        ),
        rows=tuple(
            row
            for question in codebook.questions
            if question.id != SAFEGUARDING_QUESTION
            for row in _question_rows(question)
        ),
    )


def _question_rows(question: Question) -> tuple[Row, ...]:
    none = Hidden(Mark.NOT_APPLICABLE)
    asked_when = Shown(in_words(question.ask_if) if question.ask_if else "always")
    start = (Shown(question.id), Shown(question.ask))
    end = (Shown(question.define) if question.define else none, asked_when)
    if not question.options:
        what = "text" if question.type is QuestionType.TEXT else "number"
        return ((*start, none, Shown(what), *end),)
    return tuple(
        (*start, Shown(option.value), Shown(option.label), *end) for option in question.options
    )
