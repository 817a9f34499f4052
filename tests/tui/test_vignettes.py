"""The vignettes coded through the plain front end: expected answers in, expected verdicts out."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from dipsample.audit import Audit
from dipsample.opening import start_audit
from dipsample.project import World
from dipsample.settings import Settings
from dipsample.surroundings import FixedClock, FixedEntropy
from dipsample.tui.plain import run_plain
from review.applicability import read_sheet
from review.codebook import Value, builtin_codebook
from review.coding_state import CodingState
from review.indicators import IndicatorKind, Verdict, decide, indicators_of
from sampling.frame import FrameSpec
from sampling.planning import PlanRequest

CODEBOOK = builtin_codebook("da-short")
SUPERVISOR, CODER = "sup", "r1"
START = "2026-03-02T09:00:00Z"
WHY = "The file does not say."


@pytest.fixture(scope="module")
def vignettes(reference_folder: Path) -> dict[str, dict[str, Any]]:
    read = json.loads((reference_folder / "vignettes.json").read_text("utf-8"))
    return {one["id"]: one for one in read["vignettes"]}


@pytest.fixture
def audit(tmp_path: Path, vignettes: Mapping[str, dict[str, Any]]) -> Iterator[Audit]:
    """A project whose sample is the vignettes, all of them, for one coder."""
    extract = tmp_path / "extract.csv"
    with extract.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("incident", "narrative"))
        writer.writerows((name, one["text"]) for name, one in vignettes.items())
    project = start_audit(
        tmp_path / "audit.dip",
        title="Vignettes",
        codebook=CODEBOOK,
        settings=Settings(),
        supervisor=SUPERVISOR,
        passphrase=None,
        world=World(
            clock=FixedClock(START),
            entropy=FixedEntropy(START),
            data_folder=Path(os.devnull),
            device="laptop",
        ),
    )
    spec = FrameSpec(id_column="incident", record=("narrative",))
    project.commit_frame(SUPERVISOR, extract, spec)
    project.commit_plan(SUPERVISOR, PlanRequest(size=len(vignettes), reserve="0"))
    project.draw(SUPERVISOR, extract, seed="60921108440123456789", source="dice")
    project.assign(SUPERVISOR, [CODER])
    yield project
    project.close()


def typed(vignette: Mapping[str, Any]) -> list[str]:
    """Return what a coder types who answers as expected: keys, words of the record, a reason."""
    answers: dict[str, Value] = {}
    expected = {**vignette["expected"], "Z3": "high"}
    lines: list[str] = []
    asked: str | None = None
    while (asked := read_sheet(CODEBOOK, answers, ()).next_open(asked)) is not None:
        question = CODEBOOK.question(asked)
        if not question.options:
            answers[asked] = (WHY,)
            lines.append(WHY)
            continue
        value = expected[asked]
        answers[asked] = (value,)
        lines.append(next(one.key for one in question.options if one.value == value))
        if value in question.quote_if:
            evidence = vignette["evidence"]
            lines.append(f"1 {evidence.get(asked) or evidence['A1']}")
    return [*lines, "submit"]


def test_every_vignette_codes_to_its_expected_answers_and_indicators(
    audit: Audit, vignettes: Mapping[str, dict[str, Any]]
) -> None:
    record_of = {row.case_id: row.record_id for row in audit.cases()}
    order = [item.case_id for item in audit.queue(CODER)]
    lines = [line for case_id in order for line in typed(vignettes[record_of[case_id]])]
    out = io.StringIO()
    keys = io.StringIO("".join(f"{line}\n" for line in lines))
    assert run_plain(audit, CODER, keys, out, False, ticks=lambda: 0.0) == 0
    incidents = [one for one in indicators_of(CODEBOOK) if one.kind is IndicatorKind.INCIDENTS]
    assert len(order) == 12
    for case_id in order:
        vignette = vignettes[record_of[case_id]]
        file = audit.case_file(CODER, case_id)
        assert file.coding.state is CodingState.SUBMITTED, vignette["id"]
        counted = {name: value for name, value in file.sheet.counted.items() if name[0] != "Z"}
        expected = {name: (one,) for name, one in vignette["expected"].items() if name[0] != "Z"}
        assert counted == expected, vignette["id"]
        assert file.is_referred == (vignette["expected"].get("Z5") == "yes"), vignette["id"]
        found: dict[str, list[str]] = {name.value: [] for name in Verdict}
        for indicator in incidents:
            found[decide(indicator, file.sheet).verdict].append(indicator.id)
        if vignette["eligible"]:
            assert found == vignette["indicators"], vignette["id"]
        else:
            assert found["not_in_base"] == [one.id for one in incidents], vignette["id"]
