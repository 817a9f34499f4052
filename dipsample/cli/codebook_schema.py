"""``dipsample codebook schema``."""

from __future__ import annotations

import click


@click.command(
    name="schema",
    short_help="Print the JSON Schema of the TOML form, for editors.",
    epilog="Example: dipsample codebook schema > codebook.schema.json",
)
def command() -> None:
    """Print the JSON Schema of the TOML form.

    An editor that reads it completes and checks a codebook while it is typed. The first line
    `#:schema ./codebook.schema.json` tells most of them where it stands. What the questions say
    together is checked by `dipsample codebook check`.
    """
    from review.codebook_schema import schema_text

    click.echo(schema_text(), nl=False)
