"""Keys are dealt with one after the other, whatever opens or closes meanwhile.

The toolkit hands a key to the screen that is in front when the key arrives, not when its turn
comes: typed quickly, the ``y`` that confirms a referral would answer the question under it. So
the program asks the screen in front to deal with each key at once, and a screen that is not
ready holds its keys until it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from textual import events

if TYPE_CHECKING:
    from dipsample.tui.program import Program


class KeyTaker:
    """A screen that takes keys at once; mixed into the toolkit's screens."""

    app: property

    def __init__(self) -> None:
        super().__init__()
        self._held: list[events.Key] = []
        self._is_ready = False

    def take(self, event: events.Key) -> bool:
        """Deal with a key now, or hold it; False leaves it to the toolkit."""
        if event.key.startswith("ctrl+"):
            return False
        if not self._is_ready:
            self._held.append(event)
            return True
        return self.take_now(event)

    def take_now(self, event: events.Key) -> bool:
        """Deal with a key."""
        raise NotImplementedError

    def refuse_paste(self) -> None:
        """Leave out what is pasted where no text is written."""

    def hold_keys(self) -> None:
        """Hold what is typed from now on."""
        self._is_ready = False

    def release_keys(self) -> None:
        """Hand the keys that were held to whichever screen is in front, in their order."""
        self._is_ready = True
        held, self._held = self._held, []
        hand_on: Callable[[events.Key], None] = cast("Program", self.app).hand_on
        for event in held:
            hand_on(event)


def key_of(event: events.Key) -> str:
    """Return the character of a key, or the toolkit's name where it has none."""
    return event.character if event.is_printable and event.character else event.key
