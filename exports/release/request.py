"""What an audit hands over to be released: facts and findings, and no record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from exports.errors import ReleaseError
from review.agreement import DoubleCoding
from review.codebook import Codebook
from review.comparability import VersionClass
from review.finding import Finding
from review.reference_figures import HEADLINES
from review.second_figure import SecondFigure
from review.settled import Settled
from sampling.draw import ReplacementReason
from sampling.frame import Frame
from sampling.plan import Design, Plan

FINAL = "final"
EXCLUDED = "excluded"
"""The two values of a case's state that end it."""
DUPLICATE = "no_duplicate"
"""The answer to E1 for a record whose incident is in the sample under another reference."""

NOT_READ = ("no_missing", "no_restricted")
"""Answers to E1 that are non-response; a duplicate was read, and is not in any base."""


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What the supervisor said about the project; None: not stated."""

    id: str
    title: str
    is_encrypted: bool
    """A project without encryption is meant for synthetic records."""
    population: str | None = None
    period: str | None = None
    commissioned_by: str | None = None
    contact: str | None = None
    retention: str | None = None
    next_update: str | None = None
    target: str | None = None
    target_of: str | None = None
    """Id of the indicator that the target is for, where the project says so."""


@dataclass(frozen=True, slots=True)
class Growth:
    """A later extract that the frame of a rolling draw took in."""

    records: int
    """In the frame since."""
    releases_before: int
    """How often findings had been exported before."""


@dataclass(frozen=True, slots=True)
class Extension:
    """The sample grew after its draw."""

    before: int
    """Records of the sample before."""
    size: int
    releases_before: int
    """How often findings had been exported before."""


@dataclass(frozen=True, slots=True)
class DrawFacts:
    """How the sample came about."""

    seed: str
    seed_source: str
    """One sentence: where the seed came from and who saw it."""
    number: int
    """This is draw ``number`` of ``of`` that this project saw on these records."""
    of: int
    frames: int
    """Frames that this project committed on these records, this one among them."""
    plans: int
    """Plans likewise."""
    sample_digest: str
    """Of all drawn records, those of extensions among them."""
    extensions: tuple[Extension, ...] = ()
    growths: tuple[Growth, ...] = ()
    """Of a rolling draw, how its frame grew."""
    is_open: bool = False
    """Whether the frame of a rolling draw may still grow."""


@dataclass(frozen=True, slots=True)
class ReviewerLoad:
    """One reviewer, by code."""

    code: str
    cases: int
    """Cases handed in."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A later version of the codebook."""

    version: str
    reason: str
    changes: tuple[str, ...]
    """Each change with its question and class, such as ``A2 question reworded (meaning)``."""
    cosmetic: tuple[str, ...]
    """Questions whose new words mean the same, as the publisher says."""
    handed_in_before: int
    """Cases that had been handed in on an earlier version."""


@dataclass(frozen=True, slots=True)
class CodingFacts:
    """What became of the cases of the sample."""

    codebook: Codebook
    reviewers: tuple[ReviewerLoad, ...]
    states: Mapping[str, int]
    """Cases drawn for the sample by the value of their state; they add up to the sample and what
    was replaced."""
    replaced: Mapping[str, int]
    """Records replaced from the reserve, by stratum; a stratum without any may be absent."""
    used: Mapping[str, int]
    """By stratum the records that the estimates rest on: final cases whose record was read, and
    frame errors that were replaced."""
    not_opened: Mapping[str, int]
    """Final cases by the answer to E1, where that is another than yes."""
    out_of_scope: Mapping[str, int]
    """Final cases with E1 yes by the answer to E2, where that is another than yes."""
    most_codings_of_a_case: int
    double_coded: int = 0
    """Final cases that several people coded."""
    adjudicated: int = 0
    """Final cases that somebody decided over."""
    unresolved: int = 0
    """Final answers that could not be agreed; they count as what the record does not tell."""
    replaced_reasons: Mapping[str, int] = field(default_factory=dict)
    """Records replaced from the reserve, by reason."""
    revisions: tuple[Revision, ...] = ()
    """Versions of the codebook after the first, oldest first."""

    @property
    def all_replaced(self) -> int:
        """Records replaced from the reserve."""
        return sum(self.replaced.values())

    @property
    def frame_errors(self) -> int:
        """Replaced records that should not have been in the frame."""
        return sum(
            count
            for reason, count in self.replaced_reasons.items()
            if ReplacementReason(reason).is_frame_error
        )

    @property
    def final(self) -> int:
        """Cases whose answers are final."""
        return self.states.get(FINAL, 0)

    @property
    def excluded(self) -> int:
        """Cases taken out by the supervisor for which no record took the place."""
        return self.states.get(EXCLUDED, 0) - self.all_replaced

    @property
    def open(self) -> int:
        """Cases that are neither final nor excluded."""
        return sum(self.states.values()) - self.final - self.states.get(EXCLUDED, 0)

    @property
    def not_read(self) -> dict[str, int]:
        """Final cases whose record was missing or closed: they say nothing of their stratum."""
        return {value: self.not_opened[value] for value in NOT_READ if value in self.not_opened}

    @property
    def read(self) -> int:
        """Final cases whose record was read."""
        return self.final - sum(self.not_read.values())

    @property
    def in_scope(self) -> int:
        """Final cases that are domestic abuse incidents as the codebook defines them."""
        return self.final - sum(self.not_opened.values()) - sum(self.out_of_scope.values())


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """Who answers for the figures as they stand."""

    by: str
    """By code, or ``supervisor``."""
    at: str
    """RFC 3339, UTC: a claim."""
    statement: str
    heads_sha256: str
    """Hash over the final answers of every case."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last event of one stream of the log."""

    stream: str
    """With the person's code in the place of their name."""
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Trail:
    """Where the release stands in the log, and what made it."""

    log_digest: str
    heads: tuple[Head, ...]
    events: int
    stamp: str
    """RFC 3339, UTC: the claimed time of the last event inside the digest."""
    date: str
    """ISO date: the day of the stamp, or the one asked for."""
    dipsample: str
    """Version."""
    python: str
    libraries: tuple[tuple[str, str], ...] = ()
    """Names and versions."""


@dataclass(frozen=True, slots=True)
class ReleaseRequest:
    """Everything that a release is made from."""

    project: ProjectFacts
    frame: Frame
    plan: Plan
    """With sample and reserve of each stratum as they are now."""
    draw: DrawFacts
    coding: CodingFacts
    findings: tuple[Finding, ...]
    """Over the whole frame, then by the columns asked for, then by stratum."""
    trail: Trail
    headlines: tuple[str, ...] = HEADLINES
    """Indicators that the cover answers; the first is the headline reading."""
    signature: SignatureFacts | None = None
    """None: nobody has signed the figures off as they stand, and they are provisional."""
    agreement: DoubleCoding | None = None
    """Of the cases drawn to be coded twice; None where there are none."""
    second_figures: tuple[SecondFigure, ...] = ()
    """The headlines corrected for reading errors, approximate; none where no case was drawn to be
    coded twice."""
    settled: tuple[Settled, ...] = ()
    """How the disagreements of final cases were settled."""
    basis: tuple[str, ...] = ()
    """Sentences on what intervals rest on, where it is not every case of the sample."""
    ended: VersionClass | None = None
    """The versions of the codebook that the figures rest on, where a later one means something
    else; None: those in force."""

    def __post_init__(self) -> None:
        """Refuse counts that do not add up: a reader could not follow them."""
        drawn = self.drawn
        if sum(self.coding.states.values()) != drawn:
            raise ReleaseError(
                f"The cases by state add up to {sum(self.coding.states.values())} and {drawn} "
                "were drawn for the sample; nothing is released until they agree."
            )
        if self.coding.all_replaced != sum(self.coding.replaced_reasons.values()):
            raise ReleaseError(
                "The replaced cases do not add up over strata and reasons; nothing is released "
                "until they do."
            )
        used = self.coding.read + self.coding.frame_errors
        if self.coding.in_scope < 0 or sum(self.coding.used.values()) != used:
            raise ReleaseError(
                "The final cases do not add up over scope or strata; nothing is released until "
                "they do."
            )
        if len({finding.confidence for finding in self.findings}) != 1:
            raise ReleaseError("A release needs findings, and all at one confidence.")

    @property
    def drawn(self) -> int:
        """Records drawn for the sample: it, and what was replaced in it."""
        return self.plan.sample + self.coding.all_replaced

    def drawn_in(self, stratum: str) -> int:
        """Return how many records of a stratum were drawn for the sample."""
        return self.plan.sample_sizes[stratum] + self.coding.replaced.get(stratum, 0)

    @property
    def earlier_version(self) -> str:
        """The last version of the earlier codebook; empty where the figures are those in force."""
        return "" if self.ended is None else self.ended.newest.codebook.version

    @property
    def is_finished(self) -> bool:
        """Whether every case of the sample is final or excluded."""
        return self.coding.open == 0

    @property
    def confidence(self) -> float:
        """The confidence of every interval."""
        return self.findings[0].confidence

    @property
    def is_weighted(self) -> bool:
        """Whether cases are weighed, so that percentages are not cases divided by base."""
        return len(self.plan.strata) > 1 or self.plan.design is not Design.SIMPLE

    @property
    def has_joined_strata(self) -> bool:
        """Whether a stratum with too few records read was joined to its neighbour."""
        return any("collapsed-stratum" in finding.flags for finding in self.findings)

    def overall(self, indicator: str) -> Finding | None:
        """Return the finding over the whole frame, or None where it was not asked for."""
        return next((f for f in self.findings if f.indicator == indicator and f.by is None), None)
