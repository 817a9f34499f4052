"""A text field that Enter confirms: everything typed is text, only function keys command."""

from __future__ import annotations

from textual import events
from textual.widgets import TextArea

from dipsample.tui.messages import FieldLeft, TextEntered


class Field(TextArea):
    """A wrapped field of a few rows."""

    def __init__(self, text: str) -> None:
        super().__init__(text, soft_wrap=True, compact=True, show_line_numbers=False)
        self.cursor_blink = False
        self.move_cursor(self.document.end)

    async def _on_key(self, event: events.Key) -> None:
        if event.key in {"enter", "f10"}:
            event.stop()
            event.prevent_default()
            self.post_message(TextEntered(self.text))
        elif event.key in {"escape", "f12"}:
            event.stop()
            event.prevent_default()
            self.post_message(FieldLeft())
        else:
            await super()._on_key(event)
