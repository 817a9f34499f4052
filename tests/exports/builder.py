"""Believable requests for the tests of exports: an audit of 400 cases in four strata."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from exports.release import (
    CodingFacts,
    DrawFacts,
    Head,
    ProjectFacts,
    ReleaseRequest,
    ReviewerLoad,
    Trail,
)
from review.agreement import CodedTwice, DoubleCoding, agreement_by_question
from review.codebook import codebook_from_body, load_codebook
from review.comparability import VersionClass
from review.finding import Bounds, Finding, Measure, Total
from review.versions import Version
from sampling.frame import Exclusion, Frame, FrameSpec, StratumSize
from sampling.plan import Allocation, Plan, PlannedStratum

FINGERPRINT = "3f" * 32
SEED = "48210339475520617384"
STRATA = (
    ("two or more suspects, victim also suspect", 640, 24),
    ("two or more suspects", 1_210, 42),
    ("one suspect, linked crimes", 3_020, 102),
    ("no flag", 7_010, 232),
)
OVERALL = (
    ("M1", "any arrest, of all eligible incidents", 151, 368, 3),
    ("M2", "more than one person arrested, of all eligible incidents", 9, 366, 5),
    ("M4", "both main parties arrested, of all eligible incidents", 6, 365, 6),
    ("M5", "both main parties arrested within 24 hours, of all eligible incidents", 4, 363, 8),
    ("M10", "first-recorded victim arrested, of all eligible incidents", 8, 366, 5),
    ("M8", "same person arrested more than once, of incidents with an arrest", 11, 148, 3),
    ("M9", "each party arrested in linked incidents, of all eligible incidents", 7, 360, 11),
    ("M12", "both treated as suspect, of all eligible incidents", 13, 362, 9),
    ("C.1", "counter-allegation, of all eligible incidents", 19, 367, 4),
)
ETHNICITIES = (("Asian", 4, 66), ("Black", 5, 71), ("White", 8, 188), ("not recorded", 2, 42))


def interval(yes: int, base: int) -> Measure:
    """Wilson limits: near enough for a picture, and free of any heavy library."""
    p = yes / base
    z = 1.96
    middle = (p + z * z / (2 * base)) / (1 + z * z / base)
    half = z / (1 + z * z / base) * (p * (1 - p) / base + z * z / (4 * base * base)) ** 0.5
    return Measure(p, max(min(middle - half, p), 0.0), min(max(middle + half, p), 1.0))


def finding(
    indicator: str,
    label: str,
    yes: int,
    base: int,
    undetermined: int = 0,
    *,
    by: str | None = None,
    group: str | None = None,
    flags: tuple[str, ...] = (),
    blank: int = 0,
) -> Finding:
    """A finding of a finished audit."""
    known = interval(yes, base)
    low = interval(yes, base + undetermined)
    high = interval(yes + undetermined, base + undetermined)
    population = 11_000.0 * base / 370
    return Finding(
        indicator=indicator,
        label=label,
        by=by,
        group=group,
        cases=base + undetermined,
        numerator=yes,
        denominator=base,
        undetermined=undetermined,
        blank=blank,
        population=population,
        population_is_known=False,
        known=known,
        confidence=0.95,
        method="korn-graubard-capped",
        if_undetermined_no=low,
        if_undetermined_yes=high,
        bounds=Bounds(low.lower, high.upper),
        total=grossed_up(known, population),
        total_if_undetermined_yes=grossed_up(high, population),
        effective_n=base * 0.9,
        design_effect=1.1,
        degrees_of_freedom=base - 4,
        flags=flags,
    )


def grossed_up(measure: Measure, population: float) -> Total:
    numbers = (measure.estimate, measure.lower, measure.upper)
    return Total(*(None if number is None else number * population for number in numbers))


def unfinished(found: Finding) -> Finding:
    """The same finding before coding is finished: counts, and nothing else."""
    none = Measure(None, None, None)
    return replace(
        found,
        known=none,
        if_undetermined_no=none,
        if_undetermined_yes=none,
        bounds=Bounds(None, None),
        total=Total(None, None, None),
        total_if_undetermined_yes=Total(None, None, None),
        method=None,
        effective_n=None,
        design_effect=None,
        degrees_of_freedom=None,
        flags=("incomplete",),
    )


def findings() -> tuple[Finding, ...]:
    """Overall, by a column, by stratum."""
    overall = tuple(finding(*numbers) for numbers in OVERALL)
    ci, label = "C.1", "counter-allegation, of all eligible incidents"
    by_column = tuple(
        finding(ci, label, yes, base, 1, by="party_a_ethnicity_sde", group=group)
        for group, yes, base in ETHNICITIES
    )
    by_stratum = tuple(
        finding(ci, label, max(drawn // 20, 1), drawn - 3, by="stratum", group=name)
        for name, _, drawn in STRATA
    )
    small = replace(by_stratum[0], denominator=8, numerator=1, flags=("low-base", "no-percentage"))
    return (*overall, *by_column, small, *by_stratum[1:])


def coded_twice(few: int = 12) -> list[CodedTwice]:
    """Cases that two people coded: with both yes, both no, one of each, and one not asked."""
    answers = [("yes", "yes")] * few + [("no", "no")] * 24 + [("yes", "no")] * 3 + [("no", "")]
    return [
        CodedTwice(
            f"C-{number:04d}",
            {"E1": ("yes",), "A1": (one,)},
            {"E1": ("yes",)} | ({"A1": (other,)} if other else {}),
        )
        for number, (one, other) in enumerate(answers, start=1)
    ]


def double_coding(few: int = 12) -> DoubleCoding:
    """Cases drawn to be coded twice, two of them not handed in by both."""
    cases = coded_twice(few)
    questions = agreement_by_question(coding().codebook, cases, questions=["A1"])
    return DoubleCoding(chosen=len(cases) + 2, coded=len(cases), questions=questions)


def frame() -> Frame:
    """A frame of four strata, with two kinds of rows left out."""
    records = sum(population for _, population, _ in STRATA)
    return Frame(
        spec=FrameSpec(
            id_column="incident_id",
            strata_columns=("flags",),
            keep=("party_a_ethnicity_sde",),
            record=("narrative",),
        ),
        source_name="extract.csv",
        source_sha256="9c" * 32,
        rows=records + 120,
        records=records,
        fingerprint=FINGERPRINT,
        ids_fingerprint="5d" * 32,
        nonce=None,
        strata=tuple(StratumSize(name=name, records=size) for name, size, _ in sorted(STRATA)),
        exclusions=(
            Exclusion(reason="record_status is not one of: open, closed", records=117),
            Exclusion(reason="wholly blank rows at the end", records=3),
        ),
        kept_counts=(),
        accepted=(),
        identifiability=(),
    )


def plan(**changes: object) -> Plan:
    """A proportional plan of 400."""
    values: dict[str, object] = {
        "frame_fingerprint": FINGERPRINT,
        "allocation": Allocation.PROPORTIONAL,
        "minimum": 24,
        "confidence": Decimal("0.95"),
        "margin": None,
        "expected": None,
        "strata": tuple(
            PlannedStratum(name=name, population=size, sample=drawn, reserve=drawn // 10)
            for name, size, drawn in sorted(STRATA)
        ),
    }
    return Plan.model_validate(values | changes)


def coding() -> CodingFacts:
    """Three reviewers, all cases final but one that the supervisor took out."""
    used = {name: drawn for name, _, drawn in STRATA} | {"no flag": 222}
    return CodingFacts(
        codebook=load_codebook(Path(__file__).with_name("small-codebook.toml")),
        reviewers=(ReviewerLoad("R1", 134), ReviewerLoad("R2", 133), ReviewerLoad("R3", 132)),
        states={"final": 399, "excluded": 1},
        replaced={},
        used=used,
        not_opened={"no_missing": 9, "no_duplicate": 2},
        out_of_scope={"no": 14, "cannot_determine": 3},
        most_codings_of_a_case=1,
    )


def ended() -> VersionClass:
    """The version that the cases were coded with, where 1.1.0 ended it."""
    book = coding().codebook
    later = codebook_from_body(json.dumps(json.loads(book.body) | {"version": "1.1.0"}))
    first = Version(book, None, "", (), "2026-01-02T09:00:00Z")
    second = Version(later, book.sha256, "read in two ways", (), "2026-01-05T09:30:00Z")
    return VersionClass((first,), (second,))


def request(**changes: object) -> ReleaseRequest:
    """A finished audit; ``changes`` replace its parts."""
    whole = ReleaseRequest(
        project=ProjectFacts(
            id="audit-2025-01",
            title="Domestic abuse dip sample 2025",
            is_encrypted=True,
            population="domestic abuse incidents reported in the force area",
            period="January to December 2025",
            commissioned_by="the audit board",
            contact="the audit team",
        ),
        frame=frame(),
        plan=plan(),
        draw=DrawFacts(
            seed=SEED,
            seed_source="Twenty digits from ten-sided dice, thrown before two witnesses.",
            number=1,
            of=1,
            frames=1,
            plans=1,
            sample_digest="a7" * 32,
        ),
        coding=coding(),
        findings=findings(),
        trail=Trail(
            log_digest="0b1c" * 16,
            heads=(Head("supervisor", 14, "e1" * 32), Head("R1", 1_203, "c4" * 32)),
            events=3_641,
            stamp="2026-01-05T09:00:00Z",
            date="2026-01-05",
            dipsample="0.1.0",
            python="3.11.9",
            libraries=(("openpyxl", "3.1.5"),),
        ),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]  # each test names its own fields
