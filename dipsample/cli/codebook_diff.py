"""``dipsample codebook diff``."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from dipsample.cli.console import Format, say, say_json, say_table
from dipsample.cli.options import format_option

if TYPE_CHECKING:
    from dipsample.codebooks import Offer
    from review.codebook import Codebook
    from review.codebook_diff import Change

COLUMNS = ("class", "question", "change", "confirm_again", "effect")


@click.command(
    name="diff",
    short_help="Say what a new version does to existing codings.",
    epilog="Examples: dipsample codebook diff ours-1.0.0.toml ours-1.1.0.toml; "
    "dipsample codebook diff da-short da-full",
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@format_option
def command(old: str, new: str, layout: Format) -> None:
    """Print each change from OLD to NEW with its class and what it does to existing codings.

    OLD and NEW are da-short, da-full or TOML files. The class is computed: cosmetic and additive
    changes leave answers as they are, a change of meaning asks for them to be confirmed again, a
    removal keeps them and asks no more. Any change of a word that a coder reads counts as one of
    meaning. Optional questions are compared as if they were asked.
    """
    from dipsample.codebooks import offer_of
    from review.codebook_diff import diff_codebooks

    before, after = offer_of(old), offer_of(new)
    changes = diff_codebooks(
        before.whole,
        after.whole,
        old_optional=frozenset(before.optional),
        new_optional=frozenset(after.optional),
    )
    match layout:
        case Format.JSON:
            say_json(_as_json(before, after, changes))
        case Format.CSV:
            say_table(COLUMNS, [_cells(change) for change in changes], layout=layout)
        case Format.TEXT:
            _print(before.whole, after.whole, changes)


def _cells(change: Change) -> tuple[str, ...]:
    reaches = " ".join(change.reaches)
    return (change.change_class, change.question, change.what, reaches, change.effect)


def _counts(changes: tuple[Change, ...]) -> dict[str, int]:
    from review.codebook_diff import ChangeClass

    counts = Counter(change.change_class for change in changes)
    return {one.value: counts[one] for one in ChangeClass}


def _as_json(before: Offer, after: Offer, changes: tuple[Change, ...]) -> dict[str, object]:
    from review.codebook_diff import is_comparable

    return {
        "old": _head(before),
        "new": _head(after),
        "comparable": is_comparable(changes),
        "counts": _counts(changes),
        "changes": [
            {
                "class": change.change_class.value,
                "question": change.question or None,
                "change": change.what,
                "confirm_again": list(change.reaches),
                "effect": change.effect,
            }
            for change in changes
        ],
    }


def _head(offer: Offer) -> dict[str, str]:
    codebook = offer.asked
    return {"id": codebook.id, "version": codebook.version, "sha256": codebook.sha256}


def _print(before: Codebook, after: Codebook, changes: tuple[Change, ...]) -> None:
    from review.codebook_diff import is_comparable

    say(f"From {before.id} {before.version} to {after.id} {after.version}:")
    if not changes:
        say("no change but of layout, if any.")
        return
    say(", ".join(f"{number} {name}" for name, number in _counts(changes).items()))
    say()
    rows = [(one.change_class, one.question or "(all)", one.what) for one in changes]
    width = max(len(question) for _, question, _ in rows)
    for change, (name, question, what) in zip(changes, rows, strict=True):
        say(f"{name:<9} {question:<{width}}  {what}")
        say(f"{'':<9} {'':<{width}}  {change.effect}")
    say()
    say(
        "Codings made with either can be counted together."
        if is_comparable(changes)
        else "Codings made with the old one cannot be counted with new ones as they are."
    )
