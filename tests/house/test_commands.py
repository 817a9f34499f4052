"""The help is a table; the commands behind it say the same."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

import click
import pytest

from dipsample.cli.group import COMMANDS, LazyGroup, Listed, cli
from scripts.command_table import END, START, command_table

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r"^```(?:sh|bash|console)\n(.*?)^```", re.M | re.S)
PROGRAM = re.compile(r"(?:\$ )?(?:\S*/)?dipsample (.*)")


def every_command(
    table: Mapping[str, Listed] = COMMANDS, before: str = ""
) -> Iterator[tuple[str, Listed, click.Command]]:
    """Yield every command with its full name, those of groups after their group."""
    for name, listed in table.items():
        module = import_module(f"dipsample.cli.{listed.module}")
        yield before + name, listed, module.command
        if isinstance(module.command, LazyGroup):
            yield from every_command(module.COMMANDS, f"{before}{name} ")


def test_the_table_of_the_help_is_each_commands_own_help() -> None:
    for name, listed, command in every_command():
        assert command.short_help == listed.help, name
        assert command.name == name.split()[-1]


def test_help_lists_exactly_the_commands_that_load() -> None:
    modules = {path.stem for path in (ROOT / "dipsample" / "cli").glob("[a-z]*.py")}
    with_command = {
        name
        for name in modules
        if isinstance(getattr(import_module(f"dipsample.cli.{name}"), "command", 0), click.Command)
    }
    assert with_command == {listed.module for _, listed, _ in every_command()}
    context = click.Context(cli)
    assert cli.list_commands(context) == list(COMMANDS)
    assert all(cli.get_command(context, name) is not None for name in COMMANDS)


def test_every_command_shows_an_example_that_parses() -> None:
    for name, _, command in every_command():
        if isinstance(command, LazyGroup):
            continue
        examples = re.findall(r"dipsample (.+?)(?:;|$)", command.epilog or "")
        assert examples, name
        for example in examples:
            assert example.startswith(name), example
            parsed(example)


def parsed(line: str) -> None:
    """Parse a command line as the program does, without running it or touching a file."""
    words = shlex.split(line, comments=True)
    for stop in (">", ">>", "|", "<", "&&", ";"):
        words = words[: words.index(stop)] if stop in words else words
    group: click.Command = cli
    context = click.Context(cli)
    while isinstance(group, LazyGroup):
        while words and words[0] in ("--quiet", "--debug", "--no-color", "-q"):
            words.pop(0)
        if not words or words[0] in ("--help", "-h", "--version"):
            return
        found = group.get_command(context, words[0])
        if found is None and words[0].endswith(".dip") and group is cli:
            found, words = group.get_command(context, "open"), ["open", *words]
        assert found is not None, line
        group, words = found, words[1:]
    options, left, _ = group.make_parser(click.Context(group)).parse_args(args=words)
    wanted = [one for one in group.params if isinstance(one, click.Argument)]
    assert not left, f"{line}: {left}"
    assert all(options.get(one.name or "") for one in wanted if one.required), line
    assert all(options.get(one.name or "") for one in group.params if one.required), line


def commands_of(page: Path) -> Iterator[str]:
    for block in CODE.findall(page.read_text(encoding="utf-8")):
        for line in block.replace("\\\n", " ").splitlines():
            if found := PROGRAM.fullmatch(line.strip()):
                yield found[1]


@pytest.mark.parametrize("page", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))])
def test_every_command_of_the_documents_parses(page: Path) -> None:
    for line in commands_of(page):
        parsed(line)


def test_the_readme_shows_the_whole_job() -> None:
    shown = {line.split()[0] for line in commands_of(ROOT / "README.md")}
    assert shown >= {"init", "frame", "plan", "draw", "assign", "code", "findings", "export"}
    with pytest.raises((AssertionError, click.UsageError)):
        parsed("plan audit.dip --sise 400")


def test_the_readme_lists_every_command_in_the_order_of_the_job() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme.split(START)[1].split(END)[0] == command_table()


def test_the_readme_has_no_wide_line_outside_its_tables() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if len(line) > 100 and not line.startswith("|")] == []
