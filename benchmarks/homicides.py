"""Real Metropolitan Police records without an id column: what the check says, and the way out.

``mps_homicides_2003_2023.csv`` (PROVENANCE.md beside it) has one row a victim, unknowns as words
and years as floats. ``frame check`` says what is wrong; with a column of ids added (the extract's
owner would add pseudonyms) it is committed with the 32 boroughs as strata and drawn with at
least 2 from each.

Run: ``make real``, or ``python -m benchmarks.homicides``.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

from sampling.engines import check_extract, open_frame
from sampling.frame import FrameSpec
from sampling.planning import PlanRequest, make_plan
from sampling.tickets import SAMPLE

EXTRACT = "mps_homicides_2003_2023.csv"
FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data"
SEED = "27182818284590452353"


def with_ids(extract: Path, target: Path) -> Path:
    """Write the extract again with an id a row."""
    with (
        extract.open(encoding="utf-8", newline="") as source,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        rows = csv.reader(source)
        writer = csv.writer(out)
        writer.writerow(("record_id", *next(rows)))
        for number, row in enumerate(rows):
            pseudonym = sha256(f"homicides:{number}".encode()).hexdigest()[:16]
            writer.writerow((f"r-{pseudonym}", *row))
    return target


def main() -> None:
    """Print what the check says, then the draw."""
    extract = FOLDER / EXTRACT
    if not extract.exists():
        sys.exit(f"{EXTRACT} is not beside this checkout; nothing was run")
    report = check_extract(extract)
    print(f"{EXTRACT}: {report.rows:,} rows")
    for fault in report.faults:
        print(f"- {fault.severity} {fault.code} ({fault.count:,}): {fault.message}")
    with tempfile.TemporaryDirectory() as folder:
        mended = with_ids(extract, Path(folder) / "homicides-with-ids.csv")
        spec = FrameSpec(id_column="record_id", strata_columns=("Borough",))
        with open_frame(mended, spec) as frame:
            plan = make_plan(frame.frame, PlanRequest(size=200, minimum=2))
            drawn = frame.draw(SAMPLE, SEED, plan.sample_sizes)
    sizes = [stratum.sample for stratum in plan.strata]
    print(
        f"\nWith an id added: {len(drawn)} records drawn from {len(sizes)} boroughs, "
        f"{min(sizes)} to {max(sizes)} each"
    )


if __name__ == "__main__":
    main()
