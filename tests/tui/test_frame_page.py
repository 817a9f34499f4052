"""Filters, earlier waves, columns in sight, and the look over a frame before it is committed."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipsample.audit import Audit
from dipsample.tui.app import Start
from dipsample.tui.drawing.window import with_pinned
from dipsample.tui.models.frame_uses import nothing_to_read, read_values, uses_words, written
from dipsample.tui.models.framing import FrameDraft, Use
from dipsample.tui.program import Program
from sampling.checks import ExtractReport
from sampling.errors import ExtractError
from tests.tui.pressing import LARGE, SMALL, Type, screens_after, spelled
from tests.tui.reports import report_of

SUPERVISOR = "sup"
Same = Callable[[str, str], None]
See = Callable[..., list[str]]
COLUMNS = 40


def report(**distinct: int) -> ExtractReport:
    return report_of(100, distinct)


def a_draft(**uses: Use) -> FrameDraft:
    draft = FrameDraft(Path("extract.csv"), report(id=100, area=3, flag=2, story=97, note=4))
    for column, use in uses.items():
        draft = draft.toggled(column, use)
    return draft


# Looking over the columns -----------------------------------------------------------------------


def test_every_column_is_listed_with_its_use_or_as_dropped() -> None:
    draft = a_draft(id=Use.ID, area=Use.STRATUM, flag=Use.KEEP, story=Use.RECORD)
    draft = draft.keeping_only("area", ("North", "a, b")).leaving_out((Path("spring.csv"),), 46)
    assert uses_words(draft).splitlines() == [
        "id: id",
        "strata: area",
        "kept: flag",
        "record: story",
        "dropped: note",
        'only where area is North,"a, b"',
        "left out: 46 ids of earlier waves",
    ]


@given(st.lists(st.sampled_from(list(Use)), min_size=5, max_size=5))
def test_no_column_is_passed_over(uses: list[Use]) -> None:
    names = ["id", "area", "flag", "story", "note"]
    words = uses_words(a_draft(**dict(zip(names, uses, strict=True))))
    listed = [part for line in words.splitlines() if not line.startswith("LOOK")
              for part in line.partition(": ")[2].split(", ")]  # fmt: skip
    assert set(names) <= set(listed)


def test_coders_without_a_narrative_are_warned_of() -> None:
    assert nothing_to_read(a_draft(story=Use.RECORD)) == ""
    assert nothing_to_read(a_draft(story=Use.RECORD, flag=Use.RECORD)) == ""
    assert "coders see flag alone" in nothing_to_read(a_draft(flag=Use.RECORD))
    assert "the kept columns, flag" in nothing_to_read(a_draft(flag=Use.KEEP))
    assert "nothing to read" in nothing_to_read(a_draft(id=Use.ID))


# Filters ----------------------------------------------------------------------------------------


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)))
def test_values_are_read_as_they_were_written(values: list[str]) -> None:
    assert read_values(written(values)) == tuple(dict.fromkeys(values))


def test_a_filter_undoes_the_check_and_none_takes_it_away() -> None:
    draft = a_draft(id=Use.ID).with_report(report(id=100))
    kept = draft.keeping_only("area", ("North",))
    assert kept.checked is None
    assert [(one.column, one.values) for one in kept.spec().only] == [("area", ("North",))]
    assert kept.keeping_only("area", ()).spec().only == ()


# Columns in sight -------------------------------------------------------------------------------


@given(st.data())
def test_the_cursor_and_what_is_pinned_are_in_sight(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 60))
    height = data.draw(st.integers(1, 30))
    cursor = data.draw(st.integers(0, count - 1))
    pinned = sorted(data.draw(st.sets(st.integers(0, count - 1), max_size=6)))
    first, rows, above = with_pinned(
        cursor=cursor, first=data.draw(st.integers(0, 60)), height=height, count=count,
        pinned=pinned,
    )  # fmt: skip
    shown = range(first, first + rows)
    assert cursor in shown
    assert rows + len(above) <= height
    assert not set(above) & set(shown)
    assert set(above) <= set(pinned)
    if len(pinned) <= height // 2:
        assert set(pinned) <= {*above, *shown}


# By keys ----------------------------------------------------------------------------------------


@pytest.fixture
def see(
    empty_audit: Audit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, type_keys: Type
) -> See:
    """Open an extract of forty columns, press keys, and look after each lot."""
    monkeypatch.chdir(tmp_path)
    with (tmp_path / "extract.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        names = ["incident", "bcu", *(f"column_{n:02}" for n in range(COLUMNS - 3)), "narrative"]
        writer.writerow(names)
        for n in range(120):
            values = [str(n % (2 + column % 5)) for column in range(COLUMNS - 3)]
            area = ("North", "South", "West")[n % 3]
            writer.writerow([f"DA-{n:03}", area, *values, f"Text number {n}."])
    (tmp_path / "spring.csv").write_text("DA-000\nDA-001\nDA-005\n", encoding="utf-8")

    def press(*lots: Iterable[str], size: tuple[int, int] = SMALL) -> list[str]:
        app = Program(empty_audit, name=SUPERVISOR, start=Start.HOME, ticks=lambda: 0.0)
        return screens_after(app, lots, type_keys, size=size)

    return press


OPEN = ["semicolon", *spelled("extract.csv"), "enter", "i", "down", "s"]
ONLY = ["minus", *spelled("North, South"), "enter"]
WAVES = ["backslash", *spelled("spring.csv"), "enter"]


@pytest.mark.parametrize(("size", "name"), [(SMALL, "80x24"), (LARGE, "120x40")])
def test_ids_and_strata_stay_in_sight_while_columns_are_chosen(
    see: See, size: tuple[int, int], name: str, same_as_snapshot: Same
) -> None:
    (page,) = see([*OPEN, *["down"] * (COLUMNS - 2)], size=size)
    same_as_snapshot(f"frame-pinned-{name}", page)


def test_filters_and_earlier_waves_are_committed_as_by_the_command(
    see: See, empty_audit: Audit, same_as_snapshot: Same
) -> None:
    asked, warned, listed, _ = see(
        [*OPEN, *ONLY[:-1]], ["enter", *WAVES, "enter"], ["enter"], ["c", "enter"]
    )
    same_as_snapshot("frame-only-80x24", asked)
    same_as_snapshot("frame-left-out-80x24", warned)
    same_as_snapshot("frame-look-over-80x24", listed)
    frame = empty_audit.frame
    assert frame is not None
    assert [(one.column, one.values) for one in frame.spec.only] == [("bcu", ("North", "South"))]
    assert frame.records == 78
    assert {one.records for one in frame.exclusions if one.records} == {3, 39}


def test_what_filters_and_waves_leave_is_counted_before_the_check(see: See) -> None:
    filtered, waved, lifted = see([*OPEN, *ONLY], WAVES, ["minus", *["backspace"] * 12, "enter"])
    assert " leaves     80 of 120 records stay" in filtered
    assert "not checked with these uses yet; Enter checks" in filtered
    assert " leaves     78 of 120 records stay" in waved
    assert " leaves     117 of 120 records stay" in lifted


def test_a_filter_chosen_before_the_ids_is_counted_once_they_are(see: See) -> None:
    unknown, known = see(
        ["semicolon", *spelled("extract.csv"), "enter", "down", *ONLY], ["up", "i"]
    )
    assert " leaves     counted once i says which column holds the ids" in unknown
    assert " leaves     80 of 120 records stay" in known


def test_what_cannot_be_counted_is_left_to_the_check(
    see: See, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_what: object) -> None:
        raise ExtractError("The extract is gone.")

    monkeypatch.setattr(Audit, "remaining", fails)
    (page,) = see([*OPEN, *ONLY])
    assert " leaves     not counted" in page
    assert "Something went wrong" not in page


def test_a_list_that_is_not_there_is_asked_for_again(see: See) -> None:
    (said,) = see([*OPEN, "backslash", *spelled("none.csv"), "enter"])
    assert "There is no file none.csv." in said


def test_settings_name_what_earlier_waves_drew(
    see: See, empty_audit: Audit, tmp_path: Path
) -> None:
    settings = 'id = "incident"\nrecord = ["narrative"]\nexclude = ["spring.csv"]\n'
    (tmp_path / "s.toml").write_text(settings, encoding="utf-8")
    taken, _ = see([*OPEN, "apostrophe", *spelled("s.toml"), "enter"], ["enter", "c", "enter"])
    assert "3 ids of earlier waves (spring.csv)" in taken
    assert empty_audit.frame is not None
    assert empty_audit.frame.records == 117


def test_records_without_a_stratum_get_one_by_name(
    see: See, empty_audit: Audit, tmp_path: Path
) -> None:
    rows = "id,area,story\n" + "".join(
        f"R-{n},{'' if n % 5 else 'North'},Text {n}.\n" for n in range(60)
    )
    (tmp_path / "blank.csv").write_text(rows, encoding="utf-8")
    uses = ["semicolon", *spelled("blank.csv"), "enter", "i", "down", "s", "down", "r"]
    bad, _, listed, _ = see(
        [*uses, "enter"],
        ["exclamation_mark", *spelled("not recorded"), "enter"],
        ["enter", "enter"],
        ["c", "enter"],
    )
    assert "1 error, " in bad
    assert "blank strata: as not recorded" in listed
    assert empty_audit.frame is not None
    assert empty_audit.frame.stratum_sizes == {"North": 12, "not recorded": 48}


def test_a_draft_holds_its_waves_through_other_changes() -> None:
    draft = a_draft(id=Use.ID).leaving_out((Path("spring.csv"),), 3)
    assert replace(draft, checked=None).toggled("flag", Use.KEEP).excluded == 3
