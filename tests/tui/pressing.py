"""Pressing keys on a program that runs without a terminal, and reading its screen."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen

from dipsample.audit import Audit
from dipsample.tui.program import Program

SUPERVISOR, CODER = "sup", "r1"
Make = Callable[..., Program]
"""Makes the program for a person, the coder unless another is named."""
Press = Callable[[Program, str], str]
Drive = Callable[[Program, Callable[[Pilot[None]], Awaitable[None]]], None]
Type = Callable[[Program, Iterable[str]], Awaitable[None]]
SMALL, LARGE = (80, 24), (120, 40)


def first_case(audit: Audit) -> str:
    return audit.queue(CODER)[0].case_id


def spelled(text: str) -> list[str]:
    """Return a text as the toolkit's names of its keys."""
    return [_character_to_key(character) for character in text]


def text_of(app: Program) -> str:
    """Return every character on the screen, panels on top of what is under them."""
    strips = app.screen._compositor.render_strips()
    return "".join(strip.text.rstrip() + "\n" for strip in strips)


def screens_after(
    app: Program,
    lots: Iterable[Iterable[str]],
    type_keys: Type,
    *,
    size: tuple[int, int] = SMALL,
    on: Screen[None] | None = None,
) -> list[str]:
    """Run a program, press lots of keys, and return the screen after each lot.

    Args:
        app: A program that does not run yet.
        lots: Names of keys.
        type_keys: The fixture that types them.
        size: Columns and rows.
        on: A page to open first.
    """
    seen = []

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            if on is not None:
                app.push_screen(on)
                await pilot.pause()
            for keys in lots:
                await type_keys(app, keys)
                await app.workers.wait_for_complete()
                await pilot.pause()
                seen.append(text_of(app))

    asyncio.run(run())
    return seen
