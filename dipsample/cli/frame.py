"""``dipsample frame``."""

from __future__ import annotations

import click

from dipsample.cli.group import LazyGroup, Listed

COMMANDS = {
    "check": Listed("frame_check", "Say what an extract holds and what is wrong with it."),
    "commit": Listed("frame_commit", "Fix which records can be drawn, with a fingerprint."),
}


@click.group(
    name="frame",
    cls=LazyGroup,
    listed=COMMANDS,
    short_help="Check an extract, and commit it as the frame.",
)
def command() -> None:
    """Check an extract, and commit it as the frame of a project."""
