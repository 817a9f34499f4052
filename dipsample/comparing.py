"""What one project brings to a comparison of waves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dipsample.desk import codebook_of, sample_records
from dipsample.errors import RefusedError
from dipsample.ledger import digest
from dipsample.looking import look_of
from dipsample.project import Snapshot, allowed, created_of
from dipsample.reporting import NOT_DRAWN, coded_cases, drawn_design
from exports.release.comparing import ComparedAudit
from review.codebook import Codebook
from review.findings import find, readings
from review.indicators import CANNOT_DETERMINE_RATE, IndicatorKind, indicators_of
from review.sign_off import signature_in_force
from review.waves import Wave
from sampling.estimation import IntervalOfStrata
from sampling.growing import why_not_final


def wave(
    project: Snapshot,
    *,
    indicators: Sequence[str] | None,
    confidence: float,
    of_strata: IntervalOfStrata,
) -> Wave:
    """Return a project as a wave.

    Args:
        project: Its state is all that the figures rest on.
        indicators: Those that the codebook does not have are left out; None for all that are
            about incidents or persons.
        confidence: Of the intervals, 0.5 up to but not 1.
        of_strata: What gives the interval of strata.

    Raises:
        RefusedError: Where no sample is drawn yet, or the frame may still grow.
        EstimationError: Where the confidence is out of range.
    """
    frame, plan = drawn_design(project)
    revealed = project.state.ceremony.seed
    if revealed is None:
        raise RefusedError(NOT_DRAWN)
    allowed(why_not_final(project.state.ceremony) or ())
    codebook, cases = codebook_of(project), coded_cases(project)
    chosen = _chosen(codebook, indicators)
    look = replace(look_of(project, is_supervisor=False), of_strata=of_strata)
    return Wave(
        title=created_of(project).title,
        codebook=f"{codebook.id} {codebook.version}",
        codebook_id=codebook.id,
        codebook_sha256=codebook.sha256,
        seed=revealed.seed,
        open_cases=sum(not case.is_settled for case in cases),
        indicators=tuple(one.id for one in indicators_of(codebook)),
        findings=find(
            codebook, frame, plan, cases, indicators=chosen, confidence=confidence, look=look
        ),
        readings=readings(codebook, frame, plan, cases, indicators=chosen, look=look),
        is_by_rule=plan.stopping is not None,
    )


def compared_audit(project: Snapshot, wave: Wave) -> ComparedAudit:
    """Return what a workbook of a comparison says of a project.

    Args:
        project: A sample is drawn.
        wave: The same project, from :func:`wave`.
    """
    frame, _ = drawn_design(project)
    return ComparedAudit(
        title=wave.title,
        codebook=wave.codebook,
        fingerprint=frame.fingerprint,
        digest=digest(project.state.heads.values()),
        open_cases=wave.open_cases,
        is_signed=signature_in_force(project.state.review, sample_records(project)) is not None,
        stamp=project.state.last_time or project.store.project.created,
    )


def _chosen(codebook: Codebook, wanted: Sequence[str] | None) -> list[str]:
    """Return the ids that a wave is asked for.

    How often a question could not be answered is compared only where somebody asks for it: it
    would add claims that nobody makes.
    """
    known = indicators_of(codebook)
    if wanted is None:
        return [one.id for one in known if one.kind is not IndicatorKind.ASKED]
    ids = {one.id for one in known} | {CANNOT_DETERMINE_RATE}
    return [one for one in wanted if one in ids]
