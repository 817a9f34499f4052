"""The whole job on the example: every step through the same door that people use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dipsample.audit import Audit
from dipsample.demo.extract import make_extract
from dipsample.demo.plan import DEMO, DemoPlan
from dipsample.demo.team import Team
from dipsample.demo.truth import Truth
from dipsample.errors import RefusedError
from dipsample.exporting import Written
from dipsample.opening import start_audit
from dipsample.project import World
from dipsample.settings import Settings
from dipsample.surroundings import FixedClock, FixedEntropy
from review.applicability import read_sheet
from review.codebook import Codebook, builtin_codebook
from review.finding import Finding
from review.indicators import IndicatorKind, Verdict, decide, indicators_of
from sampling.frame import FrameSpec
from sampling.planning import PlanRequest

PROJECT = "example.dip"
PRACTICE = "practice.dip"
FRAME = "frame.tsv"
WORKBOOK = "findings.xlsx"
PRACTICE_CASES = 24
CODEBOOK = "da-short"
DEVICE = "example"

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class DemoOutcome:
    """What the example led to."""

    folder: Path
    audit: Audit
    """Still open; whoever asked for it closes it."""
    findings: tuple[Finding, ...]
    truth: Mapping[str, float | None]
    """The true proportion of each indicator over the whole frame; None without a base."""
    workbook: Written


def run_demo(folder: Path, *, tell: Tell, plan: DemoPlan = DEMO) -> DemoOutcome:
    """Make the example extract and run the whole job on it: the same bytes each time.

    Args:
        folder: A new folder, or one that an earlier run made, whose files are made anew.
        tell: Takes one line about each step.
        plan: The choices of the example.

    Raises:
        RefusedError: Where the folder holds other files.
    """
    _clear(folder, plan)
    made = make_extract(plan.incidents, seed=plan.extract_seed)
    extract = folder / plan.extract_name
    extract.write_bytes(made.content)
    tell(f"{extract.name}: {plan.incidents:,} invented incidents")
    codebook = builtin_codebook(CODEBOOK)
    _practice(folder / PRACTICE, extract, plan, codebook)
    audit = _start(folder / PROJECT, plan, codebook)
    _draw(audit, extract, plan, lines_to=folder / FRAME, size=plan.sample)
    tell(f"{PROJECT}: {audit.drawn.sample} cases drawn, digest {audit.drawn.sample_digest[:16]}…")
    audit.assign(plan.supervisor, plan.reviewers)
    _review(Team.of(audit, made), plan, tell)
    found = audit.findings(plan.supervisor)
    written = audit.export(plan.supervisor, folder / WORKBOOK)
    tell(f"{WORKBOOK}: SHA-256 {written.sha256[:16]}…")
    return DemoOutcome(folder, audit, found, true_proportions(codebook, made.truths), written)


def _clear(folder: Path, plan: DemoPlan) -> None:
    """Make the folder, or take an earlier run's files out of it."""
    folder.mkdir(parents=True, exist_ok=True)
    projects = (f"{name}{tail}" for name in (PROJECT, PRACTICE) for tail in ("", "-wal", "-shm"))
    ours = {plan.extract_name, FRAME, WORKBOOK, *projects}
    there = {path.name for path in folder.iterdir()}
    if there - ours:
        raise RefusedError(
            f"The folder {folder} holds other files. Name a new folder: dipsample demo FOLDER."
        )
    for name in there:
        (folder / name).unlink()


def _start(path: Path, plan: DemoPlan, codebook: Codebook, *, title: str | None = None) -> Audit:
    return start_audit(
        path,
        title=title or plan.title,
        codebook=codebook,
        settings=Settings.model_validate(dict(plan.settings)),
        supervisor=plan.supervisor,
        passphrase=None,
        world=World(
            clock=FixedClock(plan.starts_at),
            entropy=FixedEntropy(f"{plan.entropy}:{path.name}"),
            data_folder=path.parent,
            device=DEVICE,
        ),
    )


def _draw(audit: Audit, extract: Path, plan: DemoPlan, *, lines_to: Path | None, size: int) -> None:
    spec = FrameSpec(
        id_column=plan.id_column,
        strata_columns=plan.strata,
        keep=plan.keep,
        record=plan.record,
        quasi=plan.quasi,
    )
    audit.commit_frame(plan.supervisor, extract, spec, lines_to=lines_to)
    minimum = plan.minimum if size == plan.sample else 2
    audit.commit_plan(plan.supervisor, PlanRequest(size=size, minimum=minimum))
    audit.draw(plan.supervisor, extract, seed=plan.draw_seed, source=plan.draw_seed_source)


def _practice(path: Path, extract: Path, plan: DemoPlan, codebook: Codebook) -> None:
    """Leave a project with cases that nobody has coded, for people who want to try."""
    audit = _start(path, plan, codebook, title="Practice on invented records")
    _draw(audit, extract, plan, lines_to=None, size=PRACTICE_CASES)
    audit.close()


def _review(team: Team, plan: DemoPlan, tell: Tell) -> None:
    """Have the cases coded, the differences decided, and the sample signed off."""
    audit = team.audit
    for name in plan.reviewers:
        for item in audit.queue(name):
            team.code(name, item.case_id)
    twice = audit.cases_coded_twice
    tell(
        f"{len(plan.reviewers)} scripted reviewers coded every case, {twice} of them twice and "
        "blind, with errors of their own"
    )
    differing = [one.case_id for one in audit.cases_to_decide(plan.adjudicator)]
    for case_id in differing:
        team.decide(plan.adjudicator, case_id)
    tell(f"{len(differing)} cases were coded differently; somebody who coded none decided them")
    team.acknowledge_referrals(plan.supervisor)
    audit.sign_off(plan.supervisor, plan.statement)
    tell("signed off by the supervisor")


def true_proportions(codebook: Codebook, truths: Mapping[str, Truth]) -> dict[str, float | None]:
    """Return what a perfect reading of every record of the frame would find."""
    patterns = Counter(tuple(truth.answers.items()) for truth in truths.values())
    counted = [one for one in indicators_of(codebook) if one.kind is IndicatorKind.INCIDENTS]
    counts: Counter[tuple[str, Verdict]] = Counter()
    for pattern, number in patterns.items():
        sheet = read_sheet(codebook, {question: (value,) for question, value in pattern}, ())
        for indicator in counted:
            counts[indicator.id, decide(indicator, sheet).verdict] += number
    return {
        indicator.id: _proportion(
            counts[indicator.id, Verdict.TRUE], counts[indicator.id, Verdict.FALSE]
        )
        for indicator in counted
    }


def _proportion(yes: int, no: int) -> float | None:
    return yes / (yes + no) if yes + no else None
