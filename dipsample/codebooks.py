"""Codebooks by what a person typed: the name of one that ships, or the path of a file."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from review.codebook import Codebook, builtin_codebook, load_codebook


@dataclass(frozen=True, slots=True)
class Offer:
    """A codebook as it is written, and what a project makes of it."""

    whole: Codebook
    """With every optional question."""
    optional: tuple[str, ...]
    """Ids of the questions that a project may leave out, in order."""
    asked: Codebook
    """With the optional questions that were switched on, and no others."""


def named_codebook(given: str, *, switched_on: Collection[str] = ()) -> Codebook:
    """Return a codebook that ships, or the one in a file.

    Args:
        given: Such as ``da-full``, or a path: what ends in ``.toml`` or holds a slash.
        switched_on: Ids of the optional questions to ask.

    Raises:
        CodebookError: Where there is none, it has faults, or no such optional question.
    """
    if given.endswith(".toml") or "/" in given:
        return load_codebook(Path(given), switched_on=switched_on)
    return builtin_codebook(given, switched_on=tuple(sorted(set(switched_on))))


def offer_of(given: str, *, switched_on: Collection[str] = ()) -> Offer:
    """Return a codebook with all that it offers.

    Args:
        given: As for :func:`named_codebook`.
        switched_on: Ids of the optional questions to ask.

    Raises:
        CodebookError: As :func:`named_codebook`.
    """
    optional = named_codebook(given).offered
    return Offer(
        whole=named_codebook(given, switched_on=optional),
        optional=optional,
        asked=named_codebook(given, switched_on=switched_on),
    )
