"""The bytes are the contract: every part of a workbook, kept as text that can be compared.

After a change that was meant, ``DIPSAMPLE_WRITE_GOLDEN=1 pytest tests/exports/test_golden.py``
writes the file again; read the difference before it is committed.
"""

from __future__ import annotations

import os
from difflib import unified_diff
from hashlib import sha256
from pathlib import Path

from exports.release import make_release
from exports.workbook import write_workbook
from tests.exports import builder, linter

GOLDEN = Path(__file__).parents[1] / "golden" / "exports"
HASHED = "xl/theme/theme1.xml"


def as_text(workbook: bytes) -> str:
    parts = []
    for name, content in linter.Package(workbook).parts.items():
        body = content.decode("utf-8").replace("><", ">\n<")
        shown = sha256(content).hexdigest() if name == HASHED else body
        parts.append(f"=== {name}\n{shown}\n")
    return "".join(parts)


def words_of(workbook: bytes) -> list[str]:
    lines = as_text(workbook).splitlines()
    return [line for line in lines if line.startswith(("<t>", "<dc:", "<cp:"))]


def held(name: str, made: str) -> None:
    path = GOLDEN / name
    if os.environ.get("DIPSAMPLE_WRITE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made, encoding="utf-8", newline="\n")
    assert made == path.read_bytes().decode("utf-8")


def test_the_parts_of_the_workbook_are_those_that_were_agreed(workbook: bytes) -> None:
    held("workbook.txt", as_text(workbook))


def test_a_workbook_of_an_earlier_codebook_differs_where_it_says_so(workbook: bytes) -> None:
    earlier = write_workbook(make_release(builder.request(ended=builder.ended())))
    files = words_of(workbook), words_of(earlier)
    changes = unified_diff(*files, "in force", "earlier", lineterm="", n=0)
    held("earlier-codebook.diff", "\n".join(changes) + "\n")
