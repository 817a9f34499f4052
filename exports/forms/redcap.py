"""A codebook as a REDCap data dictionary: one CSV, a row a field."""

from __future__ import annotations

import csv
import io
from typing import Final, assert_never

from exports.forms.questions import CASE, check_names, example_text, sections
from exports.forms.relevance import joined, resolved
from exports.release.conditions import in_words
from exports.text import clean
from review.codebook import Codebook, Question, QuestionType
from review.conditions import Condition, Leaf, Operator

COLUMNS: Final = (
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
)

_ESCAPED: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "[": "&#91;", "|": "&#124;"}
_LIVE_STARTS: Final = "=+-@\t"
_SIGNS: Final = {Operator.GT: ">", Operator.GTE: ">=", Operator.LT: "<", Operator.LTE: "<="}


def write_redcap(codebook: Codebook) -> bytes:
    """Return the data dictionary of a codebook as CSV in UTF-8.

    A first field takes the case. Variable names are the ids in small letters. Derived values are
    left out: they follow from the answers. That a text is required by a rule, and that an answer
    stands alone for one party, are said in words, as REDCap has no field for them.

    Raises:
        FormError: Where the codebook asks something that such a dictionary cannot say.
    """
    check_names(codebook)
    form = codebook.id.replace("-", "_")
    rows = [_row({"Field Label": "Case", "Required Field?": "y"}, CASE, form, "text")]
    for section, questions in sections(codebook):
        for question in questions:
            header = section if question is questions[0] else ""
            cells = {**_field(question, codebook), "Section Header": _shown(header)}
            rows.append(_row(cells, question.id.lower(), form, _type(question)))
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return stream.getvalue().encode()


def _row(cells: dict[str, str], name: str, form: str, kind: str) -> list[str]:
    fixed = {"Variable / Field Name": name, "Form Name": form, "Field Type": kind}
    return [{**cells, **fixed}.get(column, "") for column in COLUMNS]


def _field(question: Question, codebook: Codebook) -> dict[str, str]:
    notes = [question.define, example_text(question), _rule_in_words(question)]
    cells = {
        "Field Label": _shown(question.ask),
        "Field Note": _shown("\n".join(note for note in notes if note)),
        "Required Field?": "" if question.type is QuestionType.TEXT else "y",
        "Question Number (surveys only)": question.id,
        "Field Annotation": _annotation(question),
    }
    if question.ask_if is not None:
        logic = branching(resolved(question.ask_if, codebook), codebook)
        cells["Branching Logic (Show field only if...)"] = logic
    if question.type in (QuestionType.SINGLE, QuestionType.MULTI):
        cells["Choices, Calculations, OR Slider Labels"] = " | ".join(
            f"{option.value}, {_shown(option.label)}" for option in question.options
        )
    if question.type is QuestionType.INTEGER and not question.options:
        cells["Text Validation Type OR Show Slider Number"] = "integer"
        cells["Text Validation Min"] = str(question.minimum)
        cells["Text Validation Max"] = str(question.maximum)
    return cells


def _type(question: Question) -> str:
    match question.type:
        case QuestionType.SINGLE:
            return "radio"
        case QuestionType.MULTI:
            return "checkbox"
        case QuestionType.INTEGER:
            return "text"
        case QuestionType.TEXT:
            return "notes"
    assert_never(question.type)


def _rule_in_words(question: Question) -> str:
    """Return what an answer has to meet where REDCap has no field for it."""
    if question.type is QuestionType.TEXT:
        rule = question.required_if
        return "" if rule is None else f"Required where {in_words(rule)}."
    if question.type is QuestionType.INTEGER and question.options:
        span = f"{question.minimum} to {question.maximum}"
        return f"A whole number from {span}, or {', '.join(question.values)}."
    if question.by_party:
        return "At least one answer for each party; what says that there is none stands alone."
    return ""


def _annotation(question: Question) -> str:
    if question.type is QuestionType.TEXT:
        return f"@CHARLIMIT='{question.max_length}'"
    alone = [option.value for option in question.options if option.stands_alone]
    if question.type is QuestionType.MULTI and alone and not question.by_party:
        return f"@NONEOFTHEABOVE='{','.join(alone)}'"
    return ""


def _shown(text: str) -> str:
    """Return a text as REDCap shows it and as no spreadsheet program runs it.

    REDCap reads labels as HTML, ``[name]`` in them as the answer to a question, and ``|`` as the
    end of a choice; a spreadsheet program reads ``=``, ``+``, ``-`` or ``@`` at the beginning of
    a cell as a formula. All of these are written as character references.
    """
    escaped = "".join(_ESCAPED.get(character, character) for character in clean(text).text)
    if escaped[:1] and escaped[0] in _LIVE_STARTS:
        return f"&#{ord(escaped[0])};{escaped[1:]}"
    return escaped


def branching(condition: Condition, codebook: Codebook) -> str:
    """Return a condition from :func:`exports.forms.relevance.resolved` as branching logic."""
    return joined(condition, lambda leaf: _leaf(leaf, codebook))


def _leaf(leaf: Leaf, codebook: Codebook) -> str:
    question = codebook.question(leaf.question)
    name = leaf.question.lower()
    several = question.type is QuestionType.MULTI
    match leaf.operator:
        case Operator.ANSWERED:
            return _answered(question, name, is_answered=leaf.operands == ("true",))
        case Operator.GT | Operator.GTE | Operator.LT | Operator.LTE:
            return f"(isnumber([{name}]) and [{name}] {_SIGNS[leaf.operator]} {leaf.operands[0]})"
        case Operator.EQ | Operator.IN:
            tests = [
                f"[{name}({value})] = '1'" if several else f"[{name}] = '{value}'"
                for value in leaf.operands
            ]
            return tests[0] if len(tests) == 1 else f"({' or '.join(tests)})"
        case Operator.NE | Operator.NOT_IN:
            tests = [
                f"[{name}({value})] <> '1'" if several else f"[{name}] <> '{value}'"
                for value in leaf.operands
            ]
            return tests[0] if len(tests) == 1 else f"({' and '.join(tests)})"
    assert_never(leaf.operator)


def _answered(question: Question, name: str, *, is_answered: bool) -> str:
    """Say whether a field holds an answer; a checkbox field is asked value by value."""
    if question.type is not QuestionType.MULTI:
        return f"[{name}] {'<>' if is_answered else '='} ''"
    sign, word = ("=", " or ") if is_answered else ("<>", " and ")
    tests = (f"[{name}({value})] {sign} '1'" for value in question.values)
    return f"({word.join(tests)})"
