"""The examples of a command's help can be read, and pasted as they stand."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest

from dipsample.cli.examples import shown_examples

if TYPE_CHECKING:
    from tests.cli.conftest import Program

LONG = (
    "Examples: dipsample plan a.dip --size 4; "
    'dipsample draw audit.dip extract.csv --seed 60921108449012345678 --seed-source "ten-sided '
    'dice, two witnesses"'
)


def test_each_example_stands_on_lines_of_its_own_and_means_what_it_did() -> None:
    shown = shown_examples(LONG)
    assert shown is not None
    head, *lines = shown.splitlines()[1:]
    assert head == "Examples:"
    assert lines[0] == "  dipsample plan a.dip --size 4"
    assert max(map(len, lines)) <= 78
    pasted = " ".join(line.removesuffix("\\").strip() for line in lines[1:])
    assert shlex.split(pasted) == shlex.split(LONG.split("; ")[1])


def test_another_end_of_a_help_is_left_as_it_is() -> None:
    assert shown_examples("Exit codes: 0 done; 1 no.") == "Exit codes: 0 done; 1 no."
    assert shown_examples(None) is None


@pytest.mark.parametrize("command", ["plan", "draw", "frame check", "seed commit"])
def test_the_help_shows_them_so(command: str, program: Program) -> None:
    said = program(*command.split(), "--help").stdout
    examples = re.split(r"\n  Examples?:\n", said)
    assert len(examples) == 2
    assert all(line.startswith("    ") for line in examples[1].rstrip().splitlines())
