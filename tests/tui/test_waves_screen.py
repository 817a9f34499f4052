"""The page of waves: the run of one indicator at a time, and the figures behind it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence

import pytest

from dipsample.tui.drawing.lines import line_width
from dipsample.tui.drawing.waves import table_lines, waves_lines
from dipsample.tui.models.waves import WavesShown, waves_view
from dipsample.tui.waves import WavesProgram
from review.waves import Wave
from tests.review.waves_by_hand import compared, wave

Same = Callable[[str, str], None]
Type = Callable[[WavesProgram, Iterable[str]], Awaitable[None]]

FOUR = [wave(n, {"M2": 9 + n, "C.1": 20 + 9 * n}) for n in range(1, 5)]
TEN = [
    wave(n, {"M2": yes, "C.1": 30})
    for n, yes in enumerate([9, 12, 10, 8, 11, 9, 10, 12, 31, 9], start=1)
]


def shown(waves: Sequence[Wave], *, signed: bool = True) -> WavesShown:
    return WavesShown(tuple(waves), compared(waves), (signed,) * len(waves))


def screen(
    waves: Sequence[Wave],
    type_keys: Type,
    keys: Sequence[str] = (),
    size: tuple[int, int] = (80, 24),
    *,
    signed: bool = True,
) -> str:
    async def run() -> str:
        app = WavesProgram(shown(waves, signed=signed), name="sup", ticks=lambda: 0.0)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await type_keys(app, keys)
            await pilot.pause()
            strips = app.screen._compositor.render_strips()
            return "".join(strip.text.rstrip() + "\n" for strip in strips)

    return asyncio.run(run())


PAGES: dict[str, tuple[Sequence[Wave], Sequence[str]]] = {
    "waves-run": (FOUR, ["full_stop"]),
    "waves-chart": (TEN, []),
    "waves-table": (FOUR, ["tab"]),
    "waves-two": (FOUR[:2], []),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_waves_is_as_committed(
    name: str, type_keys: Type, same_as_snapshot: Same
) -> None:
    waves, keys = PAGES[name]
    same_as_snapshot(f"{name}-80x24", screen(waves, type_keys, keys))


def test_without_colour_every_character_is_the_same(
    type_keys: Type, same_as_snapshot: Same, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    same_as_snapshot("waves-chart-80x24", screen(TEN, type_keys))


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40)])
@pytest.mark.parametrize("waves", [FOUR[:2], FOUR, TEN])
def test_every_size_holds_the_run_with_its_keys(
    waves: Sequence[Wave], size: tuple[int, int]
) -> None:
    lines = waves_lines(waves_view(shown(waves), 0), (), size)
    assert len(lines) == size[1]
    assert all(line_width(line) <= size[0] for line in lines)


def test_a_wave_outside_its_limits_is_marked_and_named(type_keys: Type) -> None:
    text = screen(TEN, type_keys)
    assert "X" in text
    assert "Wave 9 lies outside its limits." in text


def test_under_eight_waves_there_are_intervals_and_no_limits(type_keys: Type) -> None:
    text = screen(FOUR, type_keys)
    assert "a run without control limits" in text
    assert "| interval" in text


def test_the_newest_change_and_the_trend_are_said_with_how_many_tests(type_keys: Type) -> None:
    text = " ".join(screen(FOUR, type_keys, ["full_stop"]).split())
    assert "Newest change: +4.5 points (" in text
    assert "Trend: +4.5 points a wave" in text
    assert "8 p-values were worked out" in text


def test_moving_stops_at_the_last_indicator(type_keys: Type) -> None:
    text = screen(FOUR, type_keys, ["full_stop"] * 5)
    assert "indicator 2 of 2" in text
    assert "indicator 1 of 2" in screen(FOUR, type_keys, ["full_stop", "comma", "comma"])


def test_what_is_not_signed_off_is_provisional(type_keys: Type) -> None:
    assert "PROVISIONAL" in screen(FOUR, type_keys, signed=False)
    assert "PROVISIONAL" not in screen(FOUR, type_keys)


def test_open_waves_are_named_and_not_compared() -> None:
    waves = [*FOUR[:3], wave(4, {"M2": 10}, open_cases=7)]
    view = waves_view(shown(waves, signed=True), 0)
    assert "wave 4 has 7 open" in view.provisional
    assert any("wave 4 has open cases" in one for one in view.said)


def test_a_base_under_ten_is_not_drawn_and_has_no_change() -> None:
    waves = [*FOUR[:3], wave(4, {"M2": 1}, base=8)]
    view = waves_view(shown(waves), 0)
    plot = view.plot((79, 11))
    assert plot is not None
    assert sum(line.count("o") for line in plot.lines) == 3
    assert view.lines[3].estimate == "no percentage"
    assert "a base is under 10" in view.lines[3].change


def test_the_table_holds_every_wave() -> None:
    lines = table_lines(waves_view(shown(TEN), 0), 80)
    text = "\n".join("".join(span.text for span in line) for line in lines)
    for one in TEN:
        assert one.title in text
    assert text.count("against the wave before") == 9
