"""Agreement of coders as commands print it: a block under the findings, and its JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dipsample.cli.console import counted, say, say_wrapped, wrapped

if TYPE_CHECKING:
    from review.agreement import Agreement, DoubleCoding, Figure, QuestionAgreement

_PROPORTIONS: Final = frozenset({"percent", "positive", "negative"})
_HEADS: Final = {
    "percent": "agree",
    "positive": "on yes",
    "negative": "on no",
    "gwet_ac1": "AC1",
    "krippendorff_alpha": "alpha",
    "cohen_kappa": "kappa",
}
_UNBROKEN: Final = "\N{NO-BREAK SPACE}"


def print_agreement(double: DoubleCoding) -> None:
    """Print the agreement of each question, and of yes against the rest; nothing without pairs."""
    from exports.release.agreement_words import EXPLAINED, LOPSIDED, MARK, lopsided_words

    if not double.chosen:
        return
    say()
    say_wrapped(
        f"Agreement of coders: {counted(double.chosen, 'case')} drawn to be coded twice, "
        f"{double.coded:,} handed in by both"
    )
    if not double.coded:
        return
    say_wrapped(EXPLAINED)
    for one in double.questions:
        left_out = f", {one.left_out:,} left out" if one.left_out else ""
        say()
        say(f"{one.question}: {counted(one.pairs, 'pair')}{left_out}")
        for name, line in _lines(one):
            figures = [f"{head} {_shown(line, field)}" for field, head in _HEADS.items()]
            for text in _unbroken(name, figures):
                say(text)
        if said := lopsided_words(one.answers):
            say_wrapped(f"  {said}", hang=4)
    if any(lopsided_words(one.answers) for one in double.questions):
        say()
        say_wrapped(f"{MARK} {LOPSIDED}", hang=2)
    _print_reasons(double)


def _unbroken(name: str, figures: list[str]) -> list[str]:
    """Return figures as lines of 80 columns, none of them broken in the middle."""
    held = ", ".join(figure.replace(" ", _UNBROKEN) for figure in figures)
    lines = wrapped(f"{name}: {held}", indent=2, hang=4)
    return [line.replace(_UNBROKEN, " ") for line in lines]


def _print_reasons(double: DoubleCoding) -> None:
    """Say why figures are missing."""
    reasons = _reasons(double)
    if reasons:
        say()
    for reason, names in reasons.items():
        say_wrapped(f"{reason}: {', '.join(names)}", hang=2)


def _lines(one: QuestionAgreement) -> list[tuple[str, Agreement]]:
    lines = [("each answer by itself", one.answers)]
    if one.yes_against_rest is not None:
        lines.append((f"{' or '.join(one.yes)} against the rest", one.yes_against_rest))
    return lines


def _shown(line: Agreement, field: str) -> str:
    figure: Figure = getattr(line, field)
    if figure.estimate is None or figure.lower is None or figure.upper is None:
        return "off" if (figure.reason or "").startswith("off") else "-"
    if field in _PROPORTIONS:
        numbers = (figure.estimate, figure.lower, figure.upper)
        estimate, lower, upper = (f"{100 * number:.0f}" for number in numbers)
        return f"{estimate} % ({lower} to {upper})"
    return f"{figure.estimate:z.2f} ({figure.lower:z.2f} to {figure.upper:z.2f})"


def _reasons(double: DoubleCoding) -> dict[str, list[str]]:
    """Return why figures are missing, each reason with the figures that it holds for."""
    from review.agreement import STATISTICS

    reasons: dict[str, list[str]] = {}
    for one in double.questions:
        for field, name in STATISTICS.items():
            figure: Figure = getattr(one.answers, field)
            if figure.reason is not None:
                reasons.setdefault(f"{name} {figure.reason}", []).append(one.question)
    return reasons


def agreement_json(double: DoubleCoding) -> dict[str, object]:
    """Return the agreement as JSON: chosen, coded, and each question with its two lines."""
    return {
        "chosen": double.chosen,
        "coded": double.coded,
        "questions": [
            {
                "question": one.question,
                "pairs": one.pairs,
                "left_out": one.left_out,
                "yes": list(one.yes),
                "answers": _line_json(one.answers),
                "yes_against_rest": None
                if one.yes_against_rest is None
                else _line_json(one.yes_against_rest),
            }
            for one in double.questions
        ],
    }


def _line_json(line: Agreement) -> dict[str, object]:
    from review.agreement import STATISTICS

    figures: dict[str, object] = {}
    for field in STATISTICS:
        figure: Figure = getattr(line, field)
        shown: dict[str, object] = {
            "estimate": figure.estimate,
            "lower": figure.lower,
            "upper": figure.upper,
        }
        figures[field] = shown if figure.reason is None else {**shown, "reason": figure.reason}
    return figures
