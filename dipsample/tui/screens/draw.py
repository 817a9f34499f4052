"""The supervisor's draw page: the seed as it is made, then the draw; and the page of its cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ClassVar

from dipsample.plan_words import summary
from dipsample.tui.commands import Need, Where
from dipsample.tui.drawing.choice import OptionView
from dipsample.tui.drawing.draw import draw_page_lines
from dipsample.tui.drawing.lines import Line
from dipsample.tui.models.draw import (
    DrawDraft,
    DrawLine,
    DrawView,
    LineKind,
    Origin,
    draw_lines_of,
    what_is_missing,
)
from dipsample.tui.screens.panels import PickPanel, TextPanel
from dipsample.tui.screens.path import StepScreen
from sampling.errors import ExtractNameError
from sampling.extracts.naming import Extract, named

_HELP = {
    LineKind.EXTRACT: "The extract as it was committed.",
    LineKind.SEED: "The throws in order, with or without spaces; or the seed.",
    LineKind.SOURCE: "Such as: ten-sided dice, two witnesses, 21 Nov 2026 10:05.",
    LineKind.PARTIES: "Their names, 2 to 20, with commas between them.",
    LineKind.COMMITMENT: "64 hex digits: dipsample seed hash prints them.",
    LineKind.CONTRIBUTION: "What the commitment is the SHA-256 of, to the character.",
}


class DrawScreen(StepScreen):
    """The seed and the draw."""

    where: ClassVar[Where] = Where.DRAW
    step: ClassVar[int] = 2

    def __init__(self) -> None:
        super().__init__()
        self._cursor = 0
        self._is_drawing = False

    def on_mount(self) -> None:
        """Read the extract that the frame page held."""
        joint = self.program.project.joint_seed
        if joint is not None:
            self._draft = self._draft.from_origin(Origin.PARTIES)
        chosen = self.program.frame_draft
        extract = self._draft.extract or (None if chosen is None else chosen.extract)
        if extract is not None and self._draft.difference is None:
            self._read(extract)
        super().on_mount()

    @property
    def _draft(self) -> DrawDraft:
        """What was typed; the program holds it for when the page is opened again."""
        return self.program.draw_draft or DrawDraft()

    @_draft.setter
    def _draft(self, draft: DrawDraft) -> None:
        self.program.draw_draft = draft

    @property
    def lines(self) -> tuple[DrawLine, ...]:
        """The lines of the page."""
        return draw_lines_of(self._draft, self.program.project.joint_seed)

    @property
    def view(self) -> DrawView:
        """What is shown."""
        audit = self.program.project
        plan = audit.plan
        return DrawView(
            title=audit.title,
            saved=self.saved,
            origin=self._draft.origin,
            lines=self.lines,
            missing="The sample is being drawn ..."
            if self._is_drawing
            else what_is_missing(self._draft, audit.joint_seed),
            will_draw="" if plan is None else summary(plan),
            number=f"draw {audit.next_draw} of this project on these records; every one is counted",
        )

    def has(self) -> frozenset[Need]:
        """Say what can be done."""
        missing = what_is_missing(self._draft, self.program.project.joint_seed)
        return frozenset() if missing or self._is_drawing else frozenset({Need.COMPLETE})

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the page as lines."""
        self._cursor = min(max(0, self._cursor), len(self.lines) - 1)
        window = replace(self.window(width, height), cursor=self._cursor)
        return draw_page_lines(self.view, window)

    def answer(self, key: str) -> None:
        """Choose where the seed comes from."""
        self._notice = ""
        if key not in {origin.value for origin in Origin} or self._is_drawing:
            return
        if self.program.project.joint_seed is not None and key != Origin.PARTIES:
            self.tell("Several parties are making the seed of this project; no other is taken.")
            return
        self._draft = self._draft.from_origin(Origin(key))

    def do_here(self, command_id: str) -> None:
        """Carry out a command of this page."""
        match command_id:
            case "above" | "below":
                self._cursor += 1 if command_id == "below" else -1
            case "edit":
                self._edit(self.lines[self._cursor])
            case "draw":
                self._ask_draw()

    def _edit(self, line: DrawLine) -> None:
        if self._is_drawing:
            return
        shown = self.program.extract_typed if line.kind is LineKind.EXTRACT else line.value

        def take(typed: str) -> str:
            problem = self._take(line, typed)
            self.redraw()
            return problem

        title = f"{line.name.capitalize()}?"
        panel = TextPanel(title, _HELP[line.kind], take, start=shown, verb="takes it")
        self.program.push_screen(panel)

    def _take(self, line: DrawLine, typed: str) -> str:
        """Take what was typed on a line; a sentence where it cannot be taken."""
        audit, name = self.program.project, self.program.name_of_user
        self._notice = ""
        match line.kind:
            case LineKind.EXTRACT:
                return self._name_extract(typed)
            case LineKind.SEED:
                self._draft = replace(self._draft, typed=typed)
            case LineKind.SOURCE:
                self._draft = replace(self._draft, source=typed)
            case LineKind.PARTIES:
                return _told(lambda: audit.begin_joint_seed(name, typed.split(",")))
            case LineKind.COMMITMENT:
                return _told(lambda: audit.commit_to_seed(name, line.party, typed))
            case LineKind.CONTRIBUTION:
                return _told(lambda: audit.reveal_contribution(name, line.party, typed))
        return ""

    def _name_extract(self, typed: str) -> str:
        try:
            extract = named(typed)
        except ExtractNameError as problem:
            return str(problem)
        self.program.extract_typed = typed
        self._read(extract)
        return ""

    def _read(self, extract: Extract) -> None:
        """Compare an extract with the committed frame, in the thread."""
        program = self.program
        self._draft = self._draft.with_extract(extract)
        self.in_thread(lambda: program.project.extract_difference(program.name_of_user, extract))

    def _ask_draw(self) -> None:
        text = (
            f"{self.view.will_draw.capitalize()}. The seed goes into the log; after that neither "
            "frame nor plan can change."
        )
        options = [OptionView("y", "draw")]
        self.program.push_screen(PickPanel("Draw now?", text, options, lambda _key: self._draw()))

    def _draw(self) -> None:
        program, draft = self.program, self._draft
        joint = program.project.joint_seed
        seed, source, extract = draft.seed(joint), draft.source_line(joint), draft.extract
        if seed is None or extract is None:
            return
        self._is_drawing = True
        self.in_thread(
            lambda: program.project.draw(program.name_of_user, extract, seed=seed, source=source)
        )
        self.redraw()

    def take_result(self, result: object) -> None:
        """Take how the extract differs, or hear that the sample is drawn."""
        if isinstance(result, str):
            self._draft = replace(self._draft, difference=result)
        else:
            self._is_drawing = False
            self.program.show_sample()

    def take_refusal(self, reason: str) -> None:
        """Tell why the extract could not be read or the draw not be made."""
        self._is_drawing = False
        if self._draft.difference is None:
            self._draft = replace(self._draft, difference=reason)
        self.tell(reason)


def _told(action: Callable[[], object]) -> str:
    """Do something that may be refused, and return why; empty where it was done."""
    from dipsample.errors import AuditError
    from sampling.errors import SamplingError

    try:
        action()
    except (AuditError, SamplingError) as problem:
        return str(problem)
    return ""
