"""The bytes are the contract: every part of a workbook, kept as text that can be compared.

After a change that was meant, ``DIPSAMPLE_WRITE_GOLDEN=1 pytest tests/exports/test_golden.py``
writes the file again; read the difference before it is committed.
"""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from tests.exports import linter

GOLDEN = Path(__file__).parents[1] / "golden" / "exports" / "workbook.txt"
HASHED = "xl/theme/theme1.xml"


def as_text(workbook: bytes) -> str:
    parts = []
    for name, content in linter.Package(workbook).parts.items():
        body = content.decode("utf-8").replace("><", ">\n<")
        shown = sha256(content).hexdigest() if name == HASHED else body
        parts.append(f"=== {name}\n{shown}\n")
    return "".join(parts)


def test_the_parts_of_the_workbook_are_those_that_were_agreed(workbook: bytes) -> None:
    made = as_text(workbook)
    if os.environ.get("DIPSAMPLE_WRITE_GOLDEN"):
        GOLDEN.parent.mkdir(parents=True, exist_ok=True)
        GOLDEN.write_text(made, encoding="utf-8", newline="\n")
    assert made == GOLDEN.read_bytes().decode("utf-8")
