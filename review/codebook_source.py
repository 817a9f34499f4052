"""The two written forms of a codebook: TOML for people, canonical JSON for the log.

The TOML has lists of answers that several questions share; reading puts each list in its place,
and from there on both forms are one shape, checked by one model and one set of lint rules.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from pydantic import ValidationError

from review.codebook import (
    PARTIES,
    AnswerExamples,
    AnswerOption,
    Codebook,
    Question,
    QuestionType,
)
from review.codebook_form import WrittenCodebook, WrittenOption, WrittenQuestion, WrittenType
from review.codebook_lines import SourceLines
from review.codebook_lint import lint
from review.conditions import Condition, condition_body, parse_condition
from review.errors import CodebookError, CodebookFault, ConditionError

_YES_NO_UNKNOWN: Final = (
    AnswerOption("yes", "y", "Yes", missing=False),
    AnswerOption("no", "n", "No", missing=False),
    AnswerOption("cannot_determine", "u", "Cannot be determined from the record", missing=True),
)
"""What a derived value can be."""

_TYPES: Final = {
    WrittenType.SINGLE: QuestionType.SINGLE,
    WrittenType.MULTI: QuestionType.MULTI,
    WrittenType.MULTI_BY_PARTY: QuestionType.MULTI,
    WrittenType.INTEGER: QuestionType.INTEGER,
    WrittenType.TEXT: QuestionType.TEXT,
}
_PARTY_NAMES: Final = ("Party A", "Party B")


def read_toml(text: str, *, source: str, switched_on: Collection[str]) -> Codebook:
    """Read a codebook from TOML; see :func:`review.codebook.parse_codebook`."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"{source} is not TOML: {error}.") from error
    lines = SourceLines(text)
    faults: list[CodebookFault] = []
    raw = _with_answers_in_place(document, lines, faults)
    codebook = _build(raw, lines, faults, switched_on)
    if faults or codebook is None:
        faults.sort(key=lambda fault: fault.line)
        listed = "\n".join(f"  {fault}" for fault in faults)
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise CodebookError(f"{source} has {count}:\n{listed}", tuple(faults))
    _check_switched_on(switched_on, raw, source)
    return codebook


def _check_switched_on(
    switched_on: Collection[str], raw: Mapping[str, object], source: str
) -> None:
    """Refuse the names of optional questions that the file does not have."""
    questions = raw["question"]
    assert isinstance(questions, list)  # noqa: S101 - the shape has been checked
    optional = [question["id"] for question in questions if question.get("optional")]
    unknown = [name for name in switched_on if name not in optional]
    if unknown:
        offered = ", ".join(optional) or "none"
        raise CodebookError(
            f"{source} has no optional question {', '.join(unknown)}; those it has: {offered}."
        )


def read_body(body: str) -> Codebook:
    """Read a codebook from canonical JSON; see :func:`review.codebook.codebook_from_body`."""
    try:
        raw = json.loads(body)
    except ValueError as error:
        raise CodebookError("The codebook kept in this project is not JSON.") from error
    faults: list[CodebookFault] = []
    codebook = _build(raw if isinstance(raw, dict) else {}, SourceLines(""), faults, ())
    if faults or codebook is None:
        raise CodebookError(
            "The codebook kept in this project breaks a rule: "
            + "; ".join(fault.message for fault in faults),
            tuple(faults),
        )
    return codebook


def _with_answers_in_place(
    document: Mapping[str, object], lines: SourceLines, faults: list[CodebookFault]
) -> dict[str, object]:
    """Replace each reference to a list of answers by its options, and examples by a list."""
    shared = document.get("answers", {})
    lists = shared if isinstance(shared, dict) else {}
    used: set[str] = set()
    questions: list[object] = []
    given = document.get("question", [])
    for position, raw in enumerate(given if isinstance(given, list) else []):
        if not isinstance(raw, dict):
            continue
        question = dict(raw)
        name = question.pop("answers", None)
        if name is not None:
            used.add(str(name))
            if name in lists:
                question["options"] = _listed(lists[name], "value")
            else:
                faults.append(
                    CodebookFault(
                        lines.of(position, "answers"),
                        "unknown-answer-list",
                        f"{question.get('id')}: there is no list [answers.{name}].",
                    )
                )
        if isinstance(question.get("examples"), dict):
            question["examples"] = _listed(question["examples"], "value")
        questions.append(question)
    faults.extend(
        CodebookFault(
            lines.of_answer_list(name),
            "unused-answer-list",
            f"[answers.{name}] is used by no question; remove it or use it.",
        )
        for name in lists
        if name not in used
    )
    head = {key: value for key, value in document.items() if key not in ("answers", "question")}
    return {**head, "question": questions}


def _listed(table: object, key: str) -> object:
    """Turn a table of tables into a list of tables that carry their name under ``key``."""
    if not isinstance(table, dict):
        return table
    return [{key: name, **body} if isinstance(body, dict) else body for name, body in table.items()]


def _build(
    raw: Mapping[str, object],
    lines: SourceLines,
    faults: list[CodebookFault],
    switched_on: Collection[str],
) -> Codebook | None:
    """Check the one shape that both forms share; every fault found joins ``faults``.

    All questions are checked, and those that are asked make the codebook.
    """
    try:
        model = WrittenCodebook.model_validate(raw)
    except ValidationError as error:
        faults.extend(
            _shape_fault(detail["loc"], detail["msg"], lines) for detail in error.errors()
        )
        return None
    steps = [
        step
        for position, question in enumerate(model.question)
        if (step := _step(question, position, lines, faults)) is not None
    ]
    if len(steps) < len(model.question):
        return None
    optional = frozenset(question.id for question in model.question if question.optional)
    faults.extend(lint(steps, lines, optional=optional))
    left_out = optional.difference(switched_on)
    asked = [step for step in steps if step.id not in left_out]
    body = _canonical(model, asked)
    return Codebook(
        id=model.id,
        version=model.version,
        window_days=model.window_days,
        key_terms=model.key_terms,
        steps=tuple(asked),
        sha256=sha256(body.encode()).hexdigest(),
        body=body,
        by_id=MappingProxyType({step.id: step for step in asked}),
        offered=tuple(step.id for step in steps if step.id in left_out),
    )


def _shape_fault(where: tuple[str | int, ...], message: str, lines: SourceLines) -> CodebookFault:
    """Turn a fault of shape into one with a line."""
    path = ".".join(str(part) for part in where)
    inside = where[0] == "question" and len(where) > 1 and isinstance(where[1], int)
    position = int(where[1]) if inside else None
    key = where[2] if inside and len(where) > 2 else where[0]
    line = lines.of(position, str(key)) if position is not None else lines.of_head(str(key))
    return CodebookFault(line, "shape", f"{path}: {message.removeprefix('Value error, ')}.")


def _step(
    model: WrittenQuestion, position: int, lines: SourceLines, faults: list[CodebookFault]
) -> Question | None:
    """Build a question; None where one of its conditions cannot be read."""
    conditions: dict[str, Condition | None] = {}
    for name in ("ask_if", "required_if", "derive"):
        raw = getattr(model, name)
        try:
            conditions[name] = None if raw is None else parse_condition(raw)
        except ConditionError as error:
            line = lines.of(position, name)
            faults.append(CodebookFault(line, "condition", f"{model.id} {name}: {error}"))
            return None
    derived = conditions["derive"] is not None
    by_party = model.type is WrittenType.MULTI_BY_PARTY
    if not by_party and any(option.key_b is not None for option in model.options):
        message = f"{model.id}: only a question of type {WrittenType.MULTI_BY_PARTY} has 'key_b'."
        faults.append(CodebookFault(lines.of(position, "answers"), "type-mismatch", message))
    return Question(
        id=model.id,
        section=model.section,
        ask=model.ask,
        type=_TYPES[model.type],
        by_party=by_party,
        options=_YES_NO_UNKNOWN if derived else _options(model),
        define=model.define,
        examples=tuple(
            AnswerExamples(one.value, one.clear, one.near_misses) for one in model.examples
        ),
        outcome=model.outcome,
        closed=model.closed,
        ask_if=conditions["ask_if"],
        required_if=conditions["required_if"],
        quote_if=model.quote_if.any_of if model.quote_if else (),
        derive=conditions["derive"],
        minimum=model.minimum,
        maximum=model.maximum,
        max_length=model.max_length,
        verify_source=model.verify_source,
    )


def _options(model: WrittenQuestion) -> tuple[AnswerOption, ...]:
    """Return the answers offered: of a question by party, the whole list for each of the two."""
    if model.type is not WrittenType.MULTI_BY_PARTY:
        return tuple(_option(one) for one in model.options)
    return tuple(
        AnswerOption(
            f"{party}_{one.value}",
            one.key if party == PARTIES[0] else one.key_b or "",
            f"{name}: {one.label}",
            one.missing,
            one.alone,
        )
        for party, name in zip(PARTIES, _PARTY_NAMES, strict=True)
        for one in model.options
    )


def _option(model: WrittenOption) -> AnswerOption:
    return AnswerOption(model.value, model.key, model.label, model.missing, model.alone)


def _canonical(model: WrittenCodebook, steps: Sequence[Question]) -> str:
    """Return the canonical JSON of the questions that are asked.

    Fields that stand at their default are left out, and so is whether a question was optional.
    """
    data = model.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    asked = {step.id: step for step in steps}
    data["question"] = [question for question in data["question"] if question["id"] in asked]
    for question in data["question"]:
        question.pop("optional", None)
        for name in ("ask_if", "required_if", "derive"):
            condition = getattr(asked[question["id"]], name)
            if condition is not None:
                question[name] = condition_body(condition)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
