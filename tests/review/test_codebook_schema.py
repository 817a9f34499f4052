"""The schema accepts what the reader accepts, and refuses what it calls a fault of shape."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from review.codebook_form import (
    WrittenCodebook,
    WrittenExamples,
    WrittenOption,
    WrittenQuestion,
)
from review.codebook_schema import schema_text

GOOD = Path(__file__).with_name("good-codebook.toml").read_text(encoding="utf-8")
SCHEMA: dict[str, Any] = json.loads(schema_text())
TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "integer": (int,), "boolean": (bool,),
}  # fmt: skip


def fits(schema: Mapping[str, Any], value: Any) -> bool:
    """Check a value by the words of JSON Schema that the schema uses, and no others."""
    return all(_CHECKS[word](schema, operand, value) for word, operand in schema.items())


def _is_of(kinds: str | list[str], value: Any) -> bool:
    wanted = [kinds] if isinstance(kinds, str) else kinds
    return any(
        isinstance(value, TYPES[kind]) and (kind == "boolean") == isinstance(value, bool)
        for kind in wanted
    )


def _members(schema: Mapping[str, Any], value: Any) -> bool:
    known = schema.get("properties", {})
    others = schema.get("additionalProperties", {})
    for name, member in value.items() if isinstance(value, dict) else ():
        if name in known:
            if not fits(known[name], member):
                return False
        elif others is False or not fits(others, member):
            return False
    return True


def _refers(operand: str, value: Any) -> bool:
    return fits(SCHEMA["$defs"][operand.removeprefix("#/$defs/")], value)


_CHECKS: Mapping[str, Any] = {
    "$schema": lambda *_: True,
    "$defs": lambda *_: True,
    "title": lambda *_: True,
    "description": lambda *_: True,
    "default": lambda *_: True,
    "type": lambda _, operand, value: _is_of(operand, value),
    "const": lambda _, operand, value: value == operand and not isinstance(value, bool),
    "enum": lambda _, operand, value: value in operand,
    "pattern": lambda _, operand, value: re.search(operand, value) is not None,
    "minLength": lambda _, operand, value: len(value) >= operand,
    "maxLength": lambda _, operand, value: len(value) <= operand,
    "minimum": lambda _, operand, value: value >= operand,
    "maximum": lambda _, operand, value: value <= operand,
    "minItems": lambda _, operand, value: len(value) >= operand,
    "minProperties": lambda _, operand, value: len(value) >= operand,
    "maxProperties": lambda _, operand, value: len(value) <= operand,
    "required": lambda _, operand, value: isinstance(value, dict) and set(operand) <= set(value),
    "properties": lambda schema, _, value: _members(schema, value),
    "additionalProperties": lambda schema, _, value: _members(schema, value),
    "propertyNames": lambda _, operand, value: all(fits(operand, name) for name in value),
    "items": lambda _, operand, value: all(fits(operand, one) for one in value),
    "not": lambda _, operand, value: not fits(operand, value),
    "oneOf": lambda _, operand, value: sum(fits(one, value) for one in operand) == 1,
    "$ref": lambda _, operand, value: _refers(operand, value),
}


@pytest.mark.parametrize("name", ["da-short", "da-full"])
def test_the_codebooks_that_ship_fit_the_schema(name: str) -> None:
    file = resources.files("review") / "codebooks" / f"{name}.toml"
    assert fits(SCHEMA, tomllib.loads(file.read_text(encoding="utf-8")))


def test_a_small_codebook_with_every_type_and_kind_of_condition_fits() -> None:
    assert fits(SCHEMA, tomllib.loads(GOOD))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("format = 1", "format = 2"),
        ('ask = "First?"', 'ask = "First?"\nhelp = "no such field"'),
        ('{Q1 = {eq = "yes"}}', '{Q1 = {is = "yes"}}'),
        ('no = {key = "n"', 'no = {key = "-"'),
        ('version = "1.0.0"', 'version = "1"'),
        ("window_days = 7", "window_days = -1"),
        ("window_days = 7", "window_days = true"),
        ('id = "Q1"', 'id = "all"'),
        ('ask = "First?"\n', ""),
        ('ask = "First?"', 'ask = "First?"\nderive = {Q2 = {eq = "yes"}}'),
        ('type = "multi"', 'type = "several"'),
        ('{Q1 = {eq = "yes"}}', "{Q1 = {gt = 'two'}}"),
        ('{Q1 = {eq = "yes"}}', '{Q1 = {eq = "yes", ne = "no"}}'),
        ('{Q1 = {eq = "yes"}}', "{all = []}"),
        ('quote_if = {in = ["left"]}', "quote_if = {in = []}"),
    ],
)
def test_what_the_reader_refuses_by_its_shape_does_not_fit_either(right: str, wrong: str) -> None:
    assert right in GOOD
    assert not fits(SCHEMA, tomllib.loads(GOOD.replace(right, wrong, 1)))


def test_the_schema_names_the_fields_that_the_reader_takes() -> None:
    def fields(model: Any) -> set[str]:
        return {field.alias or name for name, field in model.model_fields.items()}

    defined = SCHEMA["$defs"]
    assert set(SCHEMA["properties"]) == fields(WrittenCodebook) | {"answers"}
    question = fields(WrittenQuestion) - {"options"} | {"answers"}
    assert set(defined["question"]["properties"]) == question
    assert set(defined["option"]["properties"]) == fields(WrittenOption) - {"value"}
    assert set(defined["examples"]["properties"]) == fields(WrittenExamples) - {"value"}


def test_every_field_that_a_person_types_is_described() -> None:
    for name in ("option", "question", "examples"):
        for field, schema in SCHEMA["$defs"][name]["properties"].items():
            assert schema.get("description"), (name, field)
