"""Findings over a frame that may still grow: they speak of the records listed so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from review.finding import Finding

FRAME_OPEN: Final = "frame-open"
"""The frame may still grow: the figure is about the records listed so far, and is not final."""


def so_far(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings marked as speaking of the records listed so far."""
    return tuple(replace(one, flags=(*one.flags, FRAME_OPEN)) for one in findings)
