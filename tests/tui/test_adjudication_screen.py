"""Deciding on the full screen: what is shown, what keys do, and that plain mode writes the same."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pytest

from dipsample.audit import Audit
from dipsample.tui.app import Start
from dipsample.tui.plain_adjudication import run_plain_adjudication
from dipsample.tui.program import Program
from tests.tui.pressing import Type, screens_after

JUDGE, BOSS = "judge", "sup"
MISREAD = ("i", "enter")
"""What the panel that asks why takes."""
Look = Callable[..., str]


@pytest.fixture
def look(decidable: Audit, type_keys: Type) -> Look:
    """Presses keys as somebody and returns the screen."""

    def see(
        keys: Sequence[str] = (), *, size: tuple[int, int] = (80, 24), name: str = JUDGE,
        start: Start = Start.DECIDE,
    ) -> str:  # fmt: skip
        app = Program(decidable, name=name, start=start, ticks=lambda: 0.0)
        return screens_after(app, [keys], type_keys, size=size)[0]

    return see


def case(audit: Audit) -> str:
    return audit.cases()[0].case_id


def towards(audit: Audit, label: str) -> str:
    """Return the arrow that takes the coder who said yes or no."""
    file = audit.open_decision(JUDGE, case(audit))
    return ("left", "right")[file.row("C1").values.index((label,))]


SCREENS: dict[str, Sequence[str]] = {
    "adjudication": [],
    "adjudication-why": ["u"],
    "adjudication-unfolded": ["tab", "up"],
}


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("size", [(80, 24), (120, 30)], ids=["80x24", "120x30"])
def test_the_screen_looks_as_committed(
    look: Look, same_as_snapshot: Callable[[str, str], None], name: str, size: tuple[int, int]
) -> None:
    width, height = size
    same_as_snapshot(f"{name}-{width}x{height}", look(SCREENS[name], size=size))


def test_without_colour_the_characters_are_the_same(
    look: Look, monkeypatch: pytest.MonkeyPatch, same_as_snapshot: Callable[[str, str], None]
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    same_as_snapshot("adjudication-80x24", look())


def test_an_arrow_and_a_reason_decide_and_enter_closes(decidable: Audit, look: Look) -> None:
    shown = look([towards(decidable, "no"), *MISREAD, "enter"])
    assert "is decided. Coder 1 was R" in shown
    assert decidable.cases()[0].state == "final"


def test_the_screen_says_what_enter_does_at_each_stage(decidable: Audit, look: Look) -> None:
    arrow = towards(decidable, "no")
    assert "Enter next" in look()
    asked = look([arrow])
    assert "why? No" in asked
    assert "Why this final answer? C1: No" in asked
    decided = look([arrow, *MISREAD])
    assert "All is decided: close the case, which confirms 7 agreed answers." in decided
    assert "Enter close case" in decided
    closed = look(["enter"])
    assert "Enter goes on." in closed
    assert "Enter next case" in closed


def test_the_supervisor_reads_what_was_decided_beside_the_codings(
    decidable: Audit, look: Look
) -> None:
    look([towards(decidable, "no"), *MISREAD, "enter"])
    keys = ["slash", *case(decidable).replace("-", " ").split()[0], "minus", *"0001", "enter"]
    shown = look(keys, name=BOSS, start=Start.OVERVIEW, size=(120, 40))
    assert "FINAL: decided" in shown
    (row,) = [line for line in shown.splitlines() if line.startswith(" C1 ")]
    assert sorted(row.split()[1:]) == ["No", "No", "Yes"]


def test_both_front_ends_write_the_same_events(
    decidable: Audit, look: Look, finished_copy: Callable[[], Audit]
) -> None:
    other = finished_copy()
    arrow = towards(decidable, "yes")
    look([arrow, "j", "enter", "exclamation_mark", "enter"])
    stdin = io.StringIO(f"{arrow}\nj\n0\nclose\n")
    run_plain_adjudication(other, JUDGE, stdin, io.StringIO())

    def written(audit: Audit) -> list[tuple[str, str | None]]:
        return [(line.what, line.case_id) for line in audit.log(BOSS) if line.who == "R3"]

    assert written(decidable) == written(other) != []


def test_a_comment_and_a_query_are_written_from_panels(decidable: Audit, look: Look) -> None:
    arrow = towards(decidable, "no")
    look(
        [
            arrow,
            "escape",
            "semicolon",
            *"seen",
            "enter",
            "g",
            "enter",
            "number_sign",
            *"why",
            "enter",
        ]
    )
    file = decidable.decision_file(JUDGE, case(decidable))
    decision = file.row("C1").decision
    assert decision is not None
    assert decision.comment == "seen"
    assert [flag.text for flag in decidable.overview().flags] == ["C1: seen", "why"]


def test_a_coding_is_sent_back_from_the_screen(decidable: Audit, look: Look) -> None:
    look(["minus", "1", "enter", *"page", "enter"])
    assert decidable.cases()[0].state == "reopened"


def test_no_name_of_a_coder_is_on_the_screen_before_the_case_is_closed(look: Look) -> None:
    shown = look(["tab"])
    assert "Coder 1" in shown
    for hidden in ("r1", "r2", "R1", "R2"):
        assert hidden not in shown.split()


def test_a_coder_is_told_that_nothing_waits_and_sees_where_they_were_overruled(
    decidable: Audit, look: Look
) -> None:
    assert "No case waits for a decision of yours" in look(name="r1")
    early = look(["w"], name="r2", start=Start.QUEUE)
    assert "No case that you coded has been decided yet" in early
    look([towards(decidable, "no"), *MISREAD, "enter"])
    shown = look(["w"], name="r1", start=Start.QUEUE)
    assert "misread" in shown
    assert "yours  Yes" in shown
    nothing = look(["w"], name="r2", start=Start.QUEUE)
    assert "None of your answers was overruled in your 1 decided case." in nothing


def test_the_sign_off_opens_by_itself_when_the_last_case_is_settled(
    decidable: Audit, look: Look
) -> None:
    look([towards(decidable, "no"), *MISREAD, "enter"])
    open_still = look(["s"], name=BOSS, start=Start.OVERVIEW)
    assert "Cases are open" in open_still
    for row in decidable.cases()[1:]:
        if row.role == "sample":
            for coder in ("r1", "r2"):
                decidable.code_at_once(coder, row.case_id, {"E1": ("no_missing",)})
    panel = look(name=BOSS, start=Start.OVERVIEW)
    assert "Sign the sample off" in panel
    assert not decidable.sign_off_view().is_signed
    left = look(["escape"], name=BOSS, start=Start.OVERVIEW)
    assert "Sign the sample off" not in left
    by_habit = look(["enter", "enter"], name=BOSS, start=Start.OVERVIEW)
    assert "Nothing is chosen." in by_habit
    assert not decidable.sign_off_view().is_signed
    signed = look(["w", "enter", *"mine", "enter"], name=BOSS, start=Start.OVERVIEW)
    assert "The sample is signed off." in signed
    assert decidable.sign_off_view().is_signed


def test_questions_that_nobody_answers_are_listed_once_they_are_open(
    decidable: Audit, look: Look
) -> None:
    other = decidable.cases()[1].case_id
    decidable.code_at_once("r1", other, {"E1": ("no_missing",)})
    answers = {"E1": ("yes",), "E2": ("no",), "Z5": ("no",)}
    decidable.code_at_once("r2", other, answers)
    look([towards(decidable, "no"), *MISREAD, "enter"])
    shown = look()
    assert f"DECIDE {other}" in shown
    listed = [line.split()[0] for line in shown.splitlines()[2:8] if "waits" in line]
    assert listed == ["E2", "Z5"]
