"""What stands on a draw record, before it takes the form of a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from sampling.draw_record import DrawRecord, record_digest
from sampling.plan import Design, Plan
from sampling.rolling import threshold
from sampling.shell import fingerprint_lines, redraw_lines

_GROUP = 4


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; every cell is text, and all columns but the first are numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    """Name and value."""
    table: Table | None = None
    words: tuple[str, ...] = ()
    """Sentences."""
    lines: str | None = None
    """What to type, as it stands."""


@dataclass(frozen=True, slots=True)
class Page:
    """A draw record, in words."""

    title: str
    audit: str
    digest: str
    """In groups of four, so that two people can compare it aloud."""
    sections: tuple[Section, ...]
    """What is read before signing."""
    annex: tuple[Section, ...]
    """What stands behind the signatures, covered by the digest all the same."""
    signatures: tuple[str, ...] = field(default=("Supervisor", "Witness"))


def page_of(record: DrawRecord) -> Page:
    """Return everything that the page says."""
    return Page(
        title="Draw record",
        audit=record.title,
        digest=grouped(record_digest(record)),
        sections=(
            _frame(record),
            _plan(record),
            _seed(record),
            _draw(record),
            _checks(record),
        ),
        annex=(_strata(record), _log(record)),
    )


def grouped(digest: str) -> str:
    """Return hex digits in groups of four."""
    return " ".join(digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP))


def _frame(record: DrawRecord) -> Section:
    frame = record.frame
    words = [f"{one.reason}: {one.records:,} left out" for one in frame.exclusions if one.records]
    words += [f"accepted, {one.code}: {one.reason}" for one in frame.accepted]
    if record.has_nonce:
        words.append("The fingerprint covers a nonce, which the supervisor shows to a verifier.")
    return Section(
        "Frame",
        facts=(
            ("records", f"{frame.records:,} of {frame.rows:,} rows"),
            ("id column", frame.spec.id_column),
            ("stratum columns", ", ".join(frame.spec.strata_columns) or "none"),
            ("extract", frame.source_name),
            ("its SHA-256", frame.source_digest),
            ("fingerprint", frame.fingerprint),
            ("frames tried", f"{record.frames:,} on these records in this project"),
        ),
        words=tuple(f"{word.rstrip('.')}." for word in words),
    )


def _plan(record: DrawRecord) -> Section:
    plan = record.plan
    return Section(
        "Plan",
        facts=(
            *_design(plan),
            *_size(plan),
            *_interval(plan),
            ("plans tried", f"{record.plans:,} on these records in this project"),
        ),
    )


def _size(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield how many records the plan draws, and how they are shared out."""
    if plan.rolling is not None:
        yield ("sample", "left to chance; no reserve")
        yield ("strata", f"{len(plan.strata)} when it was planned, the same share of each")
    else:
        yield ("sample", f"{plan.sample:,} records, and {plan.reserve:,} in reserve")
        yield ("strata", f"{len(plan.strata)}, allocation {plan.allocation}")


def _interval(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield the interval of several strata, where the plan names it."""
    if plan.interval is not None:
        yield ("interval of strata", f"{plan.interval}, named before the seed")


def _design(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield how records were drawn, where it was not each alike within its stratum."""
    if plan.first_stage is not None:
        units = sum(quota.sample for quota in plan.first_stage.quotas)
        each = "all" if plan.first_stage.per_unit is None else f"up to {plan.first_stage.per_unit}"
        by = " by their records" if plan.first_stage.is_by_records else ""
        yield ("design", f"two stages: {units:,} units{by}, {each} records of each; on average")
    elif plan.is_size_weighted:
        yield ("design", "chances in proportion to the sizes of the frame")
    elif plan.rolling is not None:
        yield ("design", f"rolling: each record on arrival, with probability {plan.rolling:f}")
        yield ("drawn where the ticket is under", threshold(plan.rolling))


def _strata(record: DrawRecord) -> Section:
    if record.plan.rolling is not None:
        drawn = {one.stratum: one.ranks for one in record.ranks}
        rows = tuple(
            (one.name, f"{one.records:,}", f"{drawn[one.name]:,}") for one in record.frame.strata
        )
        return Section("Strata", table=Table(("stratum", "frame", "sample"), rows))
    return Section(
        "Strata",
        table=Table(
            ("stratum", "frame", "sample", "reserve"),
            tuple(
                (one.name, f"{one.population:,}", f"{one.sample:,}", f"{one.reserve:,}")
                for one in record.plan.strata
            ),
        ),
    )


def _seed(record: DrawRecord) -> Section:
    facts = [("seed", record.seed.seed), ("source", record.seed.source)]
    for party in record.parties:
        facts.append((f"{party.name} committed", party.commitment))
        facts.append((f"{party.name} showed", party.contribution))
    words = []
    if record.joints_abandoned:
        words.append(
            f"Joint seeds given up after a contribution had been shown: {record.joints_abandoned}."
        )
    return Section("Seed", facts=tuple(facts), words=tuple(words))


def _draw(record: DrawRecord) -> Section:
    drawn = record.drawn
    facts = [
        ("number", record.draw_of_draws),
        ("drawn", f"{drawn.sample:,} records, and {drawn.reserve:,} in reserve"),
        ("digest of the draw", drawn.sample_digest),
    ]
    facts += [
        (f"extension {one.extension}", f"from {one.before:,} to {one.size:,} records")
        for one in record.extensions
    ]
    facts += [
        (
            f"growth {number} of the frame",
            f"{one.records:,} records listed since, {one.added:,} of the new ones drawn",
        )
        for number, one in enumerate(record.growths, start=1)
    ]
    if record.plan.rolling is not None:
        facts.append(("frame", "closed" if record.is_closed else "may still grow"))
    if record.replaced:
        facts.append(("replaced from the reserve", f"{record.replaced:,}"))
    if record.extensions or record.growths:
        facts.append(("digest by now", record.sample_digest))
    return Section("Draw", facts=tuple(facts))


def _log(record: DrawRecord) -> Section:
    return Section(
        "As the log holds it (times as claimed by the writer's clock)",
        facts=tuple((f"{one.what}, {one.time}", one.hash) for one in record.steps),
    )


def _checks(record: DrawRecord) -> Section:
    found = _how_to_check(record)
    if not record.growths:
        return found
    earlier = (
        "The last extract proves who is drawn. With those of before, each after --earlier, it is "
        "proved too that no record left the frame while it grew."
    )
    return replace(found, words=(found.words[0], earlier, *found.words[1:]))


def _how_to_check(record: DrawRecord) -> Section:
    if record.plan.design is not Design.SIMPLE:
        return Section(
            "To check",
            words=(
                "With dipsample, this file and the extract: dipsample verify draw-record.txt "
                "EXTRACT.",
                "Without dipsample, from the lines of the frame (frame.tsv), which the supervisor "
                "hands over, this prints the fingerprint; the draw itself takes a program that "
                "computes SHA-256 and exact fractions:",
            ),
            lines=fingerprint_lines(),
        )
    return Section(
        "To check",
        words=(
            "With dipsample, this file and the extract: dipsample verify draw-record.txt EXTRACT.",
            "Without dipsample, from the lines of the frame (frame.tsv), which the supervisor "
            "hands over; the first command prints the fingerprint, the second ticket and id of "
            "the sample of one stratum:",
        ),
        lines="".join(_shell(record)),
    )


def _shell(record: DrawRecord) -> Iterator[str]:
    yield fingerprint_lines()
    if record.plan.rolling is not None:
        now = record.ranks[0]
        yield redraw_lines(record.seed.seed, now.stratum, records=now.ranks)
        return
    stratum = record.plan.strata[0]
    yield redraw_lines(record.seed.seed, stratum.name, records=stratum.sample)
