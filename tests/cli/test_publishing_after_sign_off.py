"""Publishing over a signed audit: rework and signature are said, and nobody does it unseen."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dipsample.cli.run import run as start
from dipsample.codebooks import named_codebook
from dipsample.errors import RefusedError
from dipsample.opening import open_audit
from tests.cli.later_versions import asking, later
from tests.cli.test_codebook_publish import Terminal

if TYPE_CHECKING:
    from tests.cli.conftest import Job, Program

Copy = Callable[["Job"], "Program"]
WHY = ("--reason", "was read in two ways")


@pytest.fixture
def signed(coded: Job, copy_of: Copy) -> Program:
    run = copy_of(coded)
    run("sign-off", "audit.dip", "--statement", "Read and found in order.")
    return run


def reworded(run: Program, number: str = "1.1.0") -> Path:
    return later(run.folder, number, asking("How many people were arrested?"))


def versions(run: Program) -> list[dict[str, object]]:
    listed: list[dict[str, object]] = json.loads(
        run("codebook", "versions", "audit.dip", "--format", "json").stdout
    )
    return listed


def test_no_script_makes_work_or_ends_a_signature_unseen(signed: Program) -> None:
    before = signed("log", "audit.dip").stdout
    ran = signed("codebook", "publish", "audit.dip", reworded(signed), *WHY, code=5)
    said = " ".join(ran.stdout.split())
    assert "26 of 60 codings need 1 question each" in said
    assert "26 final cases are final no more by it." in said
    assert "The signature in force becomes void" in said
    assert said.index("new: How many people") < said.index("26 of 60")  # above the question
    assert "add --yes" in ran.sentence
    assert signed("log", "audit.dip").stdout == before
    assert signed("sign-off", "audit.dip").stdout.startswith("Signed off by")
    signed("codebook", "publish", "audit.dip", reworded(signed), *WHY, "--yes")
    assert signed("sign-off", "audit.dip").stdout.startswith("Not signed off: 26 things")


def test_a_signature_falls_by_a_cosmetic_change_too_and_is_asked_for(signed: Program) -> None:
    words = ("codebook", "publish", "audit.dip", reworded(signed, "1.0.1"), "--cosmetic", "A2")
    ran = signed(*words, *WHY, code=5)
    said = " ".join(ran.stdout.split())
    assert "none of 60 codings needs anything" in said
    assert "final no more" not in said
    assert "The signature in force becomes void" in said
    signed(*words, *WHY, "--yes")
    assert signed("sign-off", "audit.dip").stdout.startswith("Not signed off. Nothing stands")


@pytest.mark.parametrize(
    ("typed", "number"), [("publish", 2), ("Publish ", 2), ("y", 1), ("", 1), ("f d", 1)]
)
def test_at_a_terminal_the_word_is_typed_before_anything_is_written(
    typed: str, number: int, signed: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = reworded(signed)
    monkeypatch.chdir(signed.folder)
    monkeypatch.setattr("sys.stdin", Terminal(f"{typed}\n"))
    words = ["codebook", "publish", "audit.dip", str(file), *WHY]
    assert start([*words, "--as", signed.environment["DIPSAMPLE_USER"]]) == 0
    assert len(versions(signed)) == number


def test_codings_that_were_opened_again_are_counted_where_they_stand(signed: Program) -> None:
    signed("codebook", "publish", "audit.dip", reworded(signed), *WHY, "--yes")
    first, second = versions(signed)
    assert (first["codings"], first["to_confirm"]) == (60, 26)
    assert (second["codings"], second["to_confirm"]) == (0, 0)
    audit = open_audit(signed.folder / "audit.dip")
    item = next(one for one in audit.queue("amber") if one.to_confirm)
    audit.open_case("amber", item.case_id)
    taken_up = [(one.codings, one.waiting) for one in audit.codebook_versions()]
    audit.confirm_answer("amber", item.case_id, "A2")
    confirmed = [(one.codings, one.waiting) for one in audit.codebook_versions()]
    audit.close()
    assert taken_up == [(59, 25), (1, 1)]
    assert confirmed == [(59, 25), (1, 0)]


def test_a_number_that_was_used_before_is_refused_with_what_to_do(signed: Program) -> None:
    signed("codebook", "publish", "audit.dip", reworded(signed), *WHY, "--yes")
    old = later(signed.folder, "1.0.0")
    for word in ("--dry-run", "--yes"):
        ran = signed("codebook", "publish", "audit.dip", old, *WHY, word, code=5)
        assert "the project has had 1.0.0 before" in ran.sentence
        assert "Give the file a later version than 1.1.0" in ran.sentence
        assert "none of" not in ran.stdout
    assert len(versions(signed)) == 2


def test_what_changed_while_the_publisher_was_asked_is_not_passed_over(signed: Program) -> None:
    audit = open_audit(signed.folder / "audit.dip")
    new = named_codebook(str(reworded(signed)), switched_on=())
    seen = audit.preview_codebook(audit.supervisor, new)
    audit.revoke_sign_off(audit.supervisor, "a record came late")
    with pytest.raises(RefusedError, match="changed while you were asked"):
        audit.publish_codebook(audit.supervisor, new, reason="why", seen=seen)
    assert len(audit.codebook_versions()) == 1
    audit.close()
