"""The TOML form of a codebook as JSON Schema, for editors that check and complete while typing.

It says what ``review.codebook_form`` checks of the shape. What the fields say together is checked
by ``review.codebook_lint`` alone.
"""

from __future__ import annotations

import json
from typing import Final

from review.codebook_form import RESERVED, WrittenType
from review.conditions import Operator

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_Schema = dict[str, object]

_ID: Final = r"^[A-Za-z][A-Za-z0-9_]{0,31}$"
_VALUE: Final = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"
_KEY: Final = r"^[a-z0-9]$"
_MAX_TEXT: Final = 4000


def schema_text() -> str:
    """Return the schema as JSON, keys in the order in which a codebook is written."""
    schema = {
        "$schema": DIALECT,
        "title": "Codebook of dipsample",
        **_table(
            {
                "format": {"const": 1, "description": "The version of this form."},
                "id": _text("Name of the codebook.", pattern=r"^[a-z0-9][a-z0-9-]{0,31}$"),
                "version": _text("Such as 1.0.0.", pattern=r"^\d+\.\d+\.\d+$"),
                "window_days": _whole(
                    "Days either side of an incident in which another is linked.", 0, 3650
                ),
                "key_terms": _list("Beginnings of words to mark in the record.", _words("")),
                "answers": {
                    "description": "Lists of answers that questions refer to by name.",
                    "type": "object",
                    "additionalProperties": {
                        "type": "object",
                        "propertyNames": {"pattern": _VALUE},
                        "additionalProperties": {"$ref": "#/$defs/option"},
                    },
                },
                "question": {**_list("In order.", {"$ref": "#/$defs/question"}), "minItems": 1},
            },
            required=("format", "id", "version", "window_days", "question"),
        ),
        "$defs": {
            "option": _option(),
            "question": _question(),
            "examples": _examples(),
            "condition": _condition(),
            "comparison": _comparison(),
        },
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _option() -> _Schema:
    return _table(
        {
            "key": _text("The letter or digit that the coder presses; u is the missing answer.",
                         pattern=_KEY),
            "key_b": _text("The key for Party B, in a question of both parties.", pattern=_KEY),
            "label": _words("What the coder reads."),
            "missing": _flag("Says that the record does not tell."),
            "alone": _flag("Nothing can stand beside it, such as none of these."),
        },
        required=("key", "label"),
    )  # fmt: skip


def _question() -> _Schema:
    condition: _Schema = {"$ref": "#/$defs/condition"}
    schema = _table(
        {
            "id": {
                **_text("Never used again with another meaning.", pattern=_ID),
                "not": {"enum": list(RESERVED)},
            },
            "section": _text("The heading that it stands under."),
            "ask": _text("The question."),
            "type": {
                "enum": [one.value for one in WrittenType],
                "default": WrittenType.SINGLE.value,
                "description": "What an answer looks like.",
            },
            "answers": _text("Which list of answers it offers."),
            "optional": _flag("Asked only where a project switches it on."),
            "define": _text("The rule that coders go by; an outcome needs one."),
            "examples": {
                "description": "By answer.",
                "type": "object",
                "additionalProperties": {"$ref": "#/$defs/examples"},
            },
            "outcome": _flag("Coders have to agree on it before a case is final."),
            "closed": _flag("Needs no answer for a record that does not tell."),
            "ask_if": {**condition, "description": "When it is asked; always unless given."},
            "required_if": {**condition, "description": "When a text has to be given."},
            "quote_if": {
                "description": "Answers that need a quote of the record.",
                **_table({"in": _values()}, required=("in",)),
            },
            "derive": {**condition, "description": "It is never asked and follows from this."},
            "min": {"type": "integer", "description": "Smallest number."},
            "max": {"type": "integer", "description": "Largest number."},
            "max_length": _whole("Most characters of a text.", 1, 10_000),
            "verify_source": _flag("Rests on a source still to be confirmed before live use."),
        },
        required=("id",),
    )
    return {**schema, "oneOf": [{"required": ["ask"]}, {"required": ["derive"]}]}


def _examples() -> _Schema:
    return _table(
        {
            "clear": _list("Cases of this answer.", _words("")),
            "near_misses": _list("Cases that look like it and are not.", _words("")),
        },
        required=(),
    )


def _condition() -> _Schema:
    condition: _Schema = {"$ref": "#/$defs/condition"}
    several = {"type": "array", "items": condition, "minItems": 1}
    return {
        "description": "all, any or not over statements such as {A1 = {eq = \"yes\"}}.",
        "oneOf": [
            _table({"all": several}, required=("all",)),
            _table({"any": several}, required=("any",)),
            _table({"not": condition}, required=("not",)),
            {
                "type": "object",
                "propertyNames": {"pattern": _ID, "not": {"enum": list(RESERVED)}},
                "additionalProperties": {"$ref": "#/$defs/comparison"},
                "minProperties": 1,
                "maxProperties": 1,
            },
        ],
    }  # fmt: skip


def _comparison() -> _Schema:
    one: _Schema = {"type": ["string", "integer", "boolean"]}
    number: _Schema = {"type": "integer"}
    operands: dict[Operator, _Schema] = {
        operator: number if operator.compares_numbers else one for operator in Operator
    }
    operands[Operator.IN] = operands[Operator.NOT_IN] = _values()
    operands[Operator.ANSWERED] = {"type": "boolean"}
    schema = _table({operator.value: operands[operator] for operator in Operator}, required=())
    return {**schema, "minProperties": 1, "maxProperties": 1}


def _table(properties: dict[str, _Schema], *, required: tuple[str, ...]) -> _Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _text(description: str, *, pattern: str | None = None) -> _Schema:
    schema: _Schema = {"type": "string", "description": description}
    return schema if pattern is None else {**schema, "pattern": pattern}


def _words(description: str) -> _Schema:
    schema: _Schema = {"type": "string", "minLength": 1, "maxLength": _MAX_TEXT}
    return {**schema, "description": description} if description else schema


def _whole(description: str, least: int, most: int) -> _Schema:
    return {"type": "integer", "minimum": least, "maximum": most, "description": description}


def _flag(description: str) -> _Schema:
    return {"type": "boolean", "default": False, "description": description}


def _list(description: str, items: _Schema) -> _Schema:
    return {"type": "array", "items": items, "description": description}


def _values() -> _Schema:
    return {"type": "array", "items": {"type": ["string", "integer"]}, "minItems": 1}
