"""Silent checks in a small project: cases with known answers, and placing them."""

from __future__ import annotations

from dipsample.audit import Audit
from review.calibration import TrainingCase
from review.codebook import Value
from tests.audit.one_run import BOSS, REVIEWERS

NO_ARREST: dict[str, Value] = {
    "E1": ("yes",), "E2": ("yes",), "A1": ("no",), "A10": ("no_linked_incident",),
    "A11": ("neither",), "C1": ("no",), "Z3": ("high",), "Z5": ("no",),
}  # fmt: skip
OUT_OF_SCOPE: dict[str, Value] = {"E1": ("yes",), "E2": ("no",), "Z5": ("yes",)}


def known(number: int) -> TrainingCase:
    """A case with known answers that shows the one column that coders see."""
    expected = {name: value[0] for name, value in NO_ARREST.items() if name != "Z3"}
    if number % 2:
        expected |= {"C1": "yes"}
    return TrainingCase(f"T{number}", f"known{number:03d}known", expected, "")


CHECKS = tuple(known(number) for number in range(6))


def checks_of(audit: Audit) -> list[str]:
    return list(audit._project.state.review.gold.cases)


def placed(audit: Audit, checks: tuple[TrainingCase, ...] = CHECKS, *, double: str = "all") -> str:
    """Place silent checks: for two coders of the same nine cases one, which both of them get."""
    audit.assign(BOSS, REVIEWERS, double=double, checks=checks)
    return checks_of(audit)[0]
