"""A writer is killed at any moment: what it was told is stored is there afterwards."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from dipsample.store import Project, create, open_store

MOMENT = "2025-03-31T09:00:00Z"
WRITER = Path(__file__).with_name("writer.py")


def run_until_killed(path: Path, stream: str, after_lines: int) -> list[str]:
    """Let a writer acknowledge some events, kill it, and return what it acknowledged."""
    command = [sys.executable, str(WRITER), str(path), stream]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        lines = [writer.stdout.readline() for _ in range(after_lines)]
        writer.send_signal(signal.SIGKILL)
        lines += writer.stdout.readlines()
    assert writer.returncode == -signal.SIGKILL
    return [line.strip() for line in lines if line.endswith("\n")]


def check(path: Path, acknowledged: list[str], killed: int) -> None:
    with closing(open_store(path, passphrase=None)) as store:
        verdict = store.verify()
        assert verdict.problem is None
        hashes = [event.hash for event in store.events()]
        assert set(acknowledged) <= set(hashes)
        assert len(hashes) - len(acknowledged) <= killed * 3
        assert len(hashes) % 3 == 0, "a command of three events is stored whole or not at all"
        assert len(store.cases()) == len(hashes) // 3
        assert store.digest() == verdict.digest
    with closing(open_store(path, passphrase=None)) as store:
        assert store.digest() == verdict.digest


def kill_again_and_again(path: Path, rounds: int) -> None:
    project = Project(id="a" * 32, created=MOMENT)
    create(path, passphrase=None, project=project).close()
    acknowledged: list[str] = []
    for number in range(rounds):
        acknowledged += run_until_killed(path, f"writer.{number % 3}", 3 + 7 * number % 20)
        check(path, acknowledged, number + 1)
    assert len(acknowledged) > rounds


def test_three_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    kill_again_and_again(tmp_path / "audit.dip", 3)


@pytest.mark.faults
def test_thirty_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    kill_again_and_again(tmp_path / "audit.dip", 30)


@pytest.mark.faults
def test_a_killed_init_leaves_no_half_project(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from dipsample.store import Project, create\n"
        "print('ready', flush=True)\n"
        "number = 0\n"
        "while True:\n"
        "    project = Project(id=f'{number:032x}'[::-1], created='2025-03-31T09:00:00Z')\n"
        "    path = Path(sys.argv[1]) / f'{number}.dip'\n"
        "    create(path, passphrase=None, project=project).close()\n"
        "    number += 1\n"
    )
    for number in range(10):
        folder = tmp_path / str(number)
        folder.mkdir()
        command = [sys.executable, "-c", script, str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as maker:
            assert maker.stdout is not None
            maker.stdout.readline()
            with pytest.raises(subprocess.TimeoutExpired):
                maker.wait(timeout=0.02 + number * 0.007)
            maker.kill()
        for path in folder.glob("[0-9]*.dip"):
            open_store(path, passphrase=None).close()
