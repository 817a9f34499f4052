"""The printed shell lines, really run, against the order worked out with hashlib."""

from __future__ import annotations

import shutil
import subprocess
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from sampling.errors import PlanError, TicketError
from sampling.plan import Allocation, Plan, PlannedStratum
from sampling.shell import fingerprint_lines, project_lines, redraw_lines
from sampling.tickets import tickets

SEED = "76543210987654321098"
NONCE = "00112233445566778899aabbccddeeff" * 2

AWKWARD_IDS = [
    "plain-1",
    "case 42",
    "two  spaces",
    "id|with|pipes",
    "back\\slash",
    "\\n not a newline \\t",
    "-n",
    "-e x",
    "%s %d %%",
    "$HOME `date` $(date)",
    "'single' \"double\"",
    "* ? [a-z]",
    "#nonce-like",
    "Zoë-7",
    "東京-九",
    "\U0001f600 emoji",
    "é" * 100,
]
AWKWARD_STRATA = [
    "Brent",
    "two suspects / no arrest",
    "it's",
    "$(touch owned)",
    "; touch owned",
    "back\\slash",
    "!",
    "(",
    "-n",
    "=",
    "Łódź",
]


@pytest.fixture(params=["dash", "bash", "sh"])
def shell(request: pytest.FixtureRequest) -> str:
    name = str(request.param)
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"the shell {name} is not on this machine")
    return found


def run(shell: str, lines: str, folder: Path) -> str:
    result = subprocess.run(
        [shell, "-eu", "-c", lines], cwd=folder, capture_output=True, check=True
    )
    assert result.stderr == b""
    return result.stdout.decode("utf-8")


def write_frame(folder: Path, rows: dict[str, str], *, name: str = "frame.tsv") -> bytes:
    """Write the lines of a frame, unsorted on purpose, and return them sorted."""
    lines = [f"{record_id}\t{stratum}\n".encode() for record_id, stratum in rows.items()]
    (folder / name).write_bytes(b"".join(reversed(lines)))
    return b"".join(sorted(lines))


@pytest.mark.parametrize("stratum", AWKWARD_STRATA)
def test_the_shell_draws_what_the_tickets_say(shell: str, stratum: str, tmp_path: Path) -> None:
    rows = dict.fromkeys(AWKWARD_IDS, stratum) | {"elsewhere": "other", "#nonce": NONCE}
    write_frame(tmp_path, rows)
    printed = run(shell, redraw_lines(SEED, stratum, records=9), tmp_path)
    expected = sorted(tickets("sample", SEED, AWKWARD_IDS))[:9]
    assert printed == "".join(f"{row.ticket}\t{row.record_id}\n" for row in expected)
    assert not (tmp_path / "owned").exists()


def test_the_shell_prints_the_whole_stratum_where_more_is_asked_for(
    shell: str, tmp_path: Path
) -> None:
    write_frame(tmp_path, dict.fromkeys(AWKWARD_IDS, "all"))
    printed = run(shell, redraw_lines(SEED, "all", records=99, label="qa"), tmp_path)
    expected = sorted(tickets("qa", SEED, AWKWARD_IDS))
    assert [line.split("\t")[1] for line in printed.splitlines()] == [
        row.record_id for row in expected
    ]


@pytest.mark.parametrize("name", ["frame.tsv", "-r frame's $(touch owned).tsv"])
def test_the_shell_prints_the_fingerprint(shell: str, name: str, tmp_path: Path) -> None:
    rows = dict.fromkeys(AWKWARD_IDS, AWKWARD_STRATA[0]) | {"#nonce": NONCE}
    lines = write_frame(tmp_path, rows, name=name)
    printed = run(shell, fingerprint_lines(name), tmp_path)
    assert printed.split() == [sha256(lines).hexdigest(), "-"]
    drawn = run(shell, redraw_lines(SEED, "Brent", records=1, frame_file=name), tmp_path)
    assert drawn.count("\n") == 1
    assert not (tmp_path / "owned").exists()


def test_the_published_fingerprint_and_sample_come_out_of_the_shell(
    shell: str, tmp_path: Path
) -> None:
    rows = {"INC-3": "Brent", "INC-1": "Camden", "INC-10": "Brent", "INC-2": "Brent"}
    write_frame(tmp_path, rows)
    assert run(shell, fingerprint_lines(), tmp_path).startswith(
        "98eba9284367641d25f613d06a88753b6a32d95947ab54a6eabdb12c1094ec96 "
    )
    drawn = run(shell, redraw_lines(SEED, "Brent", records=2), tmp_path)
    assert [line.split("\t")[1] for line in drawn.splitlines()] == ["INC-10", "INC-2"]


def test_the_lines_of_a_project_check_its_fingerprint_and_one_stratum(
    shell: str, tmp_path: Path
) -> None:
    rows = {"INC-3": "Brent", "INC-1": "Camden", "INC-10": "Brent", "INC-2": "Brent"}
    fingerprint = sha256(write_frame(tmp_path, rows)).hexdigest()
    plan = Plan(
        frame_fingerprint=fingerprint,
        allocation=Allocation.PROPORTIONAL,
        minimum=2,
        confidence=Decimal("0.95"),
        margin=None,
        expected=None,
        strata=(
            PlannedStratum(name="Brent", population=3, sample=2, reserve=1),
            PlannedStratum(name="Camden", population=1, sample=1, reserve=0),
        ),
    )
    for stratum, drawn in ((None, ["INC-10", "INC-2"]), ("Camden", ["INC-1"])):
        lines = project_lines(plan, SEED, stratum=stratum)
        assert f"# prints {fingerprint}\n" in lines
        printed = run(shell, lines, tmp_path).splitlines()
        assert printed[0].split()[0] == fingerprint
        assert [line.split("\t")[1] for line in printed[1:]] == drawn
    with pytest.raises(PlanError, match="no stratum of this name"):
        project_lines(plan, SEED, stratum="Ely")


def test_what_the_specification_refuses_never_reaches_a_shell() -> None:
    for stratum in ("", " padded", "two\nlines", "#nonce"):
        with pytest.raises(TicketError, match="cannot be in a frame"):
            redraw_lines(SEED, stratum, records=1)
    with pytest.raises(TicketError):
        redraw_lines("too short", "all", records=1)
    with pytest.raises(TicketError):
        redraw_lines(SEED, "all", records=1, label="$(x)")
