"""A workbook of an earlier codebook: its figures of then, marked, and checked by verify."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Job
from tests.cli.later_versions import confirm_everything, publish

pytestmark = pytest.mark.long

if TYPE_CHECKING:
    from tests.cli.conftest import Program

Copy = Callable[[Job], "Program"]
MEANING = "How many people were arrested?"
FIGURES = ("1_Headline", "2_Case_flow", "3_By_group", "Sample_design", "Codebook")
STEM = "official-sensitive-provisional-da-dip-sample-findings"


@pytest.fixture(scope="module")
def confirmed(coded: Job, tmp_path_factory: pytest.TempPathFactory) -> Job:
    """Exported under 1.0.0; then 1.1.0 was published, and every answer confirmed under it."""
    folder = tmp_path_factory.mktemp("confirmed")
    shutil.copy(coded.project, folder)
    run = coded.program.within(folder)
    run("export", "audit.dip", "before.xlsx")
    publish(run, "1.1.0", MEANING)
    confirm_everything(run)
    return Job(run, coded.printed)


@pytest.fixture
def revised(confirmed: Job, copy_of: Copy) -> Program:
    """The same, to be changed."""
    return copy_of(confirmed)


def sheet(path: Path, name: str) -> list[tuple[object, ...]]:
    """Return what a sheet holds, but for the line on its status."""
    rows = list(load_workbook(path)[name].iter_rows(values_only=True))
    return [row for number, row in enumerate(rows, start=1) if number != 2]


def exports_of(run: Program) -> list[tuple[str, str]]:
    listed = run("log", "audit.dip", "--format", "csv").rows
    return [(row["who"], row["what"]) for row in listed if "xlsx" in row["what"]]


def test_its_figures_are_those_of_then_and_it_says_so_first(revised: Program) -> None:
    ran = revised("export", "audit.dip", "then.xlsx", "--codebook", "1.0.0")
    assert "Figures under da-short 1.0.0, as they stood on" in ran.stderr
    assert "PROVISIONAL: the sample was not signed off then." in ran.stderr
    before, then = (revised.folder / name for name in ("before.xlsx", "then.xlsx"))
    for name in FIGURES:
        assert sheet(then, name) == sheet(before, name)
    cover = [str(row[0]) for row in sheet(then, "Cover")]
    assert "EARLIER CODEBOOK 1.0.0" in cover[0]
    assert any(line.startswith("EARLIER CODEBOOK. Figures under da-short 1.0.0") for line in cover)


def test_verify_makes_it_again_and_finds_a_number_that_was_changed(revised: Program) -> None:
    revised("export", "audit.dip", "then.xlsx", "--codebook", "1.0.0")
    said = revised("verify", "audit.dip", "--against", "then.xlsx").stdout
    assert "under the earlier codebook 1.0.0; the file is the exported one, byte for byte" in said
    assert "byte for byte" in revised("verify", "audit.dip", "--against", "before.xlsx").stdout
    book = load_workbook(revised.folder / "then.xlsx")
    cell = next(one for one in book["1_Headline"]["D"] if isinstance(one.value, int))
    cell.value += 1
    book.save(revised.folder / "edited.xlsx")
    said = revised("verify", "audit.dip", "--against", "edited.xlsx", code=1).stdout
    assert f"1_Headline {cell.coordinate} prints {cell.value}" in said


def test_asked_for_again_it_is_the_same_and_the_log_holds_it_once(revised: Program) -> None:
    revised("export", "audit.dip", "out", "--codebook", "1.0.0")
    (path,) = (revised.folder / "out").iterdir()
    assert path.name.startswith(f"{STEM}-codebook-1-0-0-20")
    first = path.read_bytes()
    words = "wrote the findings as xlsx, under the earlier codebook 1.0.0"
    assert [what for _, what in exports_of(revised)] == ["wrote the findings as xlsx", words]
    revised("export", "audit.dip", "now.xlsx")
    revised("export", "audit.dip", "out", "--codebook", "1.0.0")
    assert path.read_bytes() == first
    assert [what for _, what in exports_of(revised)].count(words) == 1


def test_a_version_in_force_gives_the_workbook_in_force(revised: Program) -> None:
    revised("export", "audit.dip", "now.xlsx")
    revised("export", "audit.dip", "named.xlsx", "--codebook", "1.1.0")
    now, named = ((revised.folder / f"{one}.xlsx").read_bytes() for one in ("now", "named"))
    assert named == now
    assert b"EARLIER" not in now


def test_versions_that_counted_together_have_one_workbook(coded: Job, copy_of: Copy) -> None:
    run = copy_of(coded)
    publish(run, "1.0.1", "How many different people were taken in?", "--cosmetic", "A2")
    publish(run, "1.1.0", MEANING)
    run("export", "audit.dip", "older.xlsx", "--codebook", "1.0.0")
    run("export", "audit.dip", "newer.xlsx", "--codebook", "1.0.1")
    older, newer = ((run.folder / f"{one}.xlsx").read_bytes() for one in ("older", "newer"))
    assert older == newer
    assert "da-short 1.0.1 (1.0.0 counted with it)" in str(
        sheet(run.folder / "older.xlsx", "Cover")
    )


def test_a_version_that_cannot_be_shown_writes_nothing(drawn: Job, copy_of: Copy) -> None:
    run = copy_of(drawn)
    publish(run, "1.1.0", MEANING)
    words = ("export", "audit.dip", "none.xlsx", "--codebook")
    assert "it has had 1.0.0, 1.1.0" in run(*words, "2.0.0", code=3).sentence
    assert "Nobody handed a case in" in run(*words, "1.0.0", code=5).sentence
    assert not (run.folder / "none.xlsx").exists()
    assert exports_of(run) == []


def test_a_signature_of_then_stands_in_it_and_coders_may_write_it_once_signed_off(
    coded: Job, copy_of: Copy
) -> None:
    run = copy_of(coded)
    run("sign-off", "audit.dip", "--statement", "Read and found in order.")
    publish(run, "1.1.0", MEANING)
    words = ("export", "audit.dip", "then.xlsx", "--codebook", "1.0.0")
    assert "hidden from coders" in run(*words, "--as", "amber", code=5).sentence
    confirm_everything(run)
    run("sign-off", "audit.dip", "--statement", "Read again.")
    ran = run(*words, "--as", "amber")
    assert "PROVISIONAL" not in ran.stderr
    assert exports_of(run) == [
        ("R1", "wrote the findings as xlsx, under the earlier codebook 1.0.0")
    ]
    assert "Read and found in order." in str(sheet(run.folder / "then.xlsx", "Cover"))
    assert "byte for byte" in run("verify", "audit.dip", "--against", "then.xlsx").stdout
    assert run("sign-off", "audit.dip").stdout.startswith("Signed off by")


def test_figures_that_were_never_finished_are_the_supervisors_to_write(
    coded: Job, drawn: Job, copy_of: Copy
) -> None:
    run = copy_of(drawn)
    for name in ("amber", "birch"):
        (run.folder / f"{name}.csv").write_bytes((coded.folder / f"{name}.csv").read_bytes())
    run("codings", "import", "audit.dip", "amber.csv", "--as", "amber")
    publish(run, "1.1.0", MEANING)
    run("codings", "import", "audit.dip", "birch.csv", "--as", "birch")
    confirm_everything(run)
    run("sign-off", "audit.dip", "--statement", "Read and found in order.")
    words = ("export", "audit.dip", "then.xlsx", "--codebook", "1.0.0")
    assert "Only the supervisor" in run(*words, "--as", "amber", code=5).sentence
    assert "cases were open then." in run(*words).stderr
    assert "byte for byte" in run("verify", "audit.dip", "--against", "then.xlsx").stdout
