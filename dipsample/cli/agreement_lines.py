"""Agreement of coders as commands print it: a block under the findings, and its JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dipsample.cli.console import counted, remark, say, say_table

if TYPE_CHECKING:
    from review.agreement import Agreement, DoubleCoding, Figure, QuestionAgreement

_PROPORTIONS: Final = frozenset({"percent", "positive", "negative"})
_HEADS: Final = ("percent", "positive", "negative", "AC1", "alpha", "kappa")


def print_agreement(double: DoubleCoding) -> None:
    """Print the agreement of each question, and of yes against the rest; nothing without pairs."""
    from review.agreement import STATISTICS

    if not double.chosen:
        return
    say()
    say(
        f"Agreement of coders: {counted(double.chosen, 'case')} drawn to be coded twice, "
        f"{double.coded:,} handed in by both"
    )
    if not double.coded:
        return
    columns = ("question", "pairs", "left out", *_HEADS)
    rows = [
        (name, one.pairs, one.left_out, *(_shown(line, field) for field in STATISTICS))
        for one in double.questions
        for name, line in _lines(one)
    ]
    say_table(columns, rows, right=frozenset(columns[1:]))
    for reason, names in _reasons(double).items():
        remark(f"{reason}: {', '.join(names)}")


def _lines(one: QuestionAgreement) -> list[tuple[str, Agreement]]:
    lines = [(one.question, one.answers)]
    if one.yes_against_rest is not None:
        lines.append((f"  {' or '.join(one.yes)} against the rest", one.yes_against_rest))
    return lines


def _shown(line: Agreement, field: str) -> str:
    figure: Figure = getattr(line, field)
    if figure.estimate is None or figure.lower is None or figure.upper is None:
        return "off" if (figure.reason or "").startswith("off") else "-"
    if field in _PROPORTIONS:
        numbers = (figure.estimate, figure.lower, figure.upper)
        estimate, lower, upper = (f"{100 * number:.0f}" for number in numbers)
        return f"{estimate} % ({lower} to {upper})"
    return f"{figure.estimate:.2f} ({figure.lower:.2f} to {figure.upper:.2f})"


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
