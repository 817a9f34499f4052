"""Pages that are left, or never seen, while something is still under way for them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import pytest
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from dipsample.audit import Audit
from dipsample.tui.drawing.lines import plain
from dipsample.tui.program import Program
from dipsample.tui.screens.findings import FindingsScreen
from dipsample.tui.screens.page import PageScreen
from dipsample.tui.screens.panels import TellPanel, TextPanel
from dipsample.tui.theme import DARK, LIGHT
from dipsample.tui.waves import WavesProgram
from review.finding import Finding
from tests.tui.conftest import SUPERVISOR, drive, send_key, settle
from tests.tui.test_waves_screen import FOUR, shown

PAGES: dict[str, Callable[[], Screen[None]]] = {
    "page": lambda: PageScreen("Waves in figures", lambda _width: [plain("figures")]),
    "message": lambda: TellPanel("Something", "to read"),
    "text": lambda: TextPanel("Something", "to write", lambda _text: ""),
}


def waves() -> WavesProgram:
    return WavesProgram(shown(FOUR), name="sup", ticks=lambda: 0.0)


def failure_after(app: Program, do: Callable[[], object]) -> Exception | None:
    """Do something to a running program, let it come to rest, and return what went wrong."""

    async def script(pilot: Pilot[None]) -> None:
        do()
        await pilot.pause()

    drive(app, script)
    return app.failure


@pytest.mark.parametrize("page", PAGES)
def test_quitting_while_a_page_opens_is_no_fault(page: str) -> None:
    app = waves()

    def open_and_quit() -> None:
        app.push_screen(PAGES[page]())
        app.exit()

    assert failure_after(app, open_and_quit) is None


@pytest.mark.parametrize("page", PAGES)
def test_a_page_left_before_it_is_in_place_is_no_fault(page: str) -> None:
    app = waves()

    def open_and_leave() -> None:
        app.push_screen(PAGES[page]())
        app.pop_screen()

    assert failure_after(app, open_and_leave) is None


@pytest.mark.parametrize("page", PAGES)
def test_a_page_replaced_before_it_is_in_place_is_no_fault(page: str) -> None:
    app = waves()

    def open_and_replace() -> None:
        app.push_screen(PAGES[page]())
        app.switch_screen(PAGES["page"]())

    assert failure_after(app, open_and_replace) is None


@pytest.mark.parametrize("turns", range(0, 24, 3))
def test_keys_that_quit_while_waves_are_shown_in_figures_are_no_fault(turns: int) -> None:
    app = waves()

    async def script(_pilot: Pilot[None]) -> None:
        for key in ("tab", "ctrl+q"):
            send_key(app, key)
            for _ in range(turns):
                await asyncio.sleep(0)
        await settle(app)

    drive(app, script)
    assert app.failure is None


def test_the_colours_of_a_page_that_is_opening_are_the_new_ones() -> None:
    app = waves()
    page, panel = PAGES["page"](), PAGES["message"]()

    def open_and_change() -> None:
        assert app.theme == DARK
        app.push_screen(page)
        app.push_screen(panel)
        app.change_theme()

    assert failure_after(app, open_and_change) is None
    assert app.theme == LIGHT


def test_a_paste_into_a_page_that_is_opening_is_refused_there() -> None:
    app = waves()

    async def script(pilot: Pilot[None]) -> None:
        app.push_screen(page := PageScreen("Waves", lambda _width: [plain("figures")]))
        await app.on_event(events.Paste("yes"))
        await pilot.pause()
        assert "pasted" in page.canvas.text()

    drive(app, script)


def test_figures_that_come_after_their_page_was_left_are_no_fault(
    audit: Audit, program: Callable[..., Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    app, begun, may_go_on = program(SUPERVISOR), threading.Event(), threading.Event()

    def slow(*_args: object, **_wishes: object) -> tuple[Finding, ...]:
        begun.set()
        assert may_go_on.wait(10)
        return ()

    monkeypatch.setattr(Audit, "findings_at_once", slow)

    async def script(pilot: Pilot[None]) -> None:
        page = FindingsScreen()
        app.push_screen(page)
        await asyncio.get_running_loop().run_in_executor(None, begun.wait, 10)
        app.pop_screen()
        page.refresh_view()
        page.redraw()
        await pilot.pause()
        may_go_on.set()
        await settle(app)
        page.redraw()

    drive(app, script)
    assert app.failure is None
