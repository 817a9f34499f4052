"""What is said when a step is taken twice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Program


def test_a_frame_or_plan_that_is_committed_already_is_said_to_be_so(
    program: Program, tmp_path: Path
) -> None:
    extract = tmp_path / "extract.csv"
    extract.write_text("id,area\n" + "".join(f"r-{n},a\n" for n in range(40)), encoding="utf-8")
    program("init", "audit.dip", "--title", "t", "--unencrypted")
    for command in (
        ("frame", "commit", "audit.dip", extract, "--id", "id"),
        ("plan", "audit.dip", "--size", "10"),
    ):
        assert "already" not in program(*command).stderr
        assert "nothing was written" in program(*command).stderr
