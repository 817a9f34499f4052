"""The whole job on 3,207 real domestic incidents, and how often its intervals hold the truth.

The extract is ``vt_nibrs_dv_incidents_2019_2020.csv`` (PROVENANCE.md beside it). It is committed
with the county as the stratum: 7 records have no county and make a stratum of their own, and one
county has a single record, which is drawn whole. 400 records are drawn, their codings derived
from the extract's own columns (any arrest, and how many were arrested), imported, and M1 and M2
printed. The whole extract is known, so the truth is too: the second part draws with 200 seeds and
counts the intervals that hold it.

Run: ``make real``, or ``python -m benchmarks.vermont [SEEDS]``.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from dipsample.audit import Audit
from dipsample.opening import start_audit
from dipsample.project import World
from dipsample.settings import Settings
from dipsample.surroundings import FixedClock, FixedEntropy
from review.applicability import Sheet, read_sheet
from review.codebook import Codebook, builtin_codebook
from review.finding import Finding
from review.findings import CodedCase, find
from sampling.draw import Role
from sampling.engines import OpenFrame, open_frame
from sampling.frame import FrameSpec
from sampling.plan import Plan
from sampling.planning import PlanRequest, make_plan
from sampling.tickets import SAMPLE

EXTRACT = "vt_nibrs_dv_incidents_2019_2020.csv"
FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data"
SPEC = FrameSpec(
    id_column="incident_id",
    strata_columns=("county",),
    keep=("n_arrestees",),
    blank_stratum="county not recorded",
)
SIZE = 400
SEED = "31415926535897932384"
INDICATORS = ("M1", "M2")
SUPERVISOR = "supervisor"

Answers = dict[str, tuple[str, ...]]


def answers_of(arrested: int) -> Answers:
    """Return the codings that the extract's columns allow: nothing is guessed."""
    answers: Answers = {"E1": ("yes",), "E2": ("yes",), "A1": ("yes" if arrested else "no",)}
    if arrested:
        answers["A2"] = (str(arrested) if arrested < 3 else "3_or_more",)
    return answers


def run_once(folder: Path, extract: Path, arrested: Mapping[str, int]) -> tuple[Finding, ...]:
    """Run the job through a project file, as the command line does."""
    audit = start_audit(
        folder / "vermont.dip",
        title="Vermont domestic incidents 2019-20",
        codebook=builtin_codebook("da-short"),
        settings=Settings(),
        supervisor=SUPERVISOR,
        passphrase=None,
        world=World(FixedClock("2026-01-05T09:00:00Z"), FixedEntropy("vermont"), folder, "script"),
    )
    audit.commit_frame(SUPERVISOR, extract, SPEC)
    audit.commit_plan(SUPERVISOR, PlanRequest(size=SIZE))
    audit.draw(SUPERVISOR, extract, seed=SEED, source="fixed for this script")
    audit.import_codings(SUPERVISOR, write_codings(audit, folder / "codings.csv", arrested))
    found = audit.findings(SUPERVISOR, indicators=INDICATORS)
    audit.close()
    return found


def write_codings(audit: Audit, path: Path, arrested: Mapping[str, int]) -> Path:
    """Write the codings of the drawn cases as a CSV for import."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("case", "E1", "E2", "A1", "A2"))
        for row in audit.cases():
            if row.role == Role.SAMPLE:
                answers = answers_of(arrested[row.record_id])
                cells = ("".join(answers.get(one, ())) for one in ("E1", "E2", "A1", "A2"))
                writer.writerow((row.case_id, *cells))
    return path


def findings_of(
    frame: OpenFrame, plan: Plan, seed: str, sheets: Mapping[str, Sheet], codebook: Codebook
) -> tuple[Finding, ...]:
    """Draw with one seed and return what its sample says."""
    cases = [
        CodedCase(record.record_id, record.stratum, {}, sheets[record.record_id], excluded=False)
        for record in frame.draw(SAMPLE, seed, plan.sample_sizes)
    ]
    return find(codebook, frame.frame, plan, cases, indicators=INDICATORS, by=(), confidence=0.95)


def coverage(extract: Path, arrested: Mapping[str, int], seeds: int) -> dict[str, int]:
    """Count over the seeds how many intervals hold the truth."""
    codebook = builtin_codebook("da-short")
    by_number = {n: read_sheet(codebook, answers_of(n), ()) for n in set(arrested.values())}
    sheets = {record_id: by_number[n] for record_id, n in arrested.items()}
    truth = true_values(arrested)
    held = dict.fromkeys(INDICATORS, 0)
    with open_frame(extract, SPEC) as frame:
        plan = make_plan(frame.frame, PlanRequest(size=SIZE, reserve="0"))
        for number in range(seeds):
            seed = f"vermont-coverage-{number:06d}"
            for one in findings_of(frame, plan, seed, sheets, codebook):
                lower, upper = one.known.lower, one.known.upper
                if lower is not None and upper is not None:
                    held[one.indicator] += lower <= truth[one.indicator] <= upper
    return held


def true_values(arrested: Mapping[str, int]) -> dict[str, float]:
    """Return the true proportions of the whole extract."""
    numbers = list(arrested.values())
    return {
        "M1": sum(number > 0 for number in numbers) / len(numbers),
        "M2": sum(number > 1 for number in numbers) / len(numbers),
    }


def main(arguments: Sequence[str]) -> None:
    """Print both parts."""
    seeds = int(arguments[0]) if arguments else 200
    extract = FOLDER / EXTRACT
    if not extract.exists():
        sys.exit(f"{EXTRACT} is not beside this checkout; nothing was run")
    with extract.open(encoding="utf-8", newline="") as file:
        arrested = {row["incident_id"]: int(row["n_arrestees"]) for row in csv.DictReader(file)}
    truth = true_values(arrested)
    with tempfile.TemporaryDirectory() as folder:
        found = run_once(Path(folder), extract, arrested)
    print(f"One draw of {SIZE} of {len(arrested):,} incidents, strata: county\n")
    print("| indicator | yes | of | estimate | 95 % interval | truth | method |")
    print("|---|---|---|---|---|---|---|")
    for one in found:
        estimate, lower, upper = one.known.estimate, one.known.lower, one.known.upper
        print(
            f"| {one.indicator} | {one.numerator} | {one.denominator} | {estimate:.1%} "
            f"| {lower:.1%} to {upper:.1%} | {truth[one.indicator]:.2%} | {one.method} |"
        )
    held = coverage(extract, arrested, seeds)
    print(f"\nOver {seeds} seeds\n")
    print("| indicator | intervals that hold the truth | share |\n|---|---|---|")
    for indicator in INDICATORS:
        print(f"| {indicator} | {held[indicator]} of {seeds} | {held[indicator] / seeds:.1%} |")


if __name__ == "__main__":
    main(sys.argv[1:])
