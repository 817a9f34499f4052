"""The supervisor's plan page: wishes on top, what they come to and buy below, as they are typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from dipsample.plan_words import about_the_design, design, further_sizes, summary
from dipsample.tui.commands import Need, Where
from dipsample.tui.drawing.choice import OptionView
from dipsample.tui.drawing.lines import Line
from dipsample.tui.drawing.plan import ALLOCATION_KEYS, CHANCE_KEYS, plan_lines
from dipsample.tui.models.planning import Aim, Forecasts, PlanDraft, PlanView
from dipsample.tui.models.ways_to_draw import (
    INTERVAL_KEYS,
    WAY_KEYS,
    drawing_options,
    interval_options,
    looking_options,
    why_barred,
)
from dipsample.tui.screens.panels import PickPanel, TextPanel
from dipsample.tui.screens.path import StepScreen
from dipsample.tui.screens.whole_plan import WholePlanScreen
from sampling.errors import SamplingError
from sampling.expectations import read_expectations
from sampling.plan import Plan
from sampling.ways import Way, why_no_interval

if TYPE_CHECKING:
    from sampling.frame import Frame

_ALLOCATIONS = {key: allocation for allocation, key in ALLOCATION_KEYS.items()}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class PlanScreen(StepScreen):
    """How many records are drawn, and how."""

    where: ClassVar[Where] = Where.PLAN
    step: ClassVar[int] = 1

    def __init__(self) -> None:
        super().__init__()
        self._cursor = 0
        self._plan: Plan | None = None
        self._problem = ""
        self._forecasts: Forecasts | None = None

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
    def _frame(self) -> Frame | None:
        return self.program.project.frame

    @property
    def view(self) -> PlanView:
        """What is shown."""
        audit, draft, frame = self.program.project, self._draft, self._frame
        strata = 1 if frame is None else len(frame.strata)
        lines = draft.lines(strata)
        known = self._forecasts
        return PlanView(
            title=audit.title,
            saved=self.saved,
            draft=draft,
            ways=() if frame is None else drawing_options(frame, draft.way),
            looking=() if frame is None else looking_options(frame, draft.way),
            intervals=(
                interval_options(frame, draft.way, draft.interval)
                if frame is not None and strata > 1
                else ()
            ),
            strata=strata,
            cursor=lines[min(self._cursor, len(lines) - 1)],
            plan=self._plan,
            problem=self._problem,
            forecasts=known if known is not None and self._is_of_now(known) else None,
            committed=() if audit.plan is None else (summary(audit.plan), design(audit.plan)),
            can_change=not audit.is_seed_known,
        )

    def _is_of_now(self, forecasts: Forecasts) -> bool:
        is_staged = self._plan is not None and self._plan.first_stage is not None
        return forecasts.plan == self._plan and (
            not is_staged or forecasts.effect == self._draft.effect()
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
        """Choose by a letter what the page offers; type a number on the line stood on."""
        self._notice = ""
        draft, frame = self._draft, self._frame
        if Need.CHANGEABLE not in self.has() or frame is None:
            return
        if key in WAY_KEYS:
            self._go(key, frame)
        elif key in INTERVAL_KEYS:
            self._name_interval(key, frame)
        elif draft.has_aims and key in {aim.value for aim in Aim}:
            self._cursor = 0
            self._hold(draft.aiming(Aim(key)))
        elif _ALLOCATIONS.get(key) in draft.allocations and len(frame.strata) > 1:
            self._hold(draft.sharing(_ALLOCATIONS[key]))
        elif draft.way is Way.TWO_STAGE and key in CHANCE_KEYS:
            self._hold(replace(draft, by_records=CHANCE_KEYS[key]))
        elif draft.way is Way.STOPPING and key == "o":
            self._ask_indicator()
        else:
            self._hold(draft.typing(self.view.cursor, key))

    def _go(self, key: str, frame: Frame) -> None:
        """Choose a way to draw or to look; say why where the frame does not allow it."""
        now = self._draft.way
        barred = why_barred(frame, now, key)
        if barred is not None:
            self.tell(barred.reason)
        elif key != "k" or now in (Way.LOOKS, Way.STOPPING):
            is_same = WAY_KEYS[key] is now
            self._cursor = self._cursor if is_same else 0
            self._hold(self._draft.going(WAY_KEYS[key]))

    def _name_interval(self, key: str, frame: Frame) -> None:
        """Name the interval of several strata, or none; say why where there is none to name."""
        barred = why_no_interval(frame, self._draft.way)
        if barred is not None:
            self.tell(barred.reason)
        else:
            self._hold(replace(self._draft, interval=INTERVAL_KEYS[key]))

    def do_here(self, command_id: str) -> None:
        """Carry out a command of this page."""
        match command_id:
            case "above" | "below":
                by = 1 if command_id == "below" else -1
                last = len(self.view.lines) - 1
                self._cursor = min(max(0, min(self._cursor, last) + by), last)
            case "erase":
                self._hold(self._draft.erasing(self.view.cursor))
            case "rates":
                self._ask_rates()
            case "all_strata":
                self._show_all()
            case "commit_plan":
                self._commit()

    def _ask_rates(self) -> None:
        if not self._draft.has_aims:
            self.tell("Expected prevalences by stratum are for sizes of records: press a first.")
            return

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

    def _ask_indicator(self) -> None:
        names = self.program.project.stopping_indicators
        by_key = dict(zip(_LETTERS, names, strict=False))
        options = [OptionView(key, f"{one.id}: {one.label}") for key, one in by_key.items()]

        def choose(key: str) -> None:
            self._hold(replace(self._draft, stops_on=by_key[key].id))
            self.redraw()

        text = "Coding stops once the interval of this indicator is within the margin."
        self.program.push_screen(PickPanel("Stop on which indicator?", text, options, choose))

    def _show_all(self) -> None:
        """Show every stratum, and all that there is to know of the plan."""
        plan, known = self._plan, self.view.forecasts
        if plan is None:
            return

        self.program.push_screen(WholePlanScreen(plan, known))

    def _commit(self) -> None:
        frame, plan = self._frame, self._plan
        request = self._draft.request(1 if frame is None else len(frame.strata))
        if isinstance(request, str) or plan is None:
            self.tell(request if isinstance(request, str) else self._problem)
            return
        program = self.program
        sentences = [
            f"{summary(plan)}, {design(plan)}.",
            *about_the_design(plan),
            "It can be committed anew until the seed is known; every plan is counted.",
        ]
        if plan.expected is None:
            sentences.append("No prevalence is expected: the forecast rests on the cautious 50 %.")

        def commit(_key: str) -> None:
            program.project.commit_plan(program.name_of_user, request)
            program.show_step(2)

        options = [OptionView("c", "commit the plan")]
        text = "\n".join(sentences)
        program.push_screen(PickPanel("Commit this plan?", text, options, commit))

    def _hold(self, draft: PlanDraft) -> None:
        """Hold the wishes, and work them out."""
        if draft != self._draft:
            self._draft = draft
            self._worked_out()

    def _worked_out(self) -> None:
        frame = self._frame
        if frame is None:
            self._plan, self._problem = None, "Commit the frame first: [ goes back to it."
            return
        audit = self.program.project
        found = audit.plan if audit.is_seed_known else self._draft.plan(frame)
        self._plan = None if isinstance(found, str) else found
        self._problem = found if isinstance(found, str) else ""
        if self._plan is not None:
            plan, effect = self._plan, self._draft.effect()
            self.in_thread(lambda: _forecasts(plan, effect))

    def take_result(self, result: object) -> None:
        """Take what a plan buys; an older one's is passed over when it is shown."""
        if isinstance(result, Forecasts):
            self._forecasts = result


def _forecasts(plan: Plan, effect: Decimal) -> Forecasts:
    from sampling.interval_choice import has_choice
    from sampling.preview import preview
    from sampling.what_sizes_buy import bought

    is_of_records = plan.rolling is None and plan.first_stage is None
    further = further_sizes(preview(plan)) if is_of_records else ()
    return Forecasts(plan, effect, bought(plan, effect=effect), further, has_choice(plan))
