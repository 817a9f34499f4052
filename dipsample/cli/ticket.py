"""``dipsample ticket``."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from dipsample.cli.console import say


@click.command(
    name="ticket",
    short_help="Print the tickets of record ids.",
    epilog="Example: dipsample ticket --seed 76543210987654321098 INC-1 INC-2",
)
@click.option("--seed", required=True, help="The published seed.")
@click.option("--label", default="sample", show_default=True, help="What the tickets decide.")
@click.argument("ids", nargs=-1, required=True, metavar="ID...|-")
def command(seed: str, label: str, ids: tuple[str, ...]) -> None:
    """Print the ticket of each record id, in the order given: ticket, TAB, id.

    A single - reads the ids from standard input, one a line. Sorting the lines by bytes gives
    the order of the draw. The ticket is the SHA-256 of `dipsample-ticket-v1|LABEL|SEED|ID`.
    """
    from sampling.tickets import tickets

    record_ids = _from_stdin() if ids == ("-",) else iter(ids)
    for ticketed in tickets(label, seed, record_ids):
        say(f"{ticketed.ticket}\t{ticketed.record_id}")


def _from_stdin() -> Iterator[str]:
    for raw in sys.stdin.buffer:
        line = raw.decode("utf-8", "surrogateescape")
        yield line.removesuffix("\n").removesuffix("\r")
