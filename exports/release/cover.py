"""The cover: the answer first, then what a reader has to know before using it."""

from __future__ import annotations

from collections.abc import Iterable

from exports.release.figures import answer_in_words
from exports.release.request import ReleaseRequest
from exports.release.tables import Line, LineStyle, Mark, Table
from exports.release.target_words import target_in_words
from exports.release.titles import EARLIER, NOT_STATED, document_title

_SENSITIVE = (
    "OFFICIAL-SENSITIVE: the figures describe people in danger, and small counts may single "
    "them out."
)
_PROVISIONAL = "PROVISIONAL: nobody has signed the figures off, and they may change."
_PROVISIONAL_THEN = "PROVISIONAL: nobody had signed the figures off when that version ended."
_NOT_CONTROLLED = "Not disclosure controlled: not for publication. No figure has been hidden."
_HOLDS = (
    "Headline findings, case flow, findings by group, {agreement}sample design, methods, codebook "
    "and provenance: one table a worksheet, listed under Contents."
)
_RELIABILITY = (
    "Each figure comes from a random sample and stands with the interval that the draw allows. "
    "Words beside it say where the sample is small or the interval wide."
)


def cover_lines(request: ReleaseRequest, tables: Iterable[Table]) -> tuple[Line, ...]:
    """Return the lines of the cover."""
    tables = tuple(tables)
    return (
        Line(document_title(request), LineStyle.TITLE),
        *_section("Status", (_SENSITIVE, *_ended(request), _signed(request), _NOT_CONTROLLED)),
        *_section("What was found", _answers(request)),
        *_section("What this workbook holds", (_holds(tables),)),
        *_section("Shorthand", _shorthand(tables)),
        *_section("Reliability", (_RELIABILITY,)),
        *_section("About this audit", _about(request)),
    )


def _holds(tables: tuple[Table, ...]) -> str:
    has_agreement = any(table.name == "agreement" for table in tables)
    return _HOLDS.format(agreement="agreement of coders, " if has_agreement else "")


def _ended(request: ReleaseRequest) -> tuple[str, ...]:
    """Say that a later version of the codebook took the place of the one of these figures."""
    return () if request.ended is None else (f"{EARLIER}. {request.ended.ended_words}",)


def _signed(request: ReleaseRequest) -> str:
    """Say who answers for the figures, or that nobody does yet."""
    signature = request.signature
    if signature is None:
        return _PROVISIONAL if request.ended is None else _PROVISIONAL_THEN
    return f"Signed off at {signature.at} by {signature.by}: {signature.statement}"


def _section(heading: str, texts: Iterable[str]) -> tuple[Line, ...]:
    lines = tuple(Line(text) for text in texts)
    return (Line(heading, LineStyle.HEADING), *lines) if lines else ()


def _answers(request: ReleaseRequest) -> tuple[str, ...]:
    """Answer the headlines, and what a target was set for; each with its target beside it."""
    targeted = [one.indicator for one in request.findings if one.held is not None]
    answers = [
        " ".join(
            filter(
                None,
                (
                    answer_in_words(finding, is_weighted=request.is_weighted),
                    target_in_words(finding),
                ),
            )
        )
        for indicator in dict.fromkeys((*request.headlines, *targeted))
        if (finding := request.overall(indicator)) is not None
    ]
    return (*answers, *_apart_from_any(request, has_place=bool(targeted)))


def _apart_from_any(request: ReleaseRequest, *, has_place: bool) -> tuple[str, ...]:
    """Say a target that stands beside no figure."""
    target = request.project.target
    if has_place or target is None:
        return ()
    return (f"Target, for no one indicator of this workbook: {target.rstrip('.')}.",)


def _shorthand(tables: tuple[Table, ...]) -> tuple[str, ...]:
    used = {mark for table in tables for mark in table.marks}
    return tuple(f"{mark.value} = {mark.meaning}" for mark in Mark if mark in used)


def _about(request: ReleaseRequest) -> tuple[str, ...]:
    project = request.project
    items = (
        ("Population", project.population),
        ("Period", project.period),
        ("Commissioned by", project.commissioned_by),
        ("Contact", project.contact),
        ("Next update", project.next_update),
        ("Retention", project.retention),
        ("Date", request.trail.date),
        ("Frame fingerprint", request.frame.fingerprint),
    )
    return tuple(f"{item}: {value or NOT_STATED}" for item, value in items)
