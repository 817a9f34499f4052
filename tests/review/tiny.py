"""The head of a small codebook: what tests that write one of their own begin with."""

from __future__ import annotations

from typing import Final

HEAD: Final = """
format = 1
id = "tiny"
version = "1.0.0"
window_days = 7
[answers.ynu]
yes = {key = "y", label = "Yes"}
no = {key = "n", label = "No"}
cannot_determine = {key = "u", label = "Cannot be determined", missing = true}
"""
"""With the answers ``ynu``; questions, and further answers before them, follow."""
