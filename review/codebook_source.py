"""The two written forms of a codebook: TOML for people, canonical JSON for the log.

The TOML has lists of answers that several questions share; reading puts each list in its place,
and from there on both forms are one shape, checked by one model and one set of lint rules.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from review.codebook import AnswerExamples, AnswerOption, Codebook, Question, QuestionType
from review.codebook_lines import SourceLines
from review.codebook_lint import lint
from review.conditions import Condition, condition_body, parse_condition
from review.errors import CodebookError, CodebookFault, ConditionError
from sampling.recorded import Coded, Row

_Text = Annotated[str, Field(min_length=1, max_length=4000)]
_Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class _Option(_Strict):
    value: _Code
    key: str
    label: _Text
    missing: bool = False


class _Examples(_Strict):
    value: str
    clear: Row[_Text] = ()
    near_misses: Row[_Text] = ()


class _QuoteIf(_Strict):
    any_of: Row[str] = Field(alias="in", min_length=1)


class _Question(_Strict):
    id: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,31}$")]
    section: str = ""
    ask: str = ""
    type: Coded[QuestionType] = QuestionType.SINGLE
    options: Row[_Option] = ()
    define: str = ""
    examples: Row[_Examples] = ()
    outcome: bool = False
    closed: bool = False
    ask_if: object = None
    required_if: object = None
    quote_if: _QuoteIf | None = None
    derive: object = None
    minimum: int | None = Field(default=None, alias="min")
    maximum: int | None = Field(default=None, alias="max")
    max_length: Annotated[int, Field(ge=1, le=10_000)] | None = None
    verify_source: bool = False

    @model_validator(mode="after")
    def _is_asked_or_derived(self) -> Self:
        if bool(self.ask) == (self.derive is not None):
            raise ValueError("a question needs either 'ask' or 'derive'")
        if self.id in ("all", "any", "not"):
            raise ValueError("all, any and not are words of conditions and cannot be an id")
        return self


class _Body(_Strict):
    format: Literal[1]
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,31}$")]
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    window_days: Annotated[int, Field(ge=0, le=3650)]
    key_terms: Row[_Text] = ()
    question: Annotated[Row[_Question], Field(min_length=1)]


_YES_NO_UNKNOWN = (
    AnswerOption("yes", "y", "Yes", missing=False),
    AnswerOption("no", "n", "No", missing=False),
    AnswerOption("cannot_determine", "u", "Cannot be determined from the record", missing=True),
)
"""What a derived value can be."""


def read_toml(text: str, *, source: str) -> Codebook:
    """Read a codebook from TOML; see :func:`review.codebook.parse_codebook`."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"{source} is not TOML: {error}.") from error
    lines = SourceLines(text)
    faults: list[CodebookFault] = []
    raw = _with_answers_in_place(document, lines, faults)
    codebook = _build(raw, lines, faults)
    if faults or codebook is None:
        faults.sort(key=lambda fault: fault.line)
        listed = "\n".join(f"  {fault}" for fault in faults)
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise CodebookError(f"{source} has {count}:\n{listed}", tuple(faults))
    return codebook


def read_body(body: str) -> Codebook:
    """Read a codebook from canonical JSON; see :func:`review.codebook.codebook_from_body`."""
    try:
        raw = json.loads(body)
    except ValueError as error:
        raise CodebookError("The codebook kept in this project is not JSON.") from error
    faults: list[CodebookFault] = []
    codebook = _build(raw if isinstance(raw, dict) else {}, SourceLines(""), faults)
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
    raw: Mapping[str, object], lines: SourceLines, faults: list[CodebookFault]
) -> Codebook | None:
    """Check the one shape that both forms share; every fault found joins ``faults``."""
    try:
        model = _Body.model_validate(raw)
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
    faults.extend(lint(steps, lines))
    body = _canonical(model, steps)
    return Codebook(
        id=model.id,
        version=model.version,
        window_days=model.window_days,
        key_terms=model.key_terms,
        steps=tuple(steps),
        sha256=sha256(body.encode()).hexdigest(),
        body=body,
        by_id=MappingProxyType({step.id: step for step in steps}),
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
    model: _Question, position: int, lines: SourceLines, faults: list[CodebookFault]
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
    return Question(
        id=model.id,
        section=model.section,
        ask=model.ask,
        type=model.type,
        options=_YES_NO_UNKNOWN if derived else tuple(_option(one) for one in model.options),
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


def _option(model: _Option) -> AnswerOption:
    return AnswerOption(model.value, model.key, model.label, model.missing)


def _canonical(model: _Body, steps: list[Question]) -> str:
    """Return the canonical JSON; fields that stand at their default are left out."""
    data = model.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for question, step in zip(data["question"], steps, strict=True):
        for name in ("ask_if", "required_if", "derive"):
            condition = getattr(step, name)
            if condition is not None:
                question[name] = condition_body(condition)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
