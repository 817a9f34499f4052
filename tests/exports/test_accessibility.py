from __future__ import annotations

from dataclasses import replace

from exports.release import make_release
from exports.workbook import write_workbook
from tests.exports import builder as build
from tests.exports import linter


def test_the_workbook_of_a_finished_audit_fails_no_rule(workbook: bytes) -> None:
    assert linter.lint(workbook) == []


def test_the_workbook_of_an_unfinished_audit_fails_no_rule() -> None:
    coding = replace(
        build.coding(),
        states={"final": 99, "awaiting": 300, "flagged": 1},
        used={"no flag": 90},
    )
    request = build.request(coding=coding, findings=tuple(map(build.unfinished, build.findings())))
    assert linter.lint(write_workbook(make_release(request))) == []


def test_a_workbook_without_groups_or_a_stated_project_fails_no_rule() -> None:
    overall = tuple(f for f in build.findings() if f.by is None)
    project = replace(build.request().project, population=None, period=None, contact=None)
    request = build.request(findings=overall, project=project)
    assert linter.lint(write_workbook(make_release(request))) == []


def test_the_linter_finds_the_faults_of_a_plain_workbook() -> None:
    import io

    from openpyxl import Workbook

    plain = Workbook()
    plain.worksheets[0].append(["Indicator", "Percentage"])
    plain.worksheets[0].append(["M2", "=1+1"])
    second = plain.create_sheet("Data")
    second.append(["a"])
    second.freeze_panes = "A2"
    stream = io.BytesIO()
    plain.save(stream)
    broken = {rule for rule, _, _ in linter.lint(stream.getvalue())}
    assert {1, 5, 6, 7, 8, 10, 13, 15, 17} <= broken
