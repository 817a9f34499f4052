"""Later versions of da-short: written, published, and every answer confirmed under them."""

from __future__ import annotations

import os
from importlib import resources
from pathlib import Path
from unittest.mock import patch

from dipsample.opening import open_audit
from tests.cli.conftest import Program


def later(folder: Path, number: str = "1.1.0", *changes: tuple[str, str]) -> Path:
    """Write da-short with another number, and with these words replaced."""
    shipped = (resources.files("review") / "codebooks" / "da-short.toml").read_text("utf-8")
    text = shipped.replace('version = "1.0.0"', f'version = "{number}"', 1)
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = folder / f"later-{number}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def asking(words: str) -> tuple[str, str]:
    return ('ask = "How many DIFFERENT people were arrested?"', f'ask = "{words}"')


def publish(run: Program, number: str, ask: str, *words: str) -> None:
    """Publish da-short with another number and other words of A2."""
    path = later(run.folder, number, asking(ask))
    run("codebook", "publish", "audit.dip", path, "--yes", "--reason", "read in two ways", *words)


def confirm_everything(run: Program) -> None:
    """Let both coders confirm what they have to, and hand their cases in again.

    From the device that the commands write from: within one second nothing else tells in which
    order two devices of one person wrote.
    """
    with patch.dict(os.environ, run.environment, clear=True):
        audit = open_audit(run.folder / "audit.dip")
    for name in ("amber", "birch"):
        for item in audit.queue(name):
            if item.to_confirm:
                audit.open_case(name, item.case_id)
                audit.confirm_answer(name, item.case_id, "A2")
                audit.submit(name, item.case_id)
    audit.close()
