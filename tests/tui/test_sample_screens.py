"""A drawn sample is changed by keys alone: extended, a case replaced, a rolling frame grown."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path

import pytest

from dipsample.audit import Audit
from dipsample.tui.app import Start
from dipsample.tui.program import Program
from dipsample.tui.screens.sample import SampleScreen
from sampling.draw import Role
from sampling.frame import FrameSpec
from sampling.planning import PlanRequest
from tests.tui.pressing import LARGE, SMALL, Type, screens_after, spelled

SUPERVISOR, SEED = "sup", "60921108449012345678"
ROWS = [[f"DA-{n:03}", ("North", "South", "West")[n % 3], str(1 + n % 4)] for n in range(600)]
Same = Callable[[str, str], None]
See = Callable[..., list[str]]


def extract(folder: Path, name: str, rows: list[list[str]]) -> Path:
    with (folder / name).open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["id", "area", "crimes"], *rows])
    return folder / name


def drawn(audit: Audit, file: Path, request: PlanRequest) -> Audit:
    spec = FrameSpec(id_column="id", strata_columns=("area",), record=("crimes",))
    if request.is_size_weighted:
        spec = spec.model_copy(update={"size_column": "crimes"})
    audit.commit_frame(SUPERVISOR, file, spec)
    audit.commit_plan(SUPERVISOR, request)
    audit.draw(SUPERVISOR, file, seed=SEED, source="dice")
    return audit


@pytest.fixture
def see(
    empty_audit: Audit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, type_keys: Type
) -> See:
    """Draw by a plan, press keys on the page of drawn cases, and look after each lot."""
    monkeypatch.chdir(tmp_path)
    extract(tmp_path, "may.csv", ROWS[:300])
    extract(tmp_path, "june.csv", ROWS)

    def press(
        request: PlanRequest, *lots: Iterable[str], size: tuple[int, int] = SMALL
    ) -> list[str]:
        drawn(empty_audit, tmp_path / "may.csv", request)
        app = Program(empty_audit, name=SUPERVISOR, start=Start.HOME, ticks=lambda: 0.0)
        return screens_after(app, lots, type_keys, size=size, on=SampleScreen())

    return press


SIMPLE = PlanRequest(size=30, expected=Decimal("0.05"))
EXTEND = ["plus", *"45", "enter", *spelled("may.csv"), "enter"]
YES = ["y", "enter"]


@pytest.mark.parametrize(("size", "name"), [(SMALL, "80x24"), (LARGE, "120x40")])
def test_an_extension_shows_what_it_adds_before_it_is_made(
    see: See, empty_audit: Audit, size: tuple[int, int], name: str, same_as_snapshot: Same
) -> None:
    asked, shown, done = see(SIMPLE, EXTEND[:3], EXTEND[3:], YES, size=size)
    same_as_snapshot(f"sample-extend-{name}", asked)
    same_as_snapshot(f"sample-extend-confirm-{name}", shown)
    same_as_snapshot(f"sample-extended-{name}", done)
    assert empty_audit.design().sample == 45
    assert {one.sample for one in empty_audit.design().strata} == {15}


def test_leaving_the_question_leaves_the_sample(see: See, empty_audit: Audit) -> None:
    see(SIMPLE, [*EXTEND, "escape"], ["plus", *"45", "escape", "escape"])
    assert empty_audit.design().sample == 30


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("30", "records already"),
        ("900", "between 31 and 300"),
        ("0", "whole number"),
        ("x", "whole number"),
    ],
)
def test_a_size_that_cannot_be_is_refused_where_it_is_typed(
    see: See, empty_audit: Audit, typed: str, words: str
) -> None:
    (said,) = see(SIMPLE, ["plus", *typed, "enter"])
    assert "How many records are to be in the sample?" in said
    assert words in " ".join(said.split())
    assert empty_audit.design().sample == 30


def test_another_extract_extends_nothing_and_says_why(see: See, empty_audit: Audit) -> None:
    keys = ["plus", *"45", "enter", *spelled("june.csv"), "enter", *YES]
    (said,) = see(SIMPLE, keys)
    assert "The sample is as it was" in said
    assert "not the one that was committed" in " ".join(said.split())
    assert empty_audit.design().sample == 30


def standing_on(audit: Audit, role: Role) -> list[str]:
    number = next(n for n, row in enumerate(audit.cases()) if row.role == role)
    return ["down"] * number


def test_a_case_gives_way_to_the_next_of_the_reserve(
    see: See, empty_audit: Audit, same_as_snapshot: Same
) -> None:
    asked, done, again = see(SIMPLE, ["down", "minus"], ["d", "enter"], ["minus"])
    same_as_snapshot("sample-replace-80x24", asked)
    (case,) = (row for row in empty_audit.cases() if row.role == Role.REPLACED)
    assert f"{case.case_id} is replaced by C-" in done
    assert "1 replaced" in done
    assert f"{case.case_id} is replaced: only a case of the sample" in again
    assert empty_audit.design().sample == 30


def test_a_draw_by_size_asks_for_the_extract_of_a_replacement(see: See, empty_audit: Audit) -> None:
    by_size = PlanRequest(size=30, is_size_weighted=True)
    asked, done = see(by_size, ["down", "minus", "n", "enter"], [*spelled("may.csv"), "enter"])
    assert "Which extract?" in asked
    assert "is replaced by C-" in done or "The sample is as it was" in done


def test_a_case_is_found_by_its_number(see: See) -> None:
    found, missing = see(SIMPLE, ["slash", *"27", "enter"], ["slash", *spelled("c-0099"), "enter"])
    assert "> C-0027" in found
    assert "There is no case of this number." in missing


ROLLING = PlanRequest(rolling=Decimal("0.1"))
LATER = ["apostrophe", *spelled("june.csv"), "enter", *spelled("may.csv"), "enter"]


def test_a_later_extract_is_taken_in_and_the_frame_closed(
    see: See, empty_audit: Audit, same_as_snapshot: Same
) -> None:
    asked, grown, closed, after = see(
        ROLLING,
        LATER,
        YES,
        ["number_sign", "enter", *YES],
        ["apostrophe"],
    )
    same_as_snapshot("sample-take-in-80x24", asked)
    same_as_snapshot("sample-taken-in-80x24", grown)
    assert "300 records more in the frame" in grown
    assert "The frame is closed." in closed
    assert "Which later extract?" not in after
    assert not empty_audit.is_frame_open
    assert empty_audit.frame is not None
    assert empty_audit.frame.records == 600


def test_a_later_extract_that_lacks_a_record_is_refused(
    see: See, empty_audit: Audit, tmp_path: Path
) -> None:
    extract(tmp_path, "short.csv", ROWS[1:])
    keys = ["apostrophe", *spelled("short.csv"), "enter", *spelled("may.csv"), "enter"]
    (said,) = see(ROLLING, [*keys, *YES])
    assert "1 record of the frame is not in the later extract" in " ".join(said.split())
    assert empty_audit.frame is not None
    assert empty_audit.frame.records == 300


@pytest.mark.parametrize(
    ("request_", "offered", "not_offered"),
    [
        (SIMPLE, {"extend", "replace"}, {"take_in", "close_frame"}),
        (ROLLING, {"take_in", "close_frame"}, {"extend", "replace"}),
    ],
)
def test_only_what_the_plan_allows_is_offered(
    request_: PlanRequest,
    offered: set[str],
    not_offered: set[str],
    empty_audit: Audit,
    tmp_path: Path,
) -> None:
    from dipsample.tui.commands import Where, enabled_on
    from dipsample.tui.screens.sample import _needs

    drawn(empty_audit, extract(tmp_path, "may.csv", ROWS[:300]), request_)
    ids = {one.id for one in enabled_on(Where.SAMPLE, _needs(empty_audit))}
    assert offered <= ids
    assert not not_offered & ids
