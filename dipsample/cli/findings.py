"""``dipsample findings``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dipsample.cli.agreement_lines import agreement_json, print_agreement
from dipsample.cli.check_lines import checks_json, print_checks
from dipsample.cli.codebook_lines import versions_json
from dipsample.cli.console import (
    EXACT_INTERVALS,
    Format,
    remark_wrapped,
    say_json,
    say_table,
    waiting_for,
)
from dipsample.cli.corrected_lines import corrected_json, print_corrected
from dipsample.cli.findings_text import print_findings
from dipsample.cli.options import (
    as_option,
    columns_option,
    confidence_option,
    format_option,
    passphrase_option,
    project_argument,
)

if TYPE_CHECKING:
    from dipsample.audit import Audit
    from review.agreement import DoubleCoding
    from review.finding import Finding
    from review.second_figure import SecondFigure

COLUMNS = (
    "indicator",
    "by",
    "group",
    "yes",
    "base",
    "undetermined",
    "estimate",
    "lower",
    "upper",
    "method",
    "flags",
)


@click.command(
    name="findings",
    short_help="Print the prevalences with their intervals.",
    epilog="Examples: dipsample findings audit.dip --indicator M2,C.1 --by party_a_sex; "
    "dipsample findings audit.dip --codebook 1.0.0",
)
@project_argument
@columns_option("--indicator", "Which indicators, such as M2; all unless given.", of="ID")
@columns_option("--by", "Figures of each group: of a kept column, or of the word stratum.")
@confidence_option
@click.option(
    "--codebook",
    "version",
    metavar="VERSION",
    help="Figures under an earlier version of the codebook, as they stood when it ended.",
)
@as_option
@passphrase_option
@format_option
def command(
    project: Path,
    indicator: tuple[str, ...],
    by: tuple[str, ...],
    confidence: float,
    version: str | None,
    name: str | None,
    passphrase_file: Path | None,
    layout: Format,
) -> None:
    """Print every indicator with its numerator, base, undetermined cases and interval.

    While cases are still open the supervisor gets provisional intervals where any hold: of simple
    samples at any time, of stratified ones at the looks that the plan names (each is written into
    the log), of others none. Hidden from those who are coding, so that early figures steer
    nobody. Where cases were coded twice, the agreement of coders stands below, at any time; those
    who code never see it here. Beside it stands a second figure of each headline, corrected for
    how often single readers were seen to err: approximate, and never the headline.

    Codings made on versions of the codebook that mean different things are never counted together.
    With --codebook the figures are those of an earlier version, as they stood when a later one
    changed what an answer means; what was coded since is not in them.
    """
    from dipsample.cli.projects import opened, opened_for_figures
    from dipsample.system import who

    asking = who(name)
    with opened(project, passphrase_file, is_read_only=True) as audit:
        is_look_due = version is None and audit.is_look_due(asking)
    if is_look_due:
        with opened(project, passphrase_file) as audit:
            audit.take_look(asking)
    with opened_for_figures(project, passphrase_file) as present:
        earlier = None if version is None else present.earlier(asking, version)
        audit = earlier or present
        found = audit.findings(
            asking,
            indicators=indicator or None,
            by=by,
            confidence=confidence,
            progress=waiting_for(EXACT_INTERVALS),
        )
        double = audit.agreement(asking, confidence=confidence)
        second = _second_figures(audit, asking, found) if double.chosen else ()
        checks = audit.silent_checks(asking)
        match layout:
            case Format.JSON:
                figures = {"corrected": corrected_json(second)} | checks_json(checks)
                say_json(_as_json(audit, found, double) | figures)
            case Format.CSV:
                say_table(COLUMNS, [_cells(one) for one in found], layout=layout)
            case Format.TEXT:
                print_findings(audit, found, audit.look(asking))
                print_corrected(second)
                print_agreement(double)
                print_checks(checks)
                for words in () if audit.earlier_words else audit.watch_words(asking):
                    remark_wrapped(words)


def _second_figures(
    audit: Audit, asking: str, found: tuple[Finding, ...]
) -> tuple[SecondFigure, ...]:
    """Return the second figure of every headline among the findings, at their confidence."""
    shown = {one.indicator: one.confidence for one in found if one.by is None}
    if not shown:
        return ()
    second = audit.second_figures(asking, confidence=max(shown.values()))
    return tuple(one for one in second if one.indicator in shown)


def _cells(one: Finding) -> tuple[object, ...]:
    return (
        one.indicator,
        one.by,
        one.group,
        one.numerator,
        one.denominator,
        one.undetermined,
        one.known.estimate,
        one.known.lower,
        one.known.upper,
        one.method,
        " ".join(one.flags),
    )


def _as_json(audit: Audit, found: tuple[Finding, ...], double: DoubleCoding) -> dict[str, object]:
    codebook = audit.codebook
    return {
        "project": audit.title,
        "codebook": {
            "id": codebook.id,
            "version": codebook.version,
            "sha256": codebook.sha256,
        },
        "earlier_version": audit.earlier_words or None,
        "codebook_versions": versions_json(audit.codebook_versions()),
        "draw": audit.draw_facts(),
        "digest": audit.digest(),
        "findings": [_finding_json(one) for one in found],
        "agreement": agreement_json(double),
    }


def _finding_json(one: Finding) -> dict[str, object]:
    return {
        "indicator": one.indicator,
        "label": one.label,
        "by": one.by,
        "group": one.group,
        "cases": one.cases,
        "numerator": one.numerator,
        "denominator": one.denominator,
        "undetermined": one.undetermined,
        "blank": one.blank,
        "in_conflict": one.in_conflict,
        "population": one.population,
        "estimate": one.known.estimate,
        "lower": one.known.lower,
        "upper": one.known.upper,
        "confidence": one.confidence,
        "method": one.method,
        "if_undetermined_no": asdict(one.if_undetermined_no),
        "if_undetermined_yes": asdict(one.if_undetermined_yes),
        "bounds": asdict(one.bounds),
        "total": asdict(one.total),
        "effective_n": one.effective_n,
        "design_effect": one.design_effect,
        "degrees_of_freedom": one.degrees_of_freedom,
        "flags": list(one.flags),
        "target": _target_json(one),
    }


def _target_json(one: Finding) -> dict[str, object] | None:
    """Return what is said of the target of a finding; None where none was set for it."""
    held = one.held
    if held is None:
        return None
    judged = held.judgement
    return {
        "words": held.target.words,
        "at_most": held.target.proportion,
        "verdict": None if judged is None else judged.verdict.value,
        "lower": None if judged is None else judged.lower,
        "upper": None if judged is None else judged.upper,
        "deciding_base": None if judged is None else judged.deciding_base,
        "if_undetermined": None if held.if_undetermined is None else held.if_undetermined.value,
        "why_not": held.why_not or None,
    }
