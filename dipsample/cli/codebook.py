"""``dipsample codebook``."""

from __future__ import annotations

import click

from dipsample.cli.group import LazyGroup, Listed

COMMANDS = {
    "show": Listed("codebook_show", "Print the questions with their keys and definitions."),
    "check": Listed("codebook_check", "Say everything that is wrong with a codebook."),
    "diff": Listed("codebook_diff", "Say what a new version does to existing codings."),
    "publish": Listed(
        "codebook_publish", "Let a project code with a later version, and say what that costs."
    ),
    "versions": Listed(
        "codebook_versions", "List the versions of a project and the codings on each."
    ),
    "export": Listed("codebook_export", "Write a codebook as a form for ODK, Kobo or REDCap."),
    "import": Listed("codebook_import", "Read a form of ODK, Kobo or REDCap as a codebook."),
    "schema": Listed("codebook_schema", "Print the JSON Schema of the TOML form, for editors."),
}


@click.group(
    name="codebook",
    cls=LazyGroup,
    listed=COMMANDS,
    short_help="Show, check, compare, publish, export and import codebooks.",
)
def command() -> None:
    """Show, check, compare, publish, export and import codebooks.

    A codebook is a TOML file. Two of them ship, da-short and da-full.
    """
