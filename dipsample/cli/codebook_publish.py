"""``dipsample codebook publish``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dipsample.cli.console import counted, remark, say, say_wrapped
from dipsample.cli.options import as_option, passphrase_option, project_argument, with_option

if TYPE_CHECKING:
    from review.codebook import Codebook
    from review.revising import Preview


@click.command(
    name="publish",
    short_help="Let a project code with a later version, and say what that costs.",
    epilog="Examples: dipsample codebook publish audit.dip ours-1.1.0.toml --dry-run; "
    'dipsample codebook publish audit.dip ours-1.1.0.toml --reason "C1 was read in two ways"',
)
@project_argument
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--reason", metavar="TEXT", help="Why, in a sentence; printed in the report.")
@click.option(
    "--cosmetic",
    multiple=True,
    metavar="QUESTION",
    help="A question whose new words mean what the old ones did; your word, printed in the report.",
)
@click.option("--dry-run", is_flag=True, help="Print what it would do, and write nothing.")
@click.option(
    "--yes",
    "is_agreed",
    is_flag=True,
    help="Ask nothing; needed where nobody can be asked and there is work or a signature falls.",
)
@with_option
@as_option
@passphrase_option
def command(
    project: Path,
    file: Path,
    reason: str | None,
    cosmetic: tuple[str, ...],
    dry_run: bool,
    is_agreed: bool,
    switched_on: tuple[str, ...],
    name: str | None,
    passphrase_file: Path | None,
) -> None:
    """Publish the codebook FILE as the version that the project codes with from now on.

    The class of each change, the old and new words of each text that changed, the work it makes
    and whether a signature falls are printed first; at a terminal you are then asked. Codings
    carry over with every answer; an answer that may mean something else now is shown filled and
    does not count until its coder confirms it. The version in the file has to be later than any
    before.
    """
    from dipsample.cli.projects import opened
    from dipsample.codebooks import named_codebook
    from dipsample.system import who

    if reason is None and not dry_run:
        raise click.UsageError("Say why with --reason TEXT, or look first with --dry-run.")
    new = named_codebook(str(file.absolute()), switched_on=switched_on)
    with opened(project, passphrase_file, is_read_only=dry_run) as audit:
        before = audit.codebook
        found = audit.preview_codebook(who(name), new, cosmetic=cosmetic)
        if new.sha256 == before.sha256:
            say(f"{project}: codes with {new.id} {new.version} already; nothing was changed")
            return
        print_changes(before, new, found)
        print_words(before, new, cosmetic)
        print_cost(found)
        if dry_run or not (is_agreed or _is_meant(found, cosmetic)):
            remark("Nothing was written.")
            return
        audit.publish_codebook(who(name), new, reason=reason or "", cosmetic=cosmetic, seen=found)
        say(f"{project}: codes with {new.id} {new.version} from now on")


def _is_meant(found: Preview, cosmetic: tuple[str, ...]) -> bool:
    """Ask at a terminal whether words called cosmetic are, and whether to publish.

    Raises:
        RefusedError: Where nobody can be asked, and there is work or a signature falls.
    """
    from dipsample.errors import RefusedError

    if not sys.stdin.isatty():
        if found.undoes:
            raise RefusedError(
                "Publishing this makes work or ends the signature, and nobody can be asked here, "
                "so nothing was written. Read what is printed, and add --yes to publish it."
            )
        return True
    named = ", ".join(cosmetic)
    claim = f"Do the new words of {named} mean what the old ones did?"
    if cosmetic and not click.confirm(claim, err=True):
        return False
    asked = "Type publish to publish this; anything else leaves all as it is"
    typed: str = click.prompt(asked, default="", show_default=False, err=True)
    return typed.strip().casefold() == "publish"


def print_words(old: Codebook, new: Codebook, cosmetic: Sequence[str]) -> None:
    """Print the old and the new words of every text that coders will read otherwise."""
    from review.codebook_changes import reworded

    for step in new.steps:
        before = old.by_id.get(step.id)
        for text in () if before is None else reworded(before, step):
            said = ", called cosmetic" if step.id in cosmetic else ""
            say()
            say(f"{step.id}, {text.what}{said}")
            say_wrapped(f"old: {text.before or '(none)'}", indent=2, hang=7)
            say_wrapped(f"new: {text.after or '(none)'}", indent=2, hang=7)


def print_changes(old: Codebook, new: Codebook, found: Preview) -> None:
    """Print every change with its class."""
    say(f"From {old.id} {old.version} to {new.id} {new.version}:")
    for change in found.changes:
        say(f"  {change.change_class:<9} {change.question or '(all)'}  {change.what}")
    if not found.changes:
        say("  no change but of layout, if any")


def print_cost(found: Preview) -> None:
    """Print what publishing does to codings, cases and the signature: last, above the question."""
    say()
    say(found.sentence)
    if found.waiting:
        say_wrapped(
            f"{counted(found.waiting, 'coding')} handed in before will not count until that is "
            "done, and no interval is given until then."
        )
    if found.leaving:
        say(f"{counted(found.leaving, 'final case is', 'final cases are')} final no more by it.")
    if found.voids_signature:
        say_wrapped(
            "The signature in force becomes void: the findings are provisional until the sample "
            "is signed off again."
        )
    if found.retired:
        say(f"{counted(found.retired, 'answer')} kept and exported, and asked no more.")
