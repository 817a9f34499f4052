"""``dipsample seed hash``."""

from __future__ import annotations

import sys

import click

from dipsample.cli.console import say


@click.command(
    name="hash",
    short_help="Print the commitment to a contribution.",
    epilog="Example: dipsample seed hash < contribution.txt",
)
def command() -> None:
    """Print the SHA-256 of a contribution, read from a prompt or from standard input.

    It never stands on the command line, which other people of the machine can read. The same
    without dipsample: printf %s CONTRIBUTION | sha256sum
    """
    from sampling.joint_seed import commitment_of

    say(commitment_of(read_contribution()))


def read_contribution() -> str:
    """Return a contribution typed unseen, or the first line of standard input."""
    if sys.stdin.isatty():
        typed = click.prompt("Contribution (not shown)", hide_input=True, err=True)
        assert isinstance(typed, str)  # noqa: S101  what a prompt without a type returns
        return typed
    return sys.stdin.readline().rstrip("\r\n")
