"""Agreement of coders as a page: each question with its two readings side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dipsample.tui.drawing.lines import EMPTY, Line, Role, Span, fit, plain, wrap
from exports.release.agreement_words import EXPLAINED, LOPSIDED, MARK, lopsided_words
from exports.rounding import coefficient, limits, percentage
from review.agreement import STATISTICS, Agreement, DoubleCoding, Figure, QuestionAgreement

if TYPE_CHECKING:
    from dipsample.silent_checks import SilentChecks

_NAME, _FIGURE = 20, 24
_PROPORTIONS = frozenset({"percent", "positive", "negative"})


def agreement_lines(
    double: DoubleCoding, width: int, checks: SilentChecks | None = None
) -> list[Line]:
    """Return the page: silent checks, how many cases it rests on, then question by question.

    Args:
        double: The agreement on the cases drawn to be coded twice.
        width: Columns of the terminal.
        checks: What coders made of silent checks; None: there are none.
    """
    return [*([] if checks is None else _checks(checks, width)), *_agreement(double, width)]


def _checks(checks: SilentChecks, width: int) -> list[Line]:
    """Return how often each coder answered silent checks as expected."""
    head = (
        f"{checks.placed:,} silent checks are among the cases and never counted: "
        f"{', '.join(checks.cases)}. {checks.handed_in:,} of {checks.dealt:,} codings of them "
        "are handed in; the first counts. Hidden from coders until sign-off."
    )
    names = plain(
        f"   {'coder':<8}{'handed in':>12}{'outcomes as expected':>24}{'C1 missed':>12}", Role.MUTED
    )
    rows = [
        plain(
            f"   {one.reviewer:<8}{f'{one.handed_in} of {one.dealt}':>12}"
            f"{f'{one.right} of {one.asked}':>24}{one.missed:>12}"
        )
        for one in checks.scores
    ]
    return [EMPTY, *(plain(f" {piece}") for piece in wrap(head, width - 2)), names, *rows]


def _agreement(double: DoubleCoding, width: int) -> list[Line]:
    if not double.chosen:
        text = (
            "No case was drawn to be coded twice, so the agreement of coders is not known. "
            "dipsample assign PROJECT --double 25% has a share of the cases coded twice."
        )
        return [EMPTY, *(plain(f" {piece}") for piece in wrap(text, width - 2))]
    head = (
        f"{double.coded:,} of {double.chosen:,} cases drawn to be coded twice are handed in by "
        f"both coders. What each first handed in is compared. {EXPLAINED}"
    )
    lines: list[Line] = [EMPTY, *(plain(f" {piece}") for piece in wrap(head, width - 2))]
    for one in double.questions:
        lines += [EMPTY, *_question(one, width)]
    if any(lopsided_words(one.answers) for one in double.questions):
        lines.append(EMPTY)
        lines += [plain(f" {piece}") for piece in wrap(f"{MARK} {LOPSIDED}", width - 2, indent=2)]
    return lines


def _question(one: QuestionAgreement, width: int) -> list[Line]:
    title = f"{one.question}  {one.ask}"
    lines = [plain(f" {piece}", Role.STRONG) for piece in wrap(title, width - 2)]
    lines.append(plain(f"   {one.pairs:,} cases compared, left out: {one.left_out:,}"))
    if not one.pairs:
        return lines
    second = "" if one.yes_against_rest is None else f"{' or '.join(one.yes)} against the rest"
    lines.append(plain(f"   {fit('', _NAME)}{fit('each answer', _FIGURE)}{second}", Role.MUTED))
    for field, name in STATISTICS.items():
        shown = fit(_shown(one.answers, field), _FIGURE)
        binary = "" if one.yes_against_rest is None else _shown(one.yes_against_rest, field)
        lines.append((Span(f"   {fit(name, _NAME)}", Role.MUTED), Span(f"{shown}{binary}")))
    if said := lopsided_words(one.answers):
        lines += [plain(f"   {piece}", Role.NOTICE) for piece in wrap(said, width - 4)]
    return lines


def _shown(line: Agreement, field: str) -> str:
    """Return a figure with its limits, or the reason why there is none up to its comma."""
    figure: Figure = getattr(line, field)
    if figure.estimate is None or figure.lower is None or figure.upper is None:
        return (figure.reason or "").split(",")[0].split(": all")[0]
    if field in _PROPORTIONS:
        low, high = limits(figure.lower, figure.upper)
        return f"{percentage(figure.estimate)} % ({low} to {high})"
    low, high = coefficient(figure.lower), coefficient(figure.upper)
    return f"{coefficient(figure.estimate)} ({low} to {high})"
