"""``dipsample codings``."""

from __future__ import annotations

import click

from dipsample.cli.group import LazyGroup, Listed

COMMANDS = {
    "import": Listed("codings_import", "Take in a CSV of codings, all of it or nothing."),
}


@click.group(
    name="codings",
    cls=LazyGroup,
    listed=COMMANDS,
    short_help="Take in codings made elsewhere.",
)
def command() -> None:
    """Take in codings made elsewhere."""
