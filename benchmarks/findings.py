"""How long a page of findings takes: previews, exact intervals, and both again.

    python -m benchmarks.findings

27 indicators and more on 2,000 cases in 32 strata at nearly one fraction and at one size, by ten
columns of three values. Processor time after imports; nothing here is a real answer.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from review.applicability import read_sheet
from review.codebook import builtin_codebook
from review.finding import Finding
from review.findings import CodedCase, find
from review.indicators import indicators_of
from review.looking import FIXED, Look
from sampling.estimation import Certificates, IntervalOfStrata
from sampling.frame import ColumnCounts, Frame, FrameSpec, StratumSize, ValueCount
from sampling.plan import Allocation, Plan, PlannedStratum
from sampling.tickets import ticket

CODEBOOK = builtin_codebook("da-short")
COLUMNS = tuple(f"column{number}" for number in range(10))
SIZES = {f"s{h:02}": 200 + 60 * h for h in range(32)}
DESIGNS: dict[str, dict[str, int]] = {
    "at nearly one fraction": {name: round(size * 2000 / 36160) for name, size in SIZES.items()},
    "at one size": dict.fromkeys(SIZES, 62),
}
SHEETS = tuple(
    read_sheet(CODEBOOK, {"E1": ("yes",), "E2": ("yes",), "A1": (first,), "C1": (second,)}, ())
    for first in ("yes", "no")
    for second in ("yes", "no")
)


def chosen(label: str, number: int, of: int) -> int:
    return int(ticket(label, "12345678901234567890", str(number))[:8], 16) % of


def cases_of(samples: Mapping[str, int]) -> list[CodedCase]:
    cases: list[CodedCase] = []
    for stratum, n in samples.items():
        for _ in range(n):
            number = len(cases)
            kept = {one: "abc"[chosen(one, number, 3)] for one in COLUMNS}
            sheet = SHEETS[3 if chosen("sheet", number, 5) else chosen("yes", number, 4)]
            cases.append(CodedCase(f"C-{number:04}", stratum, kept, sheet, excluded=False))
    return cases


def frame_of(cases: Sequence[CodedCase]) -> Frame:
    seen = {
        column: Counter((case.stratum, case.kept[column]) for case in cases) for column in COLUMNS
    }
    drawn = Counter(case.stratum for case in cases)
    return Frame(
        spec=FrameSpec(id_column="id", strata_columns=("stratum",), keep=COLUMNS),
        source_name="extract.csv",
        source_sha256="0" * 64,
        rows=sum(SIZES.values()),
        records=sum(SIZES.values()),
        fingerprint="0" * 64,
        ids_fingerprint="0" * 64,
        nonce=None,
        strata=tuple(StratumSize(name=name, records=size) for name, size in SIZES.items()),
        exclusions=(),
        kept_counts=tuple(
            ColumnCounts(
                column=column,
                counts=tuple(
                    ValueCount(
                        stratum=stratum, value=value, records=n * SIZES[stratum] // drawn[stratum]
                    )
                    for (stratum, value), n in counts.items()
                ),
            )
            for column, counts in seen.items()
        ),
        accepted=(),
        identifiability=(),
    )


def plan_of(samples: Mapping[str, int]) -> Plan:
    return Plan(
        frame_fingerprint="0" * 64,
        allocation=Allocation.PROPORTIONAL,
        minimum=2,
        confidence=Decimal("0.95"),
        margin=None,
        expected=None,
        strata=tuple(
            PlannedStratum(name=name, population=SIZES[name], sample=n, reserve=0)
            for name, n in samples.items()
        ),
    )


def line(what: str, began: float, found: int) -> None:
    print(f"| {what} | {found} | {time.process_time() - began:.2f} |", flush=True)


def measure(name: str, samples: Mapping[str, int]) -> None:
    cases = cases_of(samples)
    frame, plan = frame_of(cases), plan_of(samples)
    wanted = [one.id for one in indicators_of(CODEBOOK)][:27]

    def ask(by: Sequence[str], of_strata: IntervalOfStrata) -> tuple[Finding, ...]:
        look = Look(FIXED.basis, of_strata=of_strata)
        return find(
            CODEBOOK, frame, plan, cases, indicators=wanted, by=by, confidence=0.95, look=look
        )

    kept = Certificates()
    ask((), Certificates().at_once)
    began = time.process_time()
    line(f"previews, {name}", began, len(ask(COLUMNS, Certificates().at_once)))
    began = time.process_time()
    found = ask((), kept.at_once)
    while kept.work_out() is not None:
        pass
    ask((), kept.interval)
    line(f"headlines exactly, {name}", began, len(found))
    began = time.process_time()
    line(f"the same again, {name}", began, len(ask((), kept.interval)))


def main() -> None:
    print("| what | findings | seconds |")
    print("|---|---|---|")
    for name, samples in DESIGNS.items():
        measure(name, samples)


if __name__ == "__main__":
    main()
