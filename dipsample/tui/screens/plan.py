"""The supervisor's plan page: wishes on top, what they come to and buy below, as they are typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from dipsample.tui.commands import Need, Where
from dipsample.tui.drawing.choice import OptionView
from dipsample.tui.drawing.lines import Line
from dipsample.tui.drawing.plan import plan_lines
from dipsample.tui.models.planning import (
    ALLOCATION_LETTERS,
    Aim,
    Bought,
    Field,
    PlanDraft,
    PlanView,
    committed_plan_words,
)
from dipsample.tui.screens.panels import PickPanel, TextPanel
from dipsample.tui.screens.path import StepScreen
from sampling.errors import SamplingError
from sampling.expectations import read_expectations
from sampling.plan import Plan

_FIELDS = tuple(Field)


class PlanScreen(StepScreen):
    """How many records are drawn."""

    where: ClassVar[Where] = Where.PLAN
    step: ClassVar[int] = 1

    def __init__(self) -> None:
        super().__init__()
        self._cursor = 1
        self._plan: Plan | None = None
        self._problem = ""
        self._bought: Bought | None = None

    def on_mount(self) -> None:
        """Work out what stands there already."""
        self._worked_out()
        super().on_mount()

    @property
    def _draft(self) -> PlanDraft:
        """What was typed; the program holds it for when the page is opened again."""
        return self.program.plan_draft or PlanDraft()

    @_draft.setter
    def _draft(self, draft: PlanDraft) -> None:
        self.program.plan_draft = draft

    @property
    def view(self) -> PlanView:
        """What is shown."""
        audit = self.program.project
        bought = self._bought
        return PlanView(
            title=audit.title,
            saved=self.saved,
            draft=self._draft,
            cursor=_FIELDS[self._cursor],
            plan=self._plan,
            problem=self._problem,
            bought=bought if bought is not None and bought.plan == self._plan else None,
            committed=() if audit.plan is None else committed_plan_words(audit.plan),
            can_change=not audit.is_seed_known,
        )

    def has(self) -> frozenset[Need]:
        """Say what can be done."""
        found = set()
        if not self.program.project.is_seed_known:
            found.add(Need.CHANGEABLE)
        if self._plan is not None:
            found.add(Need.PLANNED)
        return frozenset(found)

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the page as lines."""
        view = self.view
        window = self.window(width, height)
        if not self._notice:
            window = replace(window, notice=view.problem)
        return plan_lines(view, self.program.project.stage, window)

    def run_key(self, key: str) -> bool:
        """Take the point and the percent sign as part of a number where one can stand."""
        can_change = Need.CHANGEABLE in self.has()
        if can_change and key in (".", "%") and self._draft.takes(self.view.cursor, key):
            self.attempt(lambda: self.answer(key))
            return True
        return super().run_key(key)

    def answer(self, key: str) -> None:
        """Choose aim or allocation by a letter; type a number on the line stood on."""
        self._notice = ""
        if Need.CHANGEABLE not in self.has():
            return
        draft, where = self._draft, self.view.cursor
        if key in {aim.value for aim in Aim}:
            draft = draft.aiming(Aim(key))
            self._cursor = _FIELDS.index(Field.AMOUNT)
        elif key in ALLOCATION_LETTERS:
            draft = draft.sharing(ALLOCATION_LETTERS[key])
        else:
            draft = draft.typing(where, key)
        self._hold(draft)

    def do_here(self, command_id: str) -> None:
        """Carry out a command of this page."""
        match command_id:
            case "above" | "below":
                by = 1 if command_id == "below" else -1
                self._cursor = min(max(0, self._cursor + by), len(_FIELDS) - 1)
            case "erase":
                self._hold(self._draft.erasing(self.view.cursor))
            case "rates":
                self._ask_rates()
            case "commit_plan":
                self._commit()

    def _ask_rates(self) -> None:
        def take(typed: str) -> str:
            path = Path(typed).expanduser()
            if not typed or not path.is_file():
                return "There is no file of this name."
            try:
                rates = read_expectations(path.read_bytes(), source=path.name)
            except SamplingError as problem:
                return str(problem)
            self._hold(self._draft.with_rates(rates))
            self.redraw()
            return ""

        text = "A CSV with the columns stratum,expect: the prevalence expected in each stratum."
        self.program.push_screen(
            TextPanel("Which file of expected prevalences?", text, take, verb="reads it")
        )

    def _commit(self) -> None:
        request = self._draft.request()
        if isinstance(request, str) or self._plan is None:
            self.tell(request if isinstance(request, str) else self._problem)
            return
        program, plan = self.program, self._plan
        text = (
            f"{plan.sample:,} records and {plan.reserve:,} in reserve. It can be committed anew "
            "until the seed is known; every plan is counted."
        )
        if plan.expected is None:
            text += " No prevalence is expected, so the forecast rests on the cautious 50 %."

        def commit(_key: str) -> None:
            program.project.commit_plan(program.name_of_user, request)
            program.show_step(2)

        options = [OptionView("c", "commit the plan")]
        program.push_screen(PickPanel("Commit this plan?", text, options, commit))

    def _hold(self, draft: PlanDraft) -> None:
        """Hold the wishes, and work them out."""
        if draft != self._draft:
            self._draft = draft
            self._worked_out()

    def _worked_out(self) -> None:
        frame = self.program.project.frame
        if frame is None:
            self._plan, self._problem = None, "Commit the frame first: [ goes back to it."
            return
        found = self._draft.plan(frame)
        self._plan = None if isinstance(found, str) else found
        self._problem = found if isinstance(found, str) else ""
        if self._plan is not None:
            plan = self._plan
            self.in_thread(lambda: _bought(plan))

    def take_result(self, result: object) -> None:
        """Take what a plan buys; an older one's is passed over when it is shown."""
        if isinstance(result, Bought):
            self._bought = result


def _bought(plan: Plan) -> Bought:
    from sampling.preview import USUAL_SIZES, preview, what_sizes_buy

    sizes = sorted({*USUAL_SIZES, plan.sample})
    return Bought(plan, preview(plan), what_sizes_buy(plan, sizes))
