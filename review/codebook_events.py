"""What happens to codebooks and to codings under a new one: the facts that the log keeps."""

from __future__ import annotations

from typing import Literal

from sampling.recorded import Recorded, Row


class CodebookRevised(Recorded):
    """The supervisor published a new version of the project's codebook."""

    v: Literal[1] = 1
    id: str
    version: str
    sha256: str
    body: str
    """The canonical JSON of the codebook."""
    parent_sha256: str
    """The version that it follows."""
    reason: str
    cosmetic: Row[str] = ()
    """Questions whose new words mean what the old ones did, as the publisher says."""


class CodingCarriedOver(Recorded):
    """A coder took a coding up under a later version; every answer came with it."""

    v: Literal[1] = 1
    codebook_sha256: str
    confirm: Row[str] = ()
    """Questions whose answer does not count until its coder confirms it."""
    answer: Row[str] = ()
    """Questions that are asked now, and have no answer yet."""


class AnswerConfirmed(Recorded):
    """A coder confirmed an answer that was carried over from an earlier version."""

    v: Literal[1] = 1
    question: str
    value: Row[str]
