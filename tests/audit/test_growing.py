"""A drawn project extended and mended through Audit, and verified after each step."""

from __future__ import annotations

import csv
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from dipsample.audit import Audit
from dipsample.errors import InputError, RefusedError
from dipsample.opening import start_audit
from dipsample.project import Happened, OpenProject, World
from dipsample.settings import Settings
from dipsample.store import open_store
from dipsample.surroundings import FixedClock, FixedEntropy
from dipsample.verdicts import Verification
from dipsample.verification import verify_project
from dipsample.views import CaseRow
from review.codebook import builtin_codebook
from sampling.draw import ReplacementReason
from sampling.events import CaseReplaced
from sampling.frame import FrameSpec
from sampling.planning import PlanRequest

SEED = "60921108449012345678"
SIZES = {"north": 70, "south": 40}
IN_SCOPE = {
    "E1": "yes", "E2": "yes", "A1": "no", "A10": "no_linked_incident", "A11": "neither",
    "C1": "no", "Z3": "high", "Z5": "no",
}  # fmt: skip
OUT_OF_SCOPE = {"E1": "yes", "E2": "no", "Z5": "no"}


def world(start: str) -> World:
    return World(FixedClock(start), FixedEntropy(start), Path(os.devnull), "aaaa1111")


@pytest.fixture(scope="session")
def grown_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with 20 records drawn, 4 in reserve, dealt to two: nothing here is changed."""
    folder = tmp_path_factory.mktemp("growing")
    with (folder / "extract.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "area", "narrative"])
        for area, size in SIZES.items():
            for number in range(size):
                writer.writerow([f"{area}-{number:03}", area, f"Record {number} of {area}."])
    audit = start_audit(
        folder / "audit.dip",
        title="Dip sample",
        codebook=builtin_codebook("da-short"),
        settings=Settings(),
        supervisor="sup",
        passphrase=None,
        world=world("2026-03-01T09:00:00Z"),
    )
    spec = FrameSpec(
        id_column="id", strata_columns=("area",), keep=("area",), record=("narrative",)
    )
    audit.commit_frame("sup", folder / "extract.csv", spec)
    audit.commit_plan("sup", PlanRequest(size=20, reserve="4"))
    audit.draw("sup", folder / "extract.csv", seed=SEED, source="dice, two witnesses")
    audit.assign("sup", ["amber", "birch"], double="0")
    audit.close()
    return folder


class Desk:
    """A copy of the project, open, and what its log and draw say when they are checked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.extract = folder / "extract.csv"
        store = open_store(folder / "audit.dip", passphrase=None)
        self.project = OpenProject(store, world("2026-03-02T09:00:00Z"))
        self.audit = Audit(self.project)

    def cases(self, role: str, stratum: str | None = None) -> list[CaseRow]:
        rows = (row for row in self.audit.cases() if row.role == role)
        return sorted(
            (row for row in rows if stratum in (None, row.stratum)), key=lambda row: row.rank
        )

    def roles(self) -> Counter[str]:
        return Counter(row.role for row in self.audit.cases())

    def verified(self, workbook: Path | None = None) -> Verification:
        return verify_project(
            self.folder / "audit.dip", passphrase_file=None, extract=self.extract, workbook=workbook
        )

    def extend(self, size: int) -> int:
        return self.audit.extend("sup", self.extract, size)

    def replace(self, case: str, reason: str = "duplicate_record") -> str:
        return self.audit.replace("sup", case, reason)

    def code_everything(self) -> None:
        for name in ("amber", "birch"):
            for item in self.audit.queue(name):
                answers = {key: (value,) for key, value in IN_SCOPE.items()}
                if not item.answered:
                    self.audit.code_at_once(name, item.case_id, answers)


@pytest.fixture
def desk(grown_folder: Path, tmp_path: Path) -> Iterator[Desk]:
    for name in ("audit.dip", "extract.csv"):
        shutil.copy(grown_folder / name, tmp_path)
    opened = Desk(tmp_path)
    yield opened
    opened.audit.close()


def test_a_sample_grows_and_every_case_keeps_its_number_and_reviewer(desk: Desk) -> None:
    before, queued = desk.audit.cases(), desk.audit.queue("amber")
    assert desk.extend(30) == 2
    after = desk.audit.cases()
    assert [(row.case_id, row.record_id, row.ticket) for row in after[: len(before)]] == [
        (row.case_id, row.record_id, row.ticket) for row in before
    ]
    assert desk.roles() == Counter(sample=30, reserve=4)
    assert {item.case_id for item in queued} <= {item.case_id for item in desk.audit.queue("amber")}
    assert desk.audit.overview().unassigned == 10
    assert desk.audit.design().sample == 30
    assert desk.verified().is_good
    assert desk.extend(30) == 0
    assert desk.audit.draw("sup", desk.extract, seed=SEED, source="dice") == 0


def test_what_was_drawn_for_an_extension_is_shown_to_coders(desk: Desk) -> None:
    drawn = {row.case_id for row in desk.audit.cases()}
    desk.extend(40)
    new = next(row for row in desk.cases("sample") if row.case_id not in drawn)
    shown = desk.audit.case_file("amber", new.case_id)
    area, number = new.record_id.split("-")
    assert shown.record == {"narrative": f"Record {int(number)} of {area}."}


def test_an_extract_with_other_texts_extends_nothing(desk: Desk) -> None:
    desk.extract.write_text(desk.extract.read_text().replace("Record", "Report"))
    with pytest.raises(RefusedError, match="describes 24 of the 24 drawn cases otherwise"):
        desk.extend(30)
    assert desk.roles()["sample"] == 20


def test_a_replaced_case_passes_to_the_next_of_the_reserve_and_its_reviewer(desk: Desk) -> None:
    old, following = desk.cases("sample", "south")[2], desk.cases("reserve", "south")[0]
    coder = next(
        name
        for name in ("amber", "birch")
        if old.case_id in {item.case_id for item in desk.audit.queue(name)}
    )
    assert desk.replace(old.case_id) == following.case_id
    has_it = {
        name: following.case_id in {item.case_id for item in desk.audit.queue(name)}
        for name in ("amber", "birch")
    }
    assert has_it == {"amber": coder == "amber", "birch": coder == "birch"}
    assert old.case_id not in {item.case_id for item in desk.audit.queue(coder)}
    rows = {row.case_id: row for row in desk.audit.cases()}
    assert (rows[old.case_id].role, rows[old.case_id].state) == ("replaced", "excluded")
    assert desk.roles() == Counter(sample=20, reserve=3, replaced=1)
    assert sum(one.assigned for one in desk.audit.overview().reviewers) == 20
    assert desk.verified().is_good
    events = desk.audit.log()
    assert desk.replace(old.case_id) == following.case_id
    assert desk.audit.log() == events


def test_a_new_assignment_leaves_replaced_cases_out(desk: Desk) -> None:
    desk.replace(desk.cases("sample")[0].case_id)
    desk.audit.assign("sup", ["amber"])
    (amber, _) = desk.audit.overview().reviewers
    assert amber.assigned == 20


def test_any_order_of_steps_is_verified(desk: Desk) -> None:
    desk.replace(desk.cases("sample", "north")[0].case_id, "not_in_scope")
    desk.extend(26)
    desk.replace(desk.cases("sample", "north")[0].case_id, "restricted")
    desk.extend(50)
    assert desk.verified().is_good
    assert desk.roles() == Counter(sample=50, reserve=4, replaced=2)


def test_what_is_no_case_of_the_sample_is_not_replaced(desk: Desk) -> None:
    with pytest.raises(InputError, match="no case C-9999"):
        desk.replace("C-9999")
    with pytest.raises(RefusedError, match="is not in the sample"):
        desk.replace(desk.cases("reserve")[0].case_id)
    with pytest.raises(RefusedError, match="is non-response"):
        desk.replace("C-0001", "record_not_found")
    with pytest.raises(RefusedError, match="Only the supervisor"):
        desk.audit.replace("amber", "C-0001", "restricted")
    with pytest.raises(RefusedError, match="Only the supervisor"):
        desk.audit.extend("amber", desk.extract, 30)


def test_a_case_that_was_handed_in_leaves_only_for_what_was_coded(desk: Desk) -> None:
    first, second = desk.audit.queue("amber")[:2]
    for item, answers in ((first, IN_SCOPE), (second, OUT_OF_SCOPE)):
        values = {key: (value,) for key, value in answers.items()}
        desk.audit.code_at_once("amber", item.case_id, values)
    for reason in ReplacementReason:
        with pytest.raises(RefusedError, match="was handed in with other answers"):
            desk.replace(first.case_id, reason)
    with pytest.raises(RefusedError, match="with other answers than E1 no_restricted"):
        desk.replace(second.case_id, "restricted")
    desk.replace(second.case_id, "not_in_scope")
    assert desk.verified().is_good
    with pytest.raises(RefusedError, match="was replaced and is out of the audit"):
        desk.audit.return_case("sup", second.case_id, "Is it in scope?")
    with pytest.raises(RefusedError, match="was replaced from the reserve"):
        desk.audit.recall("amber", second.case_id)


def test_a_frame_error_found_before_coding_counts_like_one_coded(desk: Desk) -> None:
    desk.replace(desk.cases("sample", "north")[0].case_id, "not_in_scope")
    desk.code_everything()
    (found,) = desk.audit.findings("sup", indicators=["C.1"])
    north, south = (desk.audit.design().sample_sizes[name] for name in ("north", "south"))
    assert found.denominator == 20
    assert found.population == pytest.approx(70 * north / (north + 1) + 40 * south / south)
    assert "incomplete" not in found.flags


def test_a_workbook_of_a_grown_sample_is_verified_and_so_is_the_one_before(desk: Desk) -> None:
    desk.code_everything()
    early, late = desk.folder / "early.xlsx", desk.folder / "late.xlsx"
    desk.audit.export("sup", early)
    desk.extend(22)
    new = next(row for row in desk.cases("sample") if row.state == "awaiting")
    desk.replace(new.case_id, "not_in_scope")
    desk.audit.export("sup", late)
    for workbook in (early, late):
        assert desk.verified(workbook).is_good
    text = "\n".join(_texts(late))
    for words in (
        "extended from 20 to 22 records",
        "Findings had been exported 1 time before",
        "replaced: not in scope: 1",
        "drawn and out of scope",
    ):
        assert words in text, words


def _texts(path: Path) -> list[str]:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    book.close()
    return [value for row in rows for value in row if isinstance(value, str)]


@pytest.mark.parametrize("is_same_stratum", [True, False])
def test_a_replacement_that_no_rule_made_is_found(desk: Desk, is_same_stratum: bool) -> None:
    old = desk.cases("sample", "north")[0]
    reserve = desk.cases("reserve", "north" if is_same_stratum else "south")
    event = CaseReplaced(
        case_id=old.case_id,
        replaced_by=reserve[-1].case_id,
        stratum="north",
        reason=ReplacementReason.RESTRICTED,
    )
    desk.project.write("sup", [Happened(event, old.case_id)])
    (wrong,) = [check for check in desk.verified().checks if not check.is_good]
    assert wrong.name == "draw"
    assert "which was not the next of its stratum's reserve" in wrong.says


def test_a_step_that_no_rule_allows_is_found(desk: Desk) -> None:
    old = desk.cases("sample", "north")[0]
    event = CaseReplaced(
        case_id=old.case_id,
        replaced_by=desk.cases("reserve", "north")[0].case_id,
        stratum="nowhere",
        reason=ReplacementReason.RESTRICTED,
    )
    desk.project.write("sup", [Happened(event, old.case_id)])
    (wrong,) = [check for check in desk.verified().checks if not check.is_good]
    assert (wrong.name, "Step 1 of the log" in wrong.says) == ("draw", True)
