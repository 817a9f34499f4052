"""What the findings screen shows: the numbers of ``Finding`` in words; none is worked out here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dipsample.tui.commands import Need
from dipsample.tui.drawing.forest import Interval
from dipsample.tui.models.times import clock_time
from dipsample.views import Overview, Stage
from exports.release.figures import has_percentage, in_numbers, reliability_words
from exports.release.target_words import target_in_words, verdict_words
from exports.rounding import limits, percentage
from review.case import CaseState
from review.exactness import PREVIEW
from review.finding import Measure
from review.reference_figures import HEADLINES

if TYPE_CHECKING:
    from dipsample.audit import Audit
    from review.finding import Finding
    from review.looking import Look
    from sampling.plan import Plan

_LETTERS: Final = "abcdefghijklmnopqrstuvxyz123456789"


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One line of figures."""

    name: str
    """The indicator's id, or the group."""
    label: str
    """The indicator with its denominator."""
    base: int
    yes: int
    undetermined: int
    interval: Interval
    estimate: str
    """In per cent; two hyphens where the base is too small for one."""
    details: tuple[str, ...]
    """Sentences for the line stood on."""
    is_preview: bool = False
    """Whether its exact interval is still being worked out."""
    has_target: bool = False
    """Whether a target is held against it."""


@dataclass(frozen=True, slots=True)
class FindingsView:
    """The figures; while cases are open, what there is of them."""

    title: str
    saved: str
    closed: int
    drawn: int
    is_ready: bool
    """Whether every case is final or excluded."""
    is_signed: bool
    """Whether the sample is signed off exactly as it stands."""
    by: str | None
    """The column of the groups; None: the whole frame."""
    indicator: str
    """Whose groups are shown."""
    rows: tuple[FindingRow, ...] | None
    """None: being worked out."""
    standing: str = ""
    """Cases by what became of them, while some are open."""
    words: str = ""
    """What figures rest on before the end, or why there are no intervals."""
    early: frozenset[Need] = frozenset()
    """What the plan lets be done before the end."""
    codebook: str = ""
    """The version of the codebook that the figures rest on, such as ``da-short 1.0.0``."""
    earlier: str = ""
    """Why the figures are not those of the project as it is; empty: they are."""

    @property
    def has(self) -> frozenset[Need]:
        """What can be done."""
        return self.early | ({Need.FIGURES} if self.rows else frozenset())


def findings_view(
    audit: Audit,
    *,
    by: str | None,
    indicator: str,
    findings: Sequence[Finding] | None,
    look: Look | None = None,
) -> FindingsView:
    """Return what the findings screen shows.

    Args:
        audit: The project.
        by: The column of the groups, or None.
        indicator: Whose groups are shown.
        findings: The figures; None while they are worked out.
        look: What they rest on; None where the reader may not know.
    """
    seen, kept = audit.overview(), audit.kept_columns
    is_open = audit.stage is not Stage.CODED
    return FindingsView(
        title=audit.title,
        saved=clock_time(audit.last_saved),
        closed=seen.drawn - seen.open_cases,
        drawn=seen.drawn,
        is_ready=audit.stage is Stage.CODED,
        is_signed=audit.is_signed_off,
        by=by,
        indicator=indicator,
        rows=None
        if findings is None
        else _rows(findings, by=by, indicator=indicator, is_weighted="stratum" in kept),
        standing=_standing(seen) if is_open else "",
        early=_early(audit.plan) if is_open and not audit.earlier_words else frozenset(),
        codebook=f"{audit.codebook.id} {audit.codebook.version}",
        earlier=audit.earlier_words,
        words="" if look is None else " ".join(look.words),
    )


def _early(plan: Plan | None) -> frozenset[Need]:
    """Return what a plan lets be done before every case is closed."""
    if plan is None:
        return frozenset()
    wanted = {Need.LOOKS: plan.looks, Need.RULE: plan.stopping}
    return frozenset(need for need, planned in wanted.items() if planned is not None)


def _standing(seen: Overview) -> str:
    """Say how many cases are final, excluded and open, which add up to those drawn."""
    final = seen.counts.get(CaseState.FINAL, 0)
    excluded = seen.counts.get(CaseState.EXCLUDED, 0)
    share = f"{100 * final // seen.drawn} %" if seen.drawn else "0 %"
    return f"final {final} of {seen.drawn} ({share})  excluded {excluded}  {seen.open_words}"


def _rows(
    findings: Sequence[Finding], *, by: str | None, indicator: str, is_weighted: bool
) -> tuple[FindingRow, ...]:
    """Return the lines: all indicators of the whole frame, or one indicator's groups."""
    if by is not None:
        groups = [one for one in findings if one.by == by and one.indicator == indicator]
        return tuple(
            _row(one, one.group or "not recorded", is_weighted=is_weighted) for one in groups
        )
    place = {name: number for number, name in enumerate(HEADLINES)}
    whole_frame = sorted(
        (one for one in findings if one.by is None),
        key=lambda one: place.get(one.indicator, len(place)),
    )
    return tuple(_row(one, _named(one), is_weighted=is_weighted) for one in whole_frame)


def _named(finding: Finding) -> str:
    """Return an indicator by id and label, what is said of its target between them."""
    said = verdict_words(finding)
    target = f"[target {said}] " if said else ""
    return f"{finding.indicator:<4} {target}{finding.label}"


def _row(finding: Finding, name: str, *, is_weighted: bool) -> FindingRow:
    known = finding.known if has_percentage(finding) else Measure(None, None, None)
    return FindingRow(
        name=name,
        label=f"{finding.indicator}  {finding.label}",
        base=finding.denominator,
        yes=finding.numerator,
        undetermined=finding.undetermined,
        interval=Interval(name, known.estimate, known.lower, known.upper),
        estimate="--" if known.estimate is None else f"{percentage(known.estimate)} %",
        details=_details(finding, is_weighted=is_weighted),
        is_preview=PREVIEW in finding.flags,
        has_target=finding.held is not None,
    )


def _details(finding: Finding, *, is_weighted: bool) -> tuple[str, ...]:
    counts = f"{finding.numerator:,} yes of {finding.denominator:,} known"
    if finding.undetermined:
        counts += f", {finding.undetermined:,} undetermined"
    said = f"{finding.method}; " if finding.method else ""
    reliability = f"{said}{reliability_words(finding.flags)}."
    target = tuple(filter(None, (target_in_words(finding, per_cent=" %"),)))
    if not has_percentage(finding) or finding.known.estimate is None:
        return (f"{counts}.", *target, reliability)
    weighted = "; weighted by stratum" if is_weighted else ""
    sentences = [
        f"{counts}{weighted}: {in_per_cent(finding.known)}, interval at "
        f"{finding.confidence * 100:g} %.",
        *target,
    ]
    if finding.undetermined:
        sentences.append(
            f"Undetermined as no: {in_per_cent(finding.if_undetermined_no)}; as yes: "
            f"{in_per_cent(finding.if_undetermined_yes)}."
        )
    decided = in_numbers(finding, finding.total)
    if decided:
        with_open = in_numbers(finding, finding.total_if_undetermined_yes)
        more = f"; with the undetermined as yes {with_open}" if finding.undetermined else ""
        sentences.append(f"Decided yes in the frame: about {decided}{more}.")
    return (*sentences, reliability)


def in_per_cent(measure: Measure) -> str:
    """Return a measure such as ``5.9 % (2.0 to 16.2)``, rounded as in the workbook."""
    if measure.estimate is None:
        return "no figure"
    shown = f"{percentage(measure.estimate)} %"
    if measure.lower is None or measure.upper is None:
        return shown
    low, high = limits(measure.lower, measure.upper)
    return f"{shown} ({low} to {high})"


def version_choices(audit: Audit) -> Mapping[str, tuple[str, str]]:
    """Return by its key every version of the codebook, newest first, with what stands on it."""
    choices = {}
    for letter, one in zip(_LETTERS, reversed(audit.codebook_versions()), strict=False):
        number = one.version.codebook.version
        codings = "1 coding" if one.codings == 1 else f"{one.codings:,} codings"
        in_force = ", in force" if one.is_current else ""
        choices[letter] = (number, f"{number}: {codings} on it now{in_force}")
    return choices


def by_choices(kept_columns: Sequence[str]) -> Mapping[str, str | None]:
    """Return the letter of every way to group: the whole frame, the strata, the kept columns."""
    choices: dict[str, str | None] = {"w": None}
    for letter, column in zip(_LETTERS, kept_columns, strict=False):
        choices[letter] = column
    return choices
