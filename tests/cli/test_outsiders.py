"""What an outsider does with sha256sum and a shell, run for real beside the commands."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from sampling.shell import fingerprint_lines, redraw_lines
from sampling.tickets import SPEC

if TYPE_CHECKING:
    from tests.cli.conftest import Job, Program

SEED = "60921108449012345678"
AWKWARD = ["plain-1", "id|with|pipes", "back\\slash", "%s %d", "Zoë-7", "東京-九", "-n"]


def test_tickets_from_stdin_are_what_sha256sum_prints(program: Program) -> None:
    said = program.apart("ticket", "--seed", SEED, "-", stdin="\n".join(AWKWARD).encode() + b"\n")
    expected = []
    for record_id in AWKWARD:
        hashed = subprocess.run(
            ["sha256sum"],
            input=f"{SPEC}|sample|{SEED}|{record_id}".encode(),
            capture_output=True,
            check=True,
        )
        expected.append(f"{hashed.stdout[:64].decode()}\t{record_id}")
    assert said.lines == expected


def test_tickets_of_words_keep_their_order_and_take_a_label(program: Program) -> None:
    by_words = program("ticket", "--seed", SEED, "--label", "assign", "b", "a")
    by_stdin = program("ticket", "--seed", SEED, "--label", "assign", "-", stdin=b"b\r\na\n")
    assert by_words.stdout == by_stdin.stdout
    assert [line.split("\t")[1] for line in by_words.lines] == ["b", "a"]


def test_an_id_that_no_frame_could_hold_gets_no_ticket(program: Program) -> None:
    for stdin in (b"\xff\n", b"a\tb\n", b"\n"):
        assert "id number 1" in program("ticket", "--seed", SEED, "-", stdin=stdin, code=3).sentence
    assert "20 to 128" in program("ticket", "--seed", "7", "a", code=3).sentence


@pytest.mark.parametrize("shell", ["sh", "bash"])
def test_the_shell_lines_draw_the_sample_of_a_stratum_again(drawn: Job, shell: str) -> None:
    assert shutil.which(shell), f"{shell} is missing on this machine"
    stratum = "Central West"
    lines = fingerprint_lines() + redraw_lines(SEED, stratum, records=6)
    done = subprocess.run(
        [shell],
        input=lines.encode(),
        cwd=drawn.folder,
        capture_output=True,
        check=True,
    )
    fingerprint, *redrawn = done.stdout.decode().splitlines()
    assert f"fingerprint {fingerprint[:64]}" in drawn.printed["frame commit"].stdout
    rows = drawn.program("cases", "audit.dip", "--format", "csv").rows
    sample = sorted(
        (int(row["rank"]), f"{row['ticket']}\t{row['record_id']}")
        for row in rows
        if row["stratum"] == stratum and row["role"] == "sample"
    )
    assert redrawn == [line for _, line in sample]
    assert len(redrawn) == 6


def test_a_nonce_is_a_line_of_the_frame_that_outsiders_hash_too(
    drawn: Job, copy_of: Callable[[Job], Program]
) -> None:
    run = copy_of(drawn)
    run("init", "hidden.dip", "--title", "t", "--unencrypted")
    words = ("frame", "commit", "hidden.dip", "extract.csv", "--id", "incident_id", "--nonce")
    said = run(*words, "--write-frame", "hidden.tsv")
    hashed = subprocess.run(
        ["sh", "-c", "LC_ALL=C sort hidden.tsv | sha256sum"],
        cwd=run.folder,
        capture_output=True,
        check=True,
    ).stdout.decode()
    assert f"fingerprint {hashed[:64]}" in said.stdout
    assert hashed[:64] not in drawn.printed["frame commit"].stdout
    assert "#nonce" in (run.folder / "hidden.tsv").read_text("utf-8")
