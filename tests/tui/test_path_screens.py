"""A supervisor goes from an extract to a drawn sample by keys alone."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from dipsample.audit import Audit
from dipsample.tui.app import Start
from dipsample.tui.program import Program
from dipsample.views import Stage
from tests.tui.pressing import Type, screens_after, spelled

SUPERVISOR = "sup"
Same = Callable[[str, str], None]
See = Callable[..., list[str]]


OPEN = ["semicolon", *spelled("extract.csv"), "enter"]
USES = ["i", "down", "s", "q", "down", "k", "q", "down", "r"]
FRAME = [*OPEN, *USES, "enter", "enter", "c", "enter", "enter"]
PLAN = [*"40", "down", *"5", "enter", "c", "enter"]
SEED = ["down", "enter", *spelled("60921108449012345678"), "enter"]
SOURCE = ["down", "enter", *spelled("dice"), "enter"]
DRAW = ["f10", "y", "enter"]

JOURNEY: tuple[tuple[str, list[str]], ...] = (
    ("frame-empty", []),
    ("frame-opened", OPEN),
    ("frame-faults", ["i", "down", "down", "s", "enter", "equals_sign"]),
    ("frame-checked", ["escape", "s", "up", "up", *USES[1:], "enter"]),
    ("frame-told-apart", ["slash"]),
    ("frame-commit", ["escape", "enter"]),
    ("frame-committed", ["c", "enter"]),
    ("plan-problem", ["enter", *"9000"]),
    ("plan-typed", [*["backspace"] * 4, *PLAN[:-3]]),
    ("plan-commit", ["enter"]),
    ("draw-empty", ["c", "enter"]),
    ("draw-ready", [*SEED, *SOURCE]),
    ("draw-again", ["left_square_bracket", "right_square_bracket"]),
    ("sample", DRAW),
)


@pytest.fixture
def see(
    empty_audit: Audit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, type_keys: Type
) -> See:
    """Press keys on a project that was only just started, and look after each lot of them."""
    monkeypatch.chdir(tmp_path)
    with (tmp_path / "extract.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["incident", "bcu", "flag", "narrative"])
        for number in range(120):
            area = ("North", "South", "West")[number % 3]
            flag = "" if number == 7 else ("no", "yes")[number % 5 == 0]
            writer.writerow([f"DA-{number:03}", area, flag, f"Text number {number}."])

    def press(*lots: Iterable[str]) -> list[str]:
        app = Program(empty_audit, name=SUPERVISOR, start=Start.HOME, ticks=lambda: 0.0)
        return screens_after(app, lots, type_keys)

    return press


def test_the_way_to_a_sample_is_as_committed_and_draws_what_the_commands_draw(
    see: See, empty_audit: Audit, same_as_snapshot: Same
) -> None:
    shown = see(*(keys for _, keys in JOURNEY))
    for (name, _), screen in zip(JOURNEY, shown, strict=True):
        same_as_snapshot(f"{name}-80x24", screen)
    by_name = dict(zip((name for name, _ in JOURNEY), shown, strict=True))
    assert "60921108449012345678" in by_name["draw-again"]
    assert empty_audit.stage is Stage.CODING
    assert empty_audit.drawn.sample == 40
    assert empty_audit.frame is not None
    assert empty_audit.frame.spec.strata_columns == ("bcu",)
    assert empty_audit.frame.spec.record == ("narrative",)
    assert empty_audit.draw_facts()["seed"] == "60921108449012345678"


def test_no_step_is_gone_to_before_its_turn(see: See) -> None:
    assert "This step comes first." in see(["right_square_bracket"])[0]


def test_parties_make_the_seed_on_the_page_and_another_extract_is_not_drawn_from(
    see: See, empty_audit: Audit, tmp_path: Path, same_as_snapshot: Same
) -> None:
    parties = ["p", "down", "enter", *spelled("force,court"), "enter"]
    see([*FRAME, *PLAN])
    rows = (tmp_path / "extract.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "other.csv").write_text("\n".join(rows[:-1]) + "\n", encoding="utf-8")
    named, other = see(parties, ["up", "enter", *spelled("other.csv"), "enter", *DRAW])
    same_as_snapshot("draw-parties-80x24", named)
    assert "not the committed one" in other
    assert empty_audit.stage is Stage.NO_DRAW


SETTINGS = """
id = "incident"
strata = ["area"]
quasi = ["flag"]
record = ["narrative"]
[rename]
bcu = "area"
[independent_counts]
North = 41
South = 40
West = 40
"""


def test_a_settings_file_gives_the_columns_their_uses_and_more(
    see: See, empty_audit: Audit, tmp_path: Path
) -> None:
    (tmp_path / "s.toml").write_text(SETTINGS, encoding="utf-8")
    taken, numbers, _ = see(
        [*OPEN, "apostrophe", *spelled("s.toml"), "enter"],
        ["slash"],
        ["escape", "enter", "c", "enter"],
    )
    assert "area                  stratum" in taken
    assert "North" in numbers
    assert "-1" in numbers
    assert empty_audit.frame is not None
    assert empty_audit.frame.spec.independent
    assert empty_audit.frame.spec.strata_columns == ("area",)
