"""``dipsample seed``."""

from __future__ import annotations

import click

from dipsample.cli.group import LazyGroup, Listed

COMMANDS = {
    "open": Listed("seed_open", "Name the parties that make the seed together."),
    "hash": Listed("seed_hash", "Print the commitment to a contribution."),
    "commit": Listed("seed_commit", "Take in a party's commitment."),
    "reveal": Listed("seed_reveal", "Take in a party's contribution, once all have committed."),
}


@click.group(
    name="seed",
    cls=LazyGroup,
    listed=COMMANDS,
    short_help="Make the seed together, so that no party can choose it.",
)
def command() -> None:
    """Make the seed of a draw together, so that no party can choose it.

    Each party makes a contribution of its own and publishes its SHA-256, the commitment. When all
    are in, every party shows its contribution, and draw takes the seed that they make.
    """
