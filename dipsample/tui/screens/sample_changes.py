"""What changes a drawn sample, asked for in turn: a size or a case, the extract, and a yes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dipsample.growing import GrowthAhead
from dipsample.plan_wishes import Wish, read_wish
from dipsample.tui.drawing.choice import OptionView
from dipsample.tui.screens.panels import PickPanel, TextPanel
from sampling.draw import ReplacementReason, Role
from sampling.errors import ExtractNameError
from sampling.extracts.naming import Extract, named

if TYPE_CHECKING:
    from dipsample.tui.program import Program
    from dipsample.views import CaseRow

REPLACEMENTS: Final = {
    "n": (ReplacementReason.NOT_IN_SCOPE, "it is not in scope: it should not be in the frame"),
    "d": (ReplacementReason.DUPLICATE_RECORD, "it is a second record of something in the frame"),
    "r": (ReplacementReason.RESTRICTED, "it may not be read"),
}
"""Why a case gives way to the next of the reserve, by letter."""

_STRATA_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Change:
    """A change that was agreed to."""

    doing: str
    """What is said while it is made."""
    make: Callable[[], str]
    """Makes it, and returns what is said afterwards."""


class SampleChanges:
    """Asks for changes of the sample; each that is agreed to is handed over to be made."""

    def __init__(self, program: Program, hand_over: Callable[[Change], None]) -> None:
        self._program = program
        self._audit = program.project
        self._name = program.name_of_user
        self._hand_over = hand_over

    def extend(self) -> None:
        """Ask for a larger size and the extract, show what that adds, and ask for a yes."""
        audit, name = self._audit, self._name
        found: list[tuple[int, GrowthAhead]] = []

        def take(typed: str) -> str:
            size = int(str(read_wish(Wish.SIZE, typed)))
            found[:] = [(size, audit.growth_ahead(name, size))]
            return ""

        def go_on() -> None:
            ((size, ahead),) = found
            self._ask_extract(
                "Which extract?", _AS_COMMITTED, lambda one: confirm(size, ahead, one)
            )

        def confirm(size: int, ahead: GrowthAhead, extract: Extract) -> None:
            change = Change("The sample is being extended ...", lambda: make(size, extract))
            self._confirm(f"Extend the sample to {size:,} records?", growth_words(ahead), change)

        def make(size: int, extract: Extract) -> str:
            audit.extend(name, extract, size)
            return f"The sample has {size:,} records now; assign deals the new ones out."

        text = (
            f"It has {audit.design().sample:,}, and can have up to {audit.largest_sample:,}; cases "
            "that were replaced are left out of the count."
        )
        self._ask("How many records are to be in the sample?", text, take, go_on)

    def replace(self, row: CaseRow) -> str:
        """Ask why a case gives way, and for the extract where the draw needs it.

        Returns:
            Why it cannot be asked for; empty where it was.
        """
        if row.role != Role.SAMPLE:
            return f"{row.case_id} is {row.role}: only a case of the sample can be replaced."
        plan = self._audit.plan
        needs_extract = plan is not None and plan.is_size_weighted

        def choose(key: str) -> None:
            reason = REPLACEMENTS[key][0]
            if needs_extract:
                self._ask_extract("Which extract?", _AS_COMMITTED, lambda one: go(reason, one))
            else:
                go(reason, None)

        def go(reason: ReplacementReason, extract: Extract | None) -> None:
            doing = f"{row.case_id} is being replaced ..."
            self._hand_over(Change(doing, lambda: make(reason, extract)))

        def make(reason: ReplacementReason, extract: Extract | None) -> str:
            audit = self._audit
            following = audit.replace(self._name, row.case_id, reason, extract=extract)
            left = audit.design().reserve
            return f"{row.case_id} is replaced by {following}; {left:,} left in reserve."

        text = (
            "The next of its stratum's reserve takes its place and goes to its reviewer. It stays "
            "in every count. A record that cannot be found is never replaced: it is coded as "
            "missing."
        )
        options = [OptionView(key, words) for key, (_, words) in REPLACEMENTS.items()]
        self._program.push_screen(PickPanel(f"Why replace {row.case_id}?", text, options, choose))
        return ""

    def take_in(self) -> None:
        """Ask for a later extract and the one before it, and for a yes."""
        audit, name = self._audit, self._name
        known = self._program.extract_typed

        def ask_earlier(later: Extract) -> None:
            text = "The one that the frame was last made of; the later one has to hold all of it."
            title = "Which extract before it?"
            self._ask_earlier(title, text, lambda one: confirm(later, one), start=known)

        def confirm(later: Extract, earlier: Extract) -> None:
            text = (
                f"Every record of {earlier.name} is looked up in {later.name}. Of what is new the "
                "same share is drawn; cases keep their numbers."
            )
            doing = "The later extract is being taken in ..."
            self._confirm("Take it in?", text, Change(doing, lambda: make(later, earlier)))

        def make(later: Extract, earlier: Extract) -> str:
            before = audit.design()
            if not audit.take_in(name, later, earlier=earlier):
                return "The frame was made of this extract already; nothing was written."
            now = audit.design()
            return (
                f"{now.population - before.population:,} records more in the frame, "
                f"{now.sample - before.sample:,} of them drawn."
            )

        text = "It holds every record listed so far, in the same stratum, and later ones."
        self._ask_extract("Which later extract?", text, ask_earlier, start="")

    def close(self) -> None:
        """Ask for the extract of the frame as it is, and for a yes to closing it."""
        audit, name = self._audit, self._name

        def confirm(extract: Extract) -> None:
            text = "It takes in no record any more, and the sample can be signed off."
            change = Change("The frame is being closed ...", lambda: make(extract))
            self._confirm("Close the frame?", text, change)

        def make(extract: Extract) -> str:
            audit.close_frame(name, extract)
            return "The frame is closed."

        text = "The one that the frame was last made of. It is only read."
        self._ask_extract("Which extract is the last one?", text, confirm)

    def _ask(
        self,
        title: str,
        text: str,
        take: Callable[[str], str],
        go_on: Callable[[], None],
        *,
        start: str = "",
    ) -> None:
        """Ask for a line, and go on once it was taken and the panel is gone."""
        is_taken = False

        def held(typed: str) -> str:
            nonlocal is_taken
            problem = take(typed)
            is_taken = not problem
            return problem

        def gone(_result: None) -> None:
            if is_taken:
                go_on()

        panel = TextPanel(title, text, held, start=start, verb="takes it")
        self._program.push_screen(panel, gone)

    def _ask_extract(
        self,
        title: str,
        text: str,
        then: Callable[[Extract], None],
        *,
        start: str | None = None,
    ) -> None:
        """Ask for the extract of the frame as it is, or is to be; it is offered the next time.

        Args:
            title: What is asked.
            text: What there is to know.
            then: Takes the extract.
            start: What stands in the field; None: the one that was typed last.
        """
        shown = self._program.extract_typed if start is None else start

        def take(extract: Extract, typed: str) -> None:
            self._program.extract_typed = typed
            then(extract)

        self._ask_name(title, text, take, start=shown)

    def _ask_earlier(
        self, title: str, text: str, then: Callable[[Extract], None], *, start: str
    ) -> None:
        """Ask for an extract that the frame was made of before."""
        self._ask_name(title, text, lambda extract, _typed: then(extract), start=start)

    def _ask_name(
        self, title: str, text: str, then: Callable[[Extract, str], None], *, start: str
    ) -> None:
        found: list[tuple[Extract, str]] = []

        def take(typed: str) -> str:
            try:
                found[:] = [(named(typed), typed)]
            except ExtractNameError as problem:
                return str(problem)
            return ""

        self._ask(title, text, take, lambda: then(*found[0]), start=start)

    def _confirm(self, title: str, text: str, change: Change) -> None:
        options = [OptionView("y", "yes")]
        panel = PickPanel(title, text, options, lambda _key: self._hand_over(change))
        self._program.push_screen(panel)


_AS_COMMITTED: Final = "The extract as it was committed. It is only read."


def growth_words(ahead: GrowthAhead) -> str:
    """Return what an extension adds to each stratum, those that gain most first."""
    grown = sorted((one for one in ahead.strata if one.added), key=lambda one: -one.added)
    lines = [
        f"{one.name}: {one.before:,} to {one.after:,} records ({one.added:+,}), "
        f"reserve {one.reserve_before:,} to {one.reserve_after:,}"
        for one in grown[:_STRATA_SHOWN]
    ]
    left = grown[_STRATA_SHOWN:]
    if left:
        more = sum(one.added for one in left)
        lines.append(f"and {len(left)} strata more, together {more:+,} records")
    lines.append("The next ranks of the same draw are taken; no case changes its number.")
    if ahead.releases_before:
        lines.append(
            f"Findings were exported {ahead.releases_before:,} times before; the log and the "
            "workbook say so."
        )
    return "\n".join(lines)
