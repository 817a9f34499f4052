"""Waves of an audit with counts of one's own choice, compared as the program compares them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from review.comparing import compare
from review.design import Cell, CodedCase
from review.finding import Bounds, Finding
from review.measuring import Incidents, Readings, Tally, as_measure
from review.waves import Comparison, Wave
from sampling.estimation import stratified

POPULATION, READ = 4_000, 200
LABELS = {"M2": "more than one person arrested, of incidents",
          "C.1": "counter-allegation, of incidents"}  # fmt: skip


def _of(yes: int, base: int) -> tuple[Finding, Readings]:
    cases = tuple(CodedCase(f"C-{n:04d}", "all", {}, None, excluded=False) for n in range(base))
    known = Incidents((Tally(Cell(("all",), POPULATION, cases), base, yes),))
    interval = known.interval(0.95, stratified)
    assert interval is not None
    measure, total = as_measure(interval), known.size(interval).total
    finding = Finding(
        indicator="", label="", by=None, group=None, cases=base, numerator=yes, denominator=base,
        undetermined=0, blank=0, population=POPULATION, population_is_known=True, known=measure,
        confidence=0.95, method=interval.method.value, if_undetermined_no=measure,
        if_undetermined_yes=measure, bounds=Bounds(measure.lower, measure.upper), total=total,
        total_if_undetermined_yes=total, effective_n=interval.effective_n,
        design_effect=interval.design_effect, degrees_of_freedom=interval.degrees_of_freedom,
        flags=("low-base", "no-percentage") if base < 10 else (),
    )  # fmt: skip
    return finding, Readings(known, known, known)


def wave(number: int, yes: Mapping[str, int], *, base: int = READ, open_cases: int = 0) -> Wave:
    """Return a wave in which so many of the base say yes, by indicator."""
    from dataclasses import replace

    made = {name: _of(count, base) for name, count in yes.items()}
    return Wave(
        title=f"Dip sample 2026 Q{number}",
        codebook="da-short 1.0.0",
        codebook_id="da-short",
        codebook_sha256="0" * 64,
        seed=str(number),
        open_cases=open_cases,
        indicators=tuple(made),
        findings=tuple(
            replace(finding, indicator=name, label=LABELS[name])
            for name, (finding, _) in made.items()
        ),
        readings={} if open_cases else {name: read for name, (_, read) in made.items()},
    )


def compared(waves: Sequence[Wave], *, target: float | None = None) -> Comparison:
    """Compare waves in the order given."""
    return compare(waves, wanted=None, confidence=0.95, target=target)
