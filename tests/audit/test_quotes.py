"""A quote is a passage of the record, when it is pinned and whenever the project is verified."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from dipsample.audit import Audit
from dipsample.project import Happened
from dipsample.verdicts import Check
from dipsample.verification import verify_project
from review.events import QuotePinned


def quotes_check(path: Path) -> Check:
    found = verify_project(path, passphrase_file=None, extract=None, workbook=None)
    return next(one for one in found.checks if one.name == "quotes")


@pytest.mark.parametrize(
    ("forged", "is_good"),
    [
        ({}, True),
        ({"end": 999}, False),
        ({"field": "left_out"}, False),
        ({"record_sha256": "0" * 64}, False),
    ],
)
def test_verify_names_the_case_whose_quote_is_no_passage_of_its_record(
    small: Audit,
    tmp_path: Path,
    forged: Mapping[str, object],
    is_good: bool,
) -> None:
    audit = small
    case_id = audit.queue("amber")[0].case_id
    audit.answer("amber", case_id, "E1", ("yes",))
    project = audit._project
    (material,) = project.store.cases((case_id,))
    passage = {"question": "E1", "field": "told", "start": 0, "end": 4}
    whole = {**passage, "record_sha256": material.sha256, **forged}
    project.write("amber", [Happened(QuotePinned.model_validate(whole), case_id)])
    audit.close()
    found = quotes_check(tmp_path / "audit.dip")
    says = "all quotes are passages of the records as drawn: 1"
    wrong = f"quotes are no passages of the record, in {case_id}."
    assert (found.is_good, found.says) == (is_good, says if is_good else wrong)
