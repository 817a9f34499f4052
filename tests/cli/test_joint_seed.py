"""A seed of several parties, by the commands: no contribution stands on a command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Program

SHOWN = {"force": b"60921108449012345678\n", "charity": b"1f7c0be2a96d4853aa01\n"}
EXTRACT = "id,area\n" + "".join(f"r{n:02d},{'ab'[n % 2]}\n" for n in range(40))


def planned(run: Program) -> Program:
    (run.folder / "extract.csv").write_text(EXTRACT, encoding="utf-8")
    run("init", "audit.dip", "--title", "t", "--unencrypted")
    run("frame", "commit", "audit.dip", "extract.csv", "--id", "id", "--keep", "area")
    run("plan", "audit.dip", "--size", 10)
    return run


def committed(run: Program) -> Program:
    planned(run)("seed", "open", "audit.dip", "--parties", "force,charity")
    for party, contribution in SHOWN.items():
        commitment = run("seed", "hash", stdin=contribution).lines[0]
        run("seed", "commit", "audit.dip", "--party", party, "--commitment", commitment)
    return run


def test_parties_commit_then_show_and_the_draw_takes_the_seed_that_they_make(
    program: Program,
) -> None:
    run = committed(program)
    for party, contribution in SHOWN.items():
        shown = run("seed", "reveal", "audit.dip", "--party", party, stdin=contribution)
    seed = shown.lines[0].removeprefix("seed ")
    assert len(seed) == 64
    run("draw", "audit.dip", "extract.csv")
    log = run("log", "audit.dip", "--format", "csv").stdout
    assert "took in the contribution of charity" in log
    assert run("verify", "audit.dip", "extract.csv").lines
    rows = run("cases", "audit.dip", "--format", "csv").rows
    first = run("ticket", "--seed", seed, rows[0]["record_id"]).lines[0]
    assert first.startswith(rows[0]["ticket"])


def test_another_seed_is_refused_while_parties_make_one(program: Program) -> None:
    run = committed(program)
    typed = ("--seed", "76543210987654321098", "--seed-source", "dice")
    refused = run("draw", "audit.dip", "extract.csv", *typed, code=5)
    assert "Several parties" in refused.sentence
    assert run("draw", "audit.dip", "extract.csv", code=2)


def test_a_wrong_contribution_is_refused_and_not_repeated(program: Program) -> None:
    run = committed(program)
    wrong = run("seed", "reveal", "audit.dip", "--party", "force", stdin=b"1" * 30 + b"\n", code=5)
    assert "1" * 20 not in wrong.stderr


def test_a_draw_takes_the_throws_of_a_die(program: Program) -> None:
    run = planned(program)
    thrown = ("--dice", "6 0 9 2 1 1 0 8 4 4 9 0 1 2 3 4 5 6 7 8", "--seed-source", "two witnesses")
    assert "10 records drawn" in run("draw", "audit.dip", "extract.csv", *thrown).stdout


def test_a_draw_without_a_seed_says_what_would_do(program: Program) -> None:
    refused = planned(program)("draw", "audit.dip", "extract.csv", code=2)
    assert "--dice" in refused.stderr


def test_a_joint_seed_given_up_late_is_told_by_verify_and_by_the_record(program: Program) -> None:
    run = committed(program)
    run("seed", "reveal", "audit.dip", "--party", "force", stdin=SHOWN["force"])
    run("seed", "open", "audit.dip", "--parties", "force,court")
    run("seed", "open", "audit.dip", "--parties", "force,charity")
    for party, contribution in SHOWN.items():
        commitment = run("seed", "hash", stdin=contribution).lines[0]
        run("seed", "commit", "audit.dip", "--party", party, "--commitment", commitment)
    for party, contribution in SHOWN.items():
        run("seed", "reveal", "audit.dip", "--party", party, stdin=contribution)
    run("draw", "audit.dip", "extract.csv")
    run("draw-record", "audit.dip", "draw-record.txt")
    for file in ("audit.dip", "draw-record.txt"):
        assert "had been shown: 1" in run("verify", file, "extract.csv").stdout
