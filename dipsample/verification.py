"""Is everything as it was written, and is the draw what frame, plan and seed make it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dipsample.against import check_workbook
from dipsample.desk import record_text
from dipsample.errors import AuditError
from dipsample.growth_proofs import GrowthClaims, growth_checks
from dipsample.ledger import grouped
from dipsample.opening import open_project_store
from dipsample.project import OpenProject
from dipsample.silent_checks import freed_numbers
from dipsample.store.protocol import Store
from dipsample.supervising import reopen
from dipsample.system import system_world
from dipsample.verdicts import Check, Verification
from dipsample.wording import drawn_again_words
from review.bench import all_quotes
from review.coding import is_passage
from review.gold import fault_of_gold
from sampling.ceremony import Ceremony, plan_of
from sampling.engines.opened import OpenFrame
from sampling.errors import ExtractError, SamplingError
from sampling.extracts.naming import Extract
from sampling.listings import listings_of_log
from sampling.reading import read_draw, why_not_as_committed
from sampling.redraw import first_difference, ranks_to_read


def verify_project(
    path: Path,
    *,
    passphrase_file: Path | None,
    extract: Extract | None,
    workbook: Path | None,
    earlier: Sequence[Extract] = (),
) -> Verification:
    """Check a project; with the extract draw again, with a workbook compare its numbers.

    Args:
        path: The project's file.
        passphrase_file: Where the passphrase stands, if in a file.
        extract: The extract that was committed; None: it is not looked at.
        workbook: A workbook that was exported; None: none is looked at.
        earlier: Of a rolling draw, the extracts that the frame was made of before, in any order.

    Raises:
        AuditError: Where the file is no project or the passphrase is wrong.
    """
    store = open_project_store(path, passphrase_file=passphrase_file, is_read_only=True)
    try:
        return _verify(store, _Given(extract, tuple(earlier), workbook))
    finally:
        store.close()


@dataclass(frozen=True, slots=True)
class _Given:
    """What a project is compared with."""

    extract: Extract | None
    earlier: tuple[Extract, ...]
    workbook: Path | None


def _verify(store: Store, given: _Given) -> Verification:
    verdict = store.verify()
    if verdict.problem is not None:
        return Verification((Check("log", False, verdict.problem),), None)
    log = Check(
        "log",
        True,
        f"{verdict.events:,} events, each chain whole; digest {grouped(verdict.digest)}",
    )
    try:
        project = OpenProject(store, system_world())
        checks = (log, *_checks(project, given))
    except AuditError as problem:
        checks = (log, Check("content", False, str(problem)))
    return Verification(checks, verdict.digest)


def _checks(project: OpenProject, given: _Given) -> Iterator[Check]:
    state = project.state
    if state.unknown:
        kinds = ", ".join(sorted(state.unknown))
        yield Check("events", False, f"kinds of a newer version of dipsample: {kinds}.")
    if state.ceremony.late:
        yield Check("plan", False, _late_words(state.ceremony.late))
    if state.ceremony.joints_abandoned:
        yield Check("seed", True, abandoned_words(state.ceremony.joints_abandoned))
    if state.ceremony.drawn is not None:
        yield _case_material(project)
        yield _quotes(project)
        yield from _silent_checks(project)
        yield from _late_changes(project)
    if given.extract is not None:
        yield from _with_extract(project, given.extract, given.earlier)
    if given.workbook is not None:
        for name, is_good, says in check_workbook(project, given.workbook):
            yield Check(name, is_good, says)


def _late_words(count: int) -> str:
    """Say that frames or plans were written in spite of the rules."""
    return (
        f"frames or plans written after the seed was known: {count}. They have no effect; ask who "
        "wrote them."
    )


def abandoned_words(count: int) -> str:
    """Say that joint seeds were given up late, which lets the last party choose among seeds."""
    return (
        f"LOOK: joint seeds given up after a contribution had been shown: {count}. Whoever gave "
        "up could have known the seed; ask why."
    )


def _case_material(project: OpenProject) -> Check:
    """Check that what coders are shown is what was drawn."""
    ceremony = project.state.ceremony
    stored = {case.case_id: case.sha256 for case in project.store.cases()}
    for record, digest in zip(ceremony.records, ceremony.material_sha256, strict=True):
        if stored.get(record.case_id) != digest:
            says = f"the text of case {record.case_id} is not the one that was drawn."
            return Check("records", False, says)
    drawn = len(ceremony.records)
    return Check("records", True, f"the texts of {drawn:,} cases are those that were drawn")


def _silent_checks(project: OpenProject) -> Iterator[Check]:
    """Check that silent checks were placed and dealt by ticket, and show what they showed then."""
    review, seed = project.state.review, project.state.ceremony.seed
    if not review.gold.steps or seed is None:
        return
    freed = freed_numbers(project)
    fault = fault_of_gold(review.gold.steps, freed, review.reviewers, seed=seed.seed)
    stored = {case.case_id: case.sha256 for case in project.store.cases()}
    if fault is None and any(
        stored.get(number) != one.material_sha256 for number, one in review.gold.cases.items()
    ):
        fault = "A silent check shows another text than the one that was placed."
    count = len(review.gold.cases)
    says = f"{count:,} placed and dealt as the tickets say, none of them in the sample"
    yield Check("checks", fault is None, fault or says)


def _quotes(project: OpenProject) -> Check:
    """Check that every quote is a passage of the record that its coder was shown."""
    count, wrong = 0, []
    for material in project.store.cases():
        quotes = all_quotes(project.state.review, material.case_id)
        text = record_text(project, material) if quotes else {}
        count += len(quotes)
        if not all(
            one.record_sha256 == material.sha256 and is_passage(one, text) for one in quotes
        ):
            wrong.append(material.case_id)
    if wrong:
        says = f"quotes are no passages of the record, in {', '.join(wrong[:10])}."
        return Check("quotes", False, says)
    return Check("quotes", True, f"all quotes are passages of the records as drawn: {count:,}")


def _late_changes(project: OpenProject) -> Iterator[Check]:
    """Name the cases whose locked codings have events behind them that no reopening allows."""
    review = project.state.review
    cases = [
        record.case_id
        for record in project.state.ceremony.records
        if any(coding.uncounted_events for coding in review.codings_of(record.case_id))
    ]
    if cases:
        says = f"locked codings were written to without a reopening, in {', '.join(cases[:10])}."
        yield Check("codings", False, says)


def _with_extract(
    project: OpenProject, extract: Extract, earlier: Sequence[Extract]
) -> Iterator[Check]:
    ceremony = project.state.ceremony
    if ceremony.frame is None:
        yield Check("extract", False, "no frame is committed in this project.")
        return
    try:
        waves = ceremony.earlier_waves
        with reopen(ceremony.frame, extract, earlier_waves=waves) as opened:
            changed = why_not_as_committed(ceremony, opened)
            if changed is not None:
                yield Check("extract", False, changed.reason)
                return
            yield Check("extract", True, f"fingerprint {opened.fingerprint()}, as committed")
            if ceremony.seed is None or ceremony.drawn is None:
                return
            yield _drawn_again(ceremony, opened, seed=ceremony.seed.seed)
        claims = GrowthClaims(
            ceremony.frame,
            plan_of(ceremony),
            ceremony.seed.seed,
            earlier_waves=waves,
            listings=listings_of_log(ceremony),
        )
        yield from growth_checks(claims, extract, earlier)
    except ExtractError as problem:
        yield Check("extract", False, str(problem))
    except SamplingError as problem:
        yield Check("draw", False, str(problem))


def _drawn_again(ceremony: Ceremony, opened: OpenFrame, *, seed: str) -> Check:
    take = ranks_to_read(ceremony)
    fresh = read_draw(opened, plan_of(ceremony), seed=seed, take=take)
    difference = first_difference(ceremony, fresh.ranked, sizes=fresh.sizes)
    return Check(
        "draw",
        difference is None,
        difference
        or f"{drawn_again_words(ceremony.records)}, every one with the same rank and case",
    )
