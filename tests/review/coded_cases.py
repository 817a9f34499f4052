"""Cases of the short codebook with known verdicts, and samples made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from review.applicability import read_sheet
from review.codebook import builtin_codebook
from review.finding import Finding
from review.findings import CodedCase

CODEBOOK = builtin_codebook("da-short")
ORDINARY = {
    "E1": "yes", "E2": "yes", "A1": "no", "A10": "no_linked_incident", "A11": "neither",
    "C1": "no", "Z3": "high", "Z5": "no",
}  # fmt: skip
ARREST = ORDINARY | {"A1": "yes", "A2": "1", "A3": "no", "A4": "yes", "A8": "neither"}
DUAL = ARREST | {"A2": "2", "A3": "yes", "A6": "within_24h", "P1": "no"}
COUNTER = ORDINARY | {"C1": "yes", "C3": "at_scene", "C5": "free_text_only", "P1": "no"}
UNKNOWN = ORDINARY | {"C1": "cannot_determine"}
OUT = {"E1": "yes", "E2": "no", "Z5": "no"}
MISSING = {"E1": "no_missing"}

Answers = Mapping[str, str]
Findings = Callable[..., tuple[Finding, ...]]


def case(
    answers: Answers | None,
    number: int,
    stratum: str = "all",
    kept: Mapping[str, str] | None = None,
) -> CodedCase:
    sheet = None
    if answers is not None:
        sheet = read_sheet(CODEBOOK, {key: (one,) for key, one in answers.items()}, ())
    return CodedCase(f"C-{number:04d}", stratum, kept or {}, sheet, excluded=False)


def sample_of(*counted: tuple[Answers | None, int], stratum: str = "all") -> list[CodedCase]:
    flat = [answers for answers, count in counted for _ in range(count)]
    return [case(answers, number, stratum) for number, answers in enumerate(flat, start=1)]


def renumbered(cases: Sequence[CodedCase]) -> list[CodedCase]:
    return [
        CodedCase(f"C-{number:04d}", one.stratum, one.kept, one.sheet, one.excluded)
        for number, one in enumerate(cases, start=1)
    ]
