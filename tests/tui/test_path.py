"""The wishes of frame, plan and draw pages: what is typed, what it comes to, what is missing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from dipsample.tui.models.draw import DrawDraft, LineKind, Origin, draw_lines_of, what_is_missing
from dipsample.tui.models.framing import FrameDraft, Use, frame_view
from sampling.checks import ExtractReport
from sampling.joint_seed import JointSeed, commitment_of
from tests.tui.reports import report_of

THROWS = "60 92 11 08 44 90 12 34 56 78"


def report(*columns: str) -> ExtractReport:
    return report_of(10, dict.fromkeys(columns, 2), "one")


# The frame ---------------------------------------------------------------------------------------


def test_one_column_is_the_id_and_the_others_keep_their_order() -> None:
    draft = FrameDraft(Path("extract.csv"), report("one", "two", "three"))
    for column, use in (("two", Use.ID), ("three", Use.STRATUM), ("one", Use.ID), ("two", Use.KEEP),
                        ("three", Use.KEEP)):  # fmt: skip
        draft = draft.toggled(column, use)
    spec = draft.spec()
    assert (spec.id_column, spec.strata_columns, spec.keep) == ("one", ("three",), ("two", "three"))


@given(st.lists(st.tuples(st.sampled_from(["one", "two"]), st.sampled_from(list(Use)))))
def test_a_use_given_twice_is_taken_back_and_undoes_the_check(
    given_uses: list[tuple[str, Use]],
) -> None:
    draft = FrameDraft(Path("extract.csv"), report("one", "two"))
    for column, use in given_uses:
        draft = draft.with_report(report("one", "two"))
        changed = draft.toggled(column, use)
        assert changed.checked is None
        assert (use in changed.uses[column]) != (use in draft.uses.get(column, frozenset()))
        assert sum(Use.ID in held for held in changed.uses.values()) <= 1
        draft = changed


def test_a_frame_without_an_id_says_which_column_it_could_be() -> None:
    view = frame_view(
        "t", "", frame=None, draft=FrameDraft(Path("e.csv"), report("one")),
        is_checking=False, can_change=True,
    )  # fmt: skip
    assert "It could be one" in view.state


def test_rows_that_were_not_read_stand_beside_the_rows() -> None:
    whole = report("one")
    for unread, said in ((0, "e.csv   10 rows   1 column"), (3, "10 rows (3 not read)")):
        draft = FrameDraft(Path("e.csv"), replace(whole, unread_rows=unread))
        view = frame_view("t", "", frame=None, draft=draft, is_checking=False, can_change=True)
        assert said in view.extract


# The draw ----------------------------------------------------------------------------------------


def test_the_draw_says_what_is_missing_step_by_step() -> None:
    draft = DrawDraft()
    assert "extract" in what_is_missing(draft, None)
    draft = draft.with_extract(Path("extract.csv"))
    assert "being read" in what_is_missing(draft, None)
    draft = DrawDraft(extract=Path("e.csv"), difference="It is another one.")
    assert what_is_missing(draft, None) == "It is another one."
    draft = DrawDraft(extract=Path("e.csv"), difference="")
    assert "Throw the dice" in what_is_missing(draft, None)
    draft = DrawDraft(extract=Path("e.csv"), difference="", typed="1234")
    assert "4 throws" in what_is_missing(draft, None)
    draft = DrawDraft(extract=Path("e.csv"), difference="", typed=THROWS)
    assert "who saw it" in what_is_missing(draft, None)
    draft = DrawDraft(extract=Path("e.csv"), difference="", typed=THROWS, source="dice")
    assert what_is_missing(draft, None) == ""
    assert draft.seed(None) == "60921108449012345678"


def test_another_origin_starts_with_an_empty_line() -> None:
    draft = DrawDraft(typed=THROWS)
    assert draft.from_origin(Origin.SIX_SIDED).typed == ""
    assert draft.from_origin(Origin.TEN_SIDED).typed == THROWS


def test_parties_show_their_contributions_only_after_every_commitment() -> None:
    shown = {"force": "1" * 20, "charity": "2" * 20}
    draft = DrawDraft(Origin.PARTIES, Path("e.csv"), "")
    kinds = [line.kind for line in draw_lines_of(draft, JointSeed(tuple(shown)))]
    assert LineKind.CONTRIBUTION not in kinds
    committed = {party: commitment_of(one) for party, one in shown.items()}
    joint = JointSeed(tuple(shown), committed)
    kinds = [line.kind for line in draw_lines_of(draft, joint)]
    assert kinds.count(LineKind.CONTRIBUTION) == 2
    assert "contribution of force, charity" in what_is_missing(draft, joint)
    whole = JointSeed(tuple(shown), committed, shown)
    assert what_is_missing(draft, whole) == ""
    assert draft.seed(whole) == whole.seed
