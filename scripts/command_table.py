"""Write the table of all commands into the README, between its markers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from dipsample.cli.group import LazyGroup, cli

START, END = "<!-- commands -->\n", "<!-- /commands -->"


def rows(group: click.Group, lead: str) -> Iterator[tuple[str, str]]:
    """Yield every command with its own short help, in the order of the job."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, LazyGroup):
            yield from rows(command, f"{lead}{name} ")
        elif command is not None:
            yield f"{lead}{name}", command.get_short_help_str(200)


def command_table() -> str:
    """Return the table as Markdown."""
    lines = ["| command | does |", "|---|---|"]
    lines += [f"| `{name}` | {said} |" for name, said in rows(cli, "")]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Replace what stands between the markers."""
    readme = Path(__file__).resolve().parents[1] / "README.md"
    before, rest = readme.read_text(encoding="utf-8").split(START)
    _, after = rest.split(END)
    readme.write_text(before + START + command_table() + END + after, encoding="utf-8")


if __name__ == "__main__":
    main()
