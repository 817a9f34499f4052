"""A text that may be kept only where nothing in it looks personal, or with a reason."""

from __future__ import annotations

from collections.abc import Callable

from textual import on

from dipsample.tui.models.outcome import LeakSuspected, NotSaved, Outcome
from dipsample.tui.models.saving import suspicion
from dipsample.tui.screens.panels import TextPanel
from dipsample.tui.widgets.field import Field


class GuardedTextPanel(TextPanel):
    """A text that is checked for personal data as it is typed, and again before it is saved."""

    def __init__(
        self,
        title: str,
        text: str,
        save: Callable[[str, str | None], Outcome],
        *,
        start: str = "",
        longest: int | None = None,
    ) -> None:
        """Make the panel; ``save`` takes the text and, where asked for, a reason to keep it."""
        super().__init__(title, text, self._try, start=start, longest=longest)
        self._save_guarded = save
        self._suspected_in: str | None = None
        self._is_kept = False
        self._asks_reason = False

    @on(Field.Changed)
    def _typed(self, message: Field.Changed) -> None:
        """Warn at once; what was said of the text when it was entered stays until it changes."""
        message.stop()
        self._is_leaving = False
        text = message.text_area.text
        words = suspicion(text)
        if words != self._warning and text.strip() != self._suspected_in:
            self.warn(words)

    def _try(self, text: str) -> str:
        if text == self._suspected_in:
            self._ask_reason(text)
            return "Say why it may stay, or edit it."
        outcome = self._save_guarded(text, None)
        match outcome:
            case LeakSuspected(warning):
                self._suspected_in = text
                return (
                    f"{warning} Enter again keeps it and asks for the reason, which is logged. "
                    "Bare names cannot be detected: leave them out."
                )
            case NotSaved(reason):
                return reason
            case _:
                return ""

    def _ask_reason(self, text: str) -> None:
        def keep(reason: str) -> str:
            if not reason:
                return "A reason is needed."
            outcome = self._save_guarded(text, reason)
            if isinstance(outcome, NotSaved):
                return outcome.reason
            self._is_kept = True
            return ""

        self._asks_reason = True
        panel = TextPanel("Why may it stay?", "The reason is logged with the text.", keep)
        self.app.push_screen(panel, self._after_reason)

    def release_keys(self) -> None:
        """Hand on the keys that were held; hold more while the reason is asked for."""
        super().release_keys()
        if self._asks_reason:
            self.hold_keys()

    def _after_reason(self, _nothing: None) -> None:
        self._asks_reason = False
        if self._is_kept:
            self.dismiss()
        self.release_keys()
