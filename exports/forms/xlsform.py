"""A codebook as an XLSForm: sheets survey, choices and settings, as ODK and Kobo read them."""

from __future__ import annotations

import io
from typing import Final, assert_never

from exports.forms.questions import CASE, check_names, example_text, sections
from exports.forms.relevance import joined, resolved
from review.codebook import AnswerOption, Codebook, Question, QuestionType
from review.conditions import Condition, Leaf, Operator

SURVEY: Final = (
    "type",
    "name",
    "label",
    "hint",
    "guidance_hint",
    "required",
    "relevant",
    "constraint",
    "constraint_message",
)
CHOICES: Final = ("list_name", "name", "label", "key")
SETTINGS: Final = ("form_title", "form_id", "version", "instance_name")

STAMP: Final = "1980-01-01T00:00:00Z"
"""The time inside the file: none, so that the same codebook gives the same bytes."""

_SIGNS: Final = {Operator.GT: ">", Operator.GTE: ">=", Operator.LT: "<", Operator.LTE: "<="}
_Row = tuple[str, ...]


def write_xlsform(codebook: Codebook) -> bytes:
    """Return the XLSForm of a codebook; the same codebook gives the same bytes.

    A first question takes the case, under the column name that an import of codings expects.
    Derived values are left out: they follow from the answers.

    Raises:
        FormError: Where the codebook asks something that such a form cannot say.
        WorkbookError: Where a text does not fit a cell.
    """
    from openpyxl import Workbook

    from exports.workbook.cells import put
    from exports.workbook.finalise import finalise
    from exports.workbook.styles import Style, add_styles

    check_names(codebook)
    workbook = Workbook()
    add_styles(workbook)
    workbook.properties.title = f"{codebook.id} {codebook.version}"
    workbook.properties.creator = "dipsample"
    workbook.remove(workbook.worksheets[0])
    for name, columns, rows in (
        ("survey", SURVEY, _survey(codebook)),
        ("choices", CHOICES, _choices(codebook)),
        ("settings", SETTINGS, [_settings(codebook)]),
    ):
        sheet = workbook.create_sheet(name)
        for number, row in enumerate([columns, *rows], start=1):
            style = Style.HEADER if number == 1 else Style.TEXT
            for column, value in enumerate(row, start=1):
                if value:
                    put(sheet, (number, column), value=value, style=style)
    stream = io.BytesIO()
    workbook.save(stream)
    return finalise(stream.getvalue(), stamp=STAMP, alt_texts=[])


def _settings(codebook: Codebook) -> _Row:
    version = f"{codebook.version} {codebook.sha256[:12]}"
    title = f"{codebook.id} {codebook.version}"
    return (title, codebook.id, version, f"${{{CASE}}}")


def _survey(codebook: Codebook) -> list[_Row]:
    rows: list[_Row] = [("text", CASE, "Case", "", "", "yes", "", "", "")]
    for number, (section, questions) in enumerate(sections(codebook), start=1):
        if section:
            name = f"section-{number}"  # no question can be called so
            rows.append(("begin_group", name, _shown(section), "", "", "", "", "", ""))
        rows += [_question(question, codebook) for question in questions]
        if section:
            rows.append(("end_group", "", "", "", "", "", "", "", ""))
    return rows


def _question(question: Question, codebook: Codebook) -> _Row:
    limit, message = _constraint(question)
    return (
        _type(question, codebook),
        question.id,
        _shown(question.ask),
        _shown(question.define),
        _shown(example_text(question)),
        _required(question, codebook),
        "" if question.ask_if is None else xpath(resolved(question.ask_if, codebook), codebook),
        limit,
        _shown(message),
    )


def _type(question: Question, codebook: Codebook) -> str:
    match question.type:
        case QuestionType.SINGLE:
            return f"select_one {_lists(codebook)[question.options]}"
        case QuestionType.MULTI:
            return f"select_multiple {_lists(codebook)[question.options]}"
        case QuestionType.INTEGER:
            return "text" if question.options else "integer"
        case QuestionType.TEXT:
            return "text"
    assert_never(question.type)


def _required(question: Question, codebook: Codebook) -> str:
    if question.type is not QuestionType.TEXT:
        return "yes"
    if question.required_if is None:
        return ""
    return xpath(resolved(question.required_if, codebook), codebook)


def _constraint(question: Question) -> tuple[str, str]:
    """Return what an answer has to meet, as XPath, and the same in words."""
    match question.type:
        case QuestionType.SINGLE:
            return "", ""
        case QuestionType.MULTI:
            return _several(question)
        case QuestionType.INTEGER:
            span = f". >= {question.minimum} and . <= {question.maximum}"
            words = f"A whole number from {question.minimum} to {question.maximum}"
            if not question.options:
                return span, f"{words}."
            others = " or ".join(f". = '{value}'" for value in question.values)
            number = f"(regex(., '^-?[0-9]+$') and {span})"
            return f"{number} or {others}", f"{words}, or {', '.join(question.values)}."
        case QuestionType.TEXT:
            limit = question.max_length
            return f"string-length(.) <= {limit}", f"At most {limit} characters."
    assert_never(question.type)


def _several(question: Question) -> tuple[str, str]:
    """Return that some answers stand alone, and that both parties are answered for."""
    limits, words = [], []
    for group in question.groups_of(question.values):
        chosen = {value: f"selected(., '{value}')" for value in group}
        alone = [one.value for one in question.options if one.stands_alone and one.value in group]
        for value in alone:
            others = " or ".join(chosen[other] for other in group if other != value)
            limits.append(f"not({chosen[value]} and ({others}))")
            words.append(f"{question.label_of(value)}: only by itself.")
        if question.by_party:
            limits.append(f"({' or '.join(chosen.values())})")
    if question.by_party:
        words.append("At least one answer for each party.")
    return " and ".join(limits), " ".join(words)


def _choices(codebook: Codebook) -> list[_Row]:
    return [
        (name, option.value, _shown(option.label), option.key)
        for offer, name in _lists(codebook).items()
        for option in offer
    ]


def _lists(codebook: Codebook) -> dict[tuple[AnswerOption, ...], str]:
    """Return the lists of answers, each named by the first question that offers it."""
    lists: dict[tuple[AnswerOption, ...], str] = {}
    for question in codebook.questions:
        if question.options and question.type is not QuestionType.INTEGER:
            lists.setdefault(question.options, f"answers_{question.id}")
    return lists


def _shown(text: str) -> str:
    """Return a text that a form shows as it stands, where ``${...}`` would be replaced."""
    return text.replace("${", "$ {")


def xpath(condition: Condition, codebook: Codebook) -> str:
    """Return a condition from :func:`exports.forms.relevance.resolved` as XPath."""
    return joined(condition, lambda leaf: _leaf(leaf, codebook))


def _leaf(leaf: Leaf, codebook: Codebook) -> str:
    question = codebook.question(leaf.question)
    name = f"${{{leaf.question}}}"
    match leaf.operator:
        case Operator.ANSWERED:
            return f"{name} {'!=' if leaf.operands == ('true',) else '='} ''"
        case Operator.GT | Operator.GTE | Operator.LT | Operator.LTE:
            return f"number({name}) {_SIGNS[leaf.operator]} {leaf.operands[0]}"
        case Operator.EQ | Operator.IN | Operator.NE | Operator.NOT_IN:
            several = question.type is QuestionType.MULTI
            tests = [
                f"selected({name}, '{value}')" if several else f"{name} = '{value}'"
                for value in leaf.operands
            ]
            if leaf.operator.is_negative:
                return f"not({' or '.join(tests)})"
            return tests[0] if len(tests) == 1 else f"({' or '.join(tests)})"
    assert_never(leaf.operator)
