"""Small panels at the foot of a screen: choose one, write a text, or read a message.

The record stays in sight above them. Every panel can be left by Esc, by the backquote and by
F12, and what was typed stays until it is saved or dropped on purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from dipsample.errors import AuditError
from dipsample.tui.drawing.choice import Chosen, OptionView, choice_lines
from dipsample.tui.drawing.lines import EMPTY, Line, Role, Span, fit, plain, visible, wrap
from dipsample.tui.messages import FieldLeft, SpanClicked, TextEntered
from dipsample.tui.models.slips import is_text
from dipsample.tui.screens.drawn import Drawn
from dipsample.tui.screens.taking import key_of
from dipsample.tui.widgets.field import Field

_LEAVE = {"escape", "grave_accent", "f12"}
_ENDS = {"enter", "f10", "escape", "f12"}
"""What ends a text field."""
_SHOWN_TYPED = 12
"""Characters of what was typed that fit on the last line of a choice."""
SAVES = "saves"
"""What Enter does to a text that is to be kept."""


class Panel(Drawn, ModalScreen[None]):
    """A panel with a title row and lines; its height follows its lines."""

    CSS_PATH = "panels.tcss"

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def compose(self) -> ComposeResult:
        """Make the panel."""
        with Vertical(id="panel"):
            yield self.canvas

    def body(self, width: int) -> list[Line]:
        """Return what stands under the title."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Lay the panel out for the width of the terminal."""
        width = self.size.width
        title: Line = (Span(fit(f" {visible(self._title)}", width), Role.HEADER_STRONG),)
        lines = [title, *self.body(width)]
        self.canvas.styles.height = len(lines)
        self.canvas.show(lines)

    def on_resize(self) -> None:
        """Lay out anew."""
        self.redraw()

    def leave(self) -> None:
        """Close without doing anything."""
        self.dismiss()

    def press(self, key: str) -> None:
        """Take a key that does not leave."""

    def take_now(self, event: events.Key) -> bool:
        """Take every key but those of the toolkit."""
        if event.key in _LEAVE:
            self.leave()
        else:
            self.press(key_of(event))
        return True

    def on_mount(self) -> None:
        """Deal with what was typed while the panel opened."""
        self.release_keys()

    @on(SpanClicked)
    def _span_clicked(self, message: SpanClicked) -> None:
        message.stop()
        self.click(message.key)

    def click(self, key: str) -> None:
        """Take a click on a key of the panel."""
        self.press(key)


class PickPanel(Panel):
    """One of several: its key marks it, and Enter takes what is marked.

    Every choice is made so. A wrong key changes nothing and is answered with the keys there are;
    the right one counts after it. Who is asked for a reason may begin to write it, though: what
    is a text by the rule of ``is_text`` chooses nothing, and neither does the Enter after it. The
    last line shows what is marked, or the text, so that nothing is held that cannot be seen.
    """

    def __init__(
        self,
        title: str,
        text: str,
        options: Sequence[OptionView],
        chosen: Callable[[str], None],
    ) -> None:
        super().__init__(title)
        self._text = text
        self._options = options
        self._chosen = chosen
        self._warning = ""
        self._typed = ""
        self._is_leaving = False

    def body(self, width: int) -> list[Line]:
        """Return the options, what is wrong with what was typed, and what the panel takes."""
        return [
            *(plain(f" {piece}") for piece in wrap(self._text, width - 2)),
            EMPTY,
            *choice_lines(self.options(), width - 1),
            (Span(fit(f" {self._warning}", width), Role.NOTICE),) if self._warning else EMPTY,
            self._keys_line(),
        ]

    def _keys_line(self) -> Line:
        if self._is_text:
            tail = visible(self._typed)
            cut = f"..{tail[-_SHOWN_TYPED:]}" if len(tail) > _SHOWN_TYPED else tail
            shown = f"typed: {cut}"
        else:
            marked = self._taken()
            shown = f"{marked[0]} is marked" if marked else "nothing marked"
        return (
            Span(" key ", Role.KEY),
            Span("marks   ", Role.MUTED),
            Span("Enter ", Role.KEY, "enter"),
            Span("takes what is marked   ", Role.MUTED),
            Span("Esc ", Role.KEY, "escape"),
            Span("leaves   ", Role.MUTED),
            Span(shown, Role.TEXT),
        )

    def options(self) -> Sequence[OptionView]:
        """Return the options, the one that Enter takes marked."""
        if not self._marked and not self._is_text:
            return self._options
        return [
            replace(option, chosen=Chosen.YES if option.key == self._marked else Chosen.NO)
            for option in self._options
        ]

    def press(self, key: str) -> None:
        """Mark an option, or take the one that is marked."""
        if key == "enter":
            self._enter()
        elif key == "backspace":
            self._type("" if self._is_text else self._typed[:-1])
        elif len(key) == 1:
            self._type(self._typed + key)

    def click(self, key: str) -> None:
        """Mark the option that was clicked, whatever was typed before."""
        if key in self._keys:
            self._type(key)
        else:
            self.press(key)

    @property
    def _keys(self) -> tuple[str, ...]:
        return tuple(option.key for option in self._options)

    @property
    def _is_text(self) -> bool:
        return is_text(self._typed, self._keys)

    @property
    def _marked(self) -> str:
        """The right key that was typed last; empty without one, or where a text was typed."""
        right = [key for key in self._typed if key in self._keys]
        return right[-1] if right and not self._is_text else ""

    def leave(self) -> None:
        """Close without choosing; where an option is marked, only the second time."""
        if not self._marked or self._is_leaving:
            self.dismiss()
        else:
            self._is_leaving = True
            self.warn(f"{self._marked} is marked, not taken. Enter takes it; Esc again leaves.")

    def _type(self, typed: str) -> None:
        self._typed, self._is_leaving = typed, False
        if self._is_text:
            self.warn("A text chooses nothing here. Enter or Backspace takes it away.")
        elif typed and typed[-1] not in self._keys:
            what = "A capital" if typed[-1].isupper() else "That key"
            self.warn(f"{what} chooses nothing. The keys are: {' '.join(self._keys)}")
        else:
            self.warn("")

    def _enter(self) -> None:
        marked = self._taken()
        self._typed = ""
        if marked:
            self.dismiss()
            self._chosen(marked[0])
        else:
            self.warn(f"Nothing is chosen. Type one of {' '.join(self._keys)} alone, then Enter.")

    def _taken(self) -> list[str]:
        """Return what Enter takes: one key, or none."""
        return [option.key for option in self.options() if option.chosen is Chosen.YES][:1]

    def warn(self, text: str) -> None:
        """Show why nothing is chosen."""
        self._warning = text
        self.redraw()


class TellPanel(Panel):
    """A message to read; any key closes it."""

    def __init__(self, title: str, text: str, *, is_alert: bool = False) -> None:
        super().__init__(title)
        self._text = text
        self._is_alert = is_alert

    def body(self, width: int) -> list[Line]:
        """Return the message."""
        role = Role.ALERT if self._is_alert else Role.TEXT
        pieces = wrap(self._text, width - 2)
        return [
            *((Span(fit(f" {piece}", width), role),) for piece in pieces),
            (Span(" Enter ", Role.KEY, "enter"), Span("closes", Role.MUTED)),
        ]

    def press(self, key: str) -> None:
        """Close."""
        if key == "enter":
            self.dismiss()


class TextPanel(Panel):
    """A text to write; it is kept on the screen until it is saved."""

    def __init__(
        self,
        title: str,
        text: str,
        save: Callable[[str], str],
        *,
        start: str = "",
        longest: int | None = None,
        verb: str = SAVES,
    ) -> None:
        """Make the panel.

        Args:
            title: What is written.
            text: What the writer should know.
            save: Takes the text; returns why it cannot be taken, or an empty string.
            start: The text so far.
            longest: Most characters; None: no limit.
            verb: What Enter does; what it does not save is left by one Esc.
        """
        super().__init__(title)
        self._text = text
        self._save = save
        self._start = start
        self._longest = longest
        self._verb = verb
        self._warning = ""
        self._is_leaving = False

    def compose(self) -> ComposeResult:
        """Make the panel."""
        with Vertical(id="panel"):
            yield self.canvas
            yield self.field

    @cached_property
    def field(self) -> Field:
        """What is written in, in place or not."""
        return Field(self._start)

    def on_mount(self) -> None:
        """Begin to write at once."""
        self.set_focus(self.field)

    def take_now(self, event: events.Key) -> bool:
        """Leave keys to the field; after one that ends it, hold the next until it is known."""
        if event.key in _ENDS:
            self.hold_keys()
        return False

    def body(self, width: int) -> list[Line]:
        """Return the advice, or the warning."""
        lines = [plain(f" {piece}", Role.MUTED) for piece in wrap(self._text, width - 2)]
        for piece in wrap(self._warning, width - 2) if self._warning else ():
            lines.append((Span(fit(f" {piece}", width), Role.ALERT),))
        keys: Line = (
            Span(" Enter ", Role.KEY, "enter"),
            Span(f"{self._verb}   ", Role.MUTED),
            Span("Esc ", Role.KEY, "escape"),
            Span("leaves", Role.MUTED),
        )
        return [*lines, keys]

    def warn(self, text: str) -> None:
        """Show why the text is not saved yet."""
        self._warning = text
        self.redraw()

    @on(TextEntered)
    def _entered(self, message: TextEntered) -> None:
        message.stop()
        self._enter(message.text.replace("\n", " ").strip())
        self.release_keys()

    def _enter(self, text: str) -> None:
        if self._longest is not None and len(text) > self._longest:
            self.warn(f"At most {self._longest} characters; these are {len(text)}.")
            return
        try:
            problem = self._save(text)
        except AuditError as error:
            problem = str(error)
        if problem:
            self.warn(problem)
        else:
            self.dismiss()

    @on(FieldLeft)
    def _left(self, message: FieldLeft) -> None:
        message.stop()
        self.leave()
        self.release_keys()

    def leave(self) -> None:
        """Close; where something was typed that Enter saves, only the second time."""
        is_kept = self._verb != SAVES or self.field.text == self._start
        if is_kept or self._is_leaving:
            self.dismiss()
        else:
            self._is_leaving = True
            self.warn("Not saved. Enter saves it; Esc again drops what was typed.")

    def press(self, key: str) -> None:
        """Take a click on a key of the panel."""
        if key == "enter":
            self.post_message(TextEntered(self.field.text))
        elif key == "escape":
            self.leave()
