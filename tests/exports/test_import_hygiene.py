from __future__ import annotations

import subprocess
import sys

import pytest

_HEAVY = ("openpyxl", "pandas", "numpy", "scipy", "duckdb", "textual", "lxml")


@pytest.mark.parametrize(
    "module", ["exports", "exports.release", "exports.methods", "exports.workbook", "exports.files"]
)
def test_no_heavy_library_is_loaded_until_a_file_is_written(module: str) -> None:
    code = f"import sys, {module}; print([n for n in {_HEAVY!r} if n in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
