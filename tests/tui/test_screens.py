"""Every screen as committed text, and the same characters without colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from dipsample.audit import Audit
from dipsample.desk import NewQuote
from dipsample.tui.app import Start
from dipsample.tui.program import Program
from review.events import DeferralReason, FlagKind
from tests.tui.pressing import Type, screens_after

SUPERVISOR, CODER = "sup", "r1"
SMALL, LARGE, TINY, LEAST = (80, 24), (120, 40), (59, 15), (60, 16)

Make = Callable[..., Program]
Same = Callable[[str, str], None]
Look = Callable[..., str]


@pytest.fixture
def look(type_keys: Type) -> Look:
    """Presses keys and returns the screen."""

    def see(app: Program, keys: Sequence[str] = (), size: tuple[int, int] = SMALL) -> str:
        return screens_after(app, [keys], type_keys, size=size)[0]

    return see


CODING = ["enter", *"yyy1"]

CODER_SCREENS: dict[str, Sequence[str]] = {
    "queue": [],
    "queue-all": ["a", "down", "down"],
    "coding": CODING,
    "coding-first": ["enter"],
    "coding-quote-mode": [*CODING, "apostrophe", "down", "shift+down"],
    "coding-quoted": [*CODING, *"y", "comma", "apostrophe", "enter", "right_square_bracket"],
    "coding-zoomed": [*CODING, "tab"],
    "coding-not-asked": ["enter", *"yyy1n", "comma", "comma", "comma", *"n", "comma", "full_stop"],
    "coding-text": ["enter", *"yynnnn3"],
    "coding-complete": ["enter", *"yynnnn1n"],
    "coding-handed-in": ["enter", *"yynnnn1n", "enter", "f12", "h", "enter"],
    "panel-note": [*CODING, "semicolon", *"thin"],
    "panel-leak-typed": [*CODING, "semicolon", *"07700", "space", *"900123"],
    "panel-leak": [*CODING, "semicolon", *"07700", "space", *"900123", "enter"],
    "panel-leaving": [*CODING, "semicolon", *"thin", "escape"],
    "panel-defer": [*CODING, "minus"],
    "panel-defer-typed": [*CODING, "minus", *"cut"],
    "pause": [*CODING, "minus", "c", "enter", *"cut"],
    "panel-one-answer": ["enter", "m", "enter"],
    "panel-flag": [*CODING, "number_sign"],
    "panel-referral": [*CODING, "backslash"],
    "panel-referral-left": [*CODING, "backslash", "y", "escape"],
    "panel-referred": [*CODING, "backslash", "y", "enter"],
    "panel-find": [*CODING, "slash", *"arrest"],
    "found": [*CODING, "slash", *"allegation", "enter"],
    "definition": [*CODING, "equals_sign"],
    "help-coding": [*CODING, "f1"],
    "help-queue": ["f1"],
    "codebook": ["equals_sign"],
    "log": [*CODING, "f12", "l"],
}


@pytest.mark.parametrize("name", CODER_SCREENS)
def test_a_coders_screen_is_as_committed(
    name: str, program: Make, look: Look, same_as_snapshot: Same
) -> None:
    same_as_snapshot(f"{name}-80x24", look(program(), CODER_SCREENS[name]))


@pytest.mark.parametrize(
    "name", ["coding", "coding-quote-mode", "coding-quoted", "coding-text", "queue", "definition"]
)
def test_a_coders_screen_is_as_committed_on_a_large_terminal(
    name: str, program: Make, look: Look, same_as_snapshot: Same
) -> None:
    same_as_snapshot(f"{name}-120x40", look(program(), CODER_SCREENS[name], LARGE))


@pytest.mark.parametrize("name", ["queue", "coding", "coding-quote-mode", "panel-defer"])
def test_without_colour_every_character_is_the_same(
    name: str, program: Make, look: Look, same_as_snapshot: Same, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    same_as_snapshot(f"{name}-80x24", look(program(), CODER_SCREENS[name]))


def test_the_smallest_terminal_holds_a_question(
    program: Make, look: Look, same_as_snapshot: Same
) -> None:
    same_as_snapshot("coding-60x16", look(program(), CODING, LEAST))


def test_a_smaller_one_is_told_so_and_that_all_is_saved(
    program: Make, look: Look, same_as_snapshot: Same
) -> None:
    same_as_snapshot("too-small-59x15", look(program(), CODING, TINY))


def test_hostile_text_is_shown_as_text(
    hostile_audit: Audit, look: Look, same_as_snapshot: Same
) -> None:
    app = Program(hostile_audit, name=CODER, start=Start.QUEUE, ticks=lambda: 0.0)
    text = look(app, ["enter"])
    same_as_snapshot("coding-hostile-80x24", text)
    assert "=[red]Not red[/] and [@click=app.quit]not a link[/]." in text
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in text


# The supervisor's screens -----------------------------------------------------------------------


@pytest.fixture
def busy_audit(audit: Audit) -> Audit:
    """One case handed in, one referred, one flagged, one put off."""
    first, second, third, fourth = (item.case_id for item in audit.queue(CODER)[:4])
    code_whole(audit, first)
    audit.open_case(CODER, second)
    audit.refer_risk(CODER, second)
    audit.open_case(CODER, third)
    audit.raise_flag(CODER, third, FlagKind.QUESTION, "Is the second attendance this incident?")
    audit.open_case(CODER, fourth)
    audit.defer(CODER, fourth, DeferralReason.NEEDS_ANOTHER_FILE)
    return audit


def code_whole(audit: Audit, case_id: str, *, counter_allegation: bool = False) -> None:
    """Answer and hand in a case without an arrest."""
    answers: dict[str, tuple[str, ...]] = {
        "E1": ("yes",), "E2": ("yes",), "A1": ("no",), "A10": ("neither",), "A11": ("neither",),
        "C1": ("yes" if counter_allegation else "no",), "Z3": ("high",), "Z5": ("no",),
    }  # fmt: skip
    quotes: list[NewQuote] = []
    if counter_allegation:
        answers |= {"C3": ("custody_or_interview",), "C5": ("free_text_only",), "P1": ("no",)}
        quotes.append(NewQuote("C1", "narrative", 0, 20))
    audit.code_at_once(CODER, case_id, answers, quotes)


@pytest.fixture
def coded_audit(audit: Audit) -> Audit:
    """Every case handed in."""
    for number, item in enumerate(audit.queue(CODER)):
        code_whole(audit, item.case_id, counter_allegation=number % 3 == 0)
    return audit


BUSY: dict[str, Sequence[str]] = {
    "overview": [],
    "overview-queue": ["q"],
    "panel-acknowledge": ["semicolon"],
    "panel-answer-flag": ["down", "semicolon"],
    "panel-return": ["number_sign"],
    "panel-look-up": ["slash"],
    "case-of-a-flag": ["down", "enter"],
    "findings-counts": ["f"],
    "log-supervisor": ["l"],
}


@pytest.mark.parametrize("name", BUSY)
def test_a_supervisors_screen_is_as_committed(
    name: str, busy_audit: Audit, program: Make, look: Look, same_as_snapshot: Same
) -> None:
    same_as_snapshot(f"{name}-80x24", look(program(SUPERVISOR), BUSY[name]))


def test_a_case_looked_up_by_its_number_is_shown_with_its_answers(
    busy_audit: Audit, program: Make, look: Look, same_as_snapshot: Same
) -> None:
    case_id = busy_audit.queue(CODER)[-1].case_id
    keys = ["slash", *case_id.replace("-", " ").split()[0].lower(), "minus", *case_id[2:], "enter"]
    same_as_snapshot("case-handed-in-120x40", look(program(SUPERVISOR), keys, LARGE))


CODED: dict[str, Sequence[str]] = {
    "findings": ["escape", "f"],
    "findings-line": ["escape", "f", "down", "down"],
    "panel-by": ["escape", "f", "b"],
    "readings": ["escape", "f", "tab"],
    "reference": ["escape", "f", "slash"],
    "agreement": ["escape", "f", "semicolon"],
    "corrected": ["escape", "f", "minus"],
    "overview-coded": ["escape"],
    "sign-off": [],
}


@pytest.mark.parametrize("name", CODED)
def test_a_page_of_a_coded_sample_is_as_committed(
    name: str, coded_audit: Audit, program: Make, look: Look, same_as_snapshot: Same
) -> None:
    same_as_snapshot(f"{name}-80x24", look(program(SUPERVISOR), CODED[name]))


def test_findings_by_group_are_as_committed(
    coded_audit: Audit, program: Make, look: Look, same_as_snapshot: Same
) -> None:
    keys = ["escape", "f", "down", "down", "b", "a", "enter"]
    same_as_snapshot("findings-by-80x24", look(program(SUPERVISOR), keys))


def test_findings_are_as_committed_on_a_large_terminal(
    coded_audit: Audit, program: Make, look: Look, same_as_snapshot: Same
) -> None:
    same_as_snapshot("findings-120x40", look(program(SUPERVISOR), ["escape", "f"], LARGE))


# Empty states -----------------------------------------------------------------------------------


def test_somebody_without_a_project_is_told_how_to_get_one(
    look: Look, same_as_snapshot: Same
) -> None:
    app = Program(None, name=CODER, start=Start.HOME, ticks=lambda: 0.0)
    same_as_snapshot("start-80x24", look(app))


def test_a_project_without_a_frame_says_what_comes_next(
    empty_audit: Audit, look: Look, same_as_snapshot: Same
) -> None:
    app = Program(empty_audit, name=CODER, start=Start.HOME, ticks=lambda: 0.0)
    same_as_snapshot("start-no-frame-80x24", look(app))


def test_somebody_without_cases_is_told_who_gives_them(
    program: Make, look: Look, same_as_snapshot: Same
) -> None:
    same_as_snapshot("queue-empty-80x24", look(program("r2", Start.QUEUE)))


def test_a_finished_queue_says_so(
    coded_audit: Audit, program: Make, look: Look, same_as_snapshot: Same
) -> None:
    same_as_snapshot("queue-finished-80x24", look(program()))
