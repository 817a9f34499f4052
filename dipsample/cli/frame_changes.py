"""What a frame that is committed anew changes, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sampling.frame import Frame, FrameSpec

_WORDS: Final = {
    "id_column": "column of ids",
    "strata_columns": "strata",
    "keep": "kept columns",
    "record": "record columns",
    "quasi": "columns that could single a person out",
    "only": "records left out",
    "accept": "accepted faults",
}


def changes_of(earlier: Frame, frame: Frame) -> Iterator[str]:
    """Yield what a frame has otherwise than the one before it; nothing where both are the same."""
    if earlier.records != frame.records:
        yield f"{frame.records:,} records, not {earlier.records:,}"
    if earlier.spec is not None and frame.spec is not None:
        yield from _otherwise(earlier.spec, frame.spec)
    if earlier.fingerprint != frame.fingerprint:
        yield f"another fingerprint, not {earlier.fingerprint[:12]}..."


def _otherwise(earlier: FrameSpec, spec: FrameSpec) -> Iterator[str]:
    old, new = earlier.model_dump(mode="json"), spec.model_dump(mode="json")
    for name in new:
        if old.get(name) != new[name]:
            words = _WORDS.get(name, name.replace("_", " "))
            yield f"{words} {_in_words(new[name])}, not {_in_words(old.get(name))}"


def _in_words(value: object) -> str:
    """Return columns by name; the rest, such as a rule, as it stands."""
    if isinstance(value, list):
        return ", ".join(_in_words(one) for one in value) or "none"
    if isinstance(value, dict):
        return " ".join(_in_words(one) for one in value.values())
    return "none" if value is None or value == "" else str(value)
