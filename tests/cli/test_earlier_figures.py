"""Figures under an earlier version of the codebook: as they stood, and never mixed with later."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from dipsample.errors import RefusedError
from dipsample.opening import open_audit
from tests.cli.conftest import codings_of
from tests.cli.later_versions import confirm_everything, publish

if TYPE_CHECKING:
    from tests.cli.conftest import Job, Program

Copy = Callable[["Job"], "Program"]


def figures(run: Program, *words: str) -> Any:
    return json.loads(run("findings", "audit.dip", "--format", "json", *words).stdout)


def test_the_figures_of_an_ended_version_are_those_it_had(coded: Job, copy_of: Copy) -> None:
    run = copy_of(coded)
    before = figures(run)
    publish(run, "1.1.0", "How many people were arrested?")
    confirm_everything(run)
    then = figures(run, "--codebook", "1.0.0")
    assert then["findings"] == before["findings"]
    assert then["digest"] == before["digest"]
    assert then["codebook"] == before["codebook"]
    assert "Figures under da-short 1.0.0, as they stood on" in then["earlier_version"]
    now = figures(run)
    assert now["codebook"]["version"] == "1.1.0"
    assert now["earlier_version"] is None
    text = " ".join(run("findings", "audit.dip", "--codebook", "1.0.0").stdout.split())
    assert "when 1.1.0 was published. Nothing coded since is in them." in text


def test_no_figure_holds_codings_of_two_versions(drawn: Job, copy_of: Copy) -> None:
    run = copy_of(drawn)
    sheets = {name: codings_of(drawn, name) for name in ("amber", "birch")}
    sizes = {name: len(list(csv.DictReader(io.StringIO(one)))) for name, one in sheets.items()}
    for name, one in sheets.items():
        (run.folder / f"{name}.csv").write_text(one, encoding="utf-8")
    run("codings", "import", "audit.dip", "amber.csv", "--as", "amber")
    publish(run, "1.1.0", "How many people were arrested?")
    run("codings", "import", "audit.dip", "birch.csv", "--as", "birch")
    then = figures(run, "--codebook", "1.0.0", "--indicator", "M1")
    (first,) = then["findings"]
    assert first["cases"] == sizes["amber"]
    assert "incomplete" in first["flags"]
    assert first["estimate"] is None
    said = run("findings", "audit.dip", "--codebook", "1.0.0").stdout
    assert f"PROVISIONAL: {sizes['birch']} cases are open" in said


def test_versions_that_count_together_have_one_set_of_figures(coded: Job, copy_of: Copy) -> None:
    run = copy_of(coded)
    publish(run, "1.0.1", "How many different people were taken in?", "--cosmetic", "A2")
    in_force = figures(run)
    assert figures(run, "--codebook", "1.0.0") == in_force
    assert figures(run, "--codebook", "1.0.1") == in_force
    publish(run, "1.1.0", "How many people were arrested?")
    ended = figures(run, "--codebook", "1.0.0")
    assert ended == figures(run, "--codebook", "1.0.1")
    assert ended["findings"] == in_force["findings"]
    assert "1.0.1 (1.0.0 counted with it)" in ended["earlier_version"]


def test_a_version_that_never_was_and_one_nobody_coded_with_are_refused(
    drawn: Job, copy_of: Copy
) -> None:
    run = copy_of(drawn)
    publish(run, "1.1.0", "How many people were arrested?")
    words = ("findings", "audit.dip", "--codebook")
    said = run(*words, "2.0.0", code=3).sentence
    assert "it has had 1.0.0, 1.1.0" in said
    assert "codebook versions" in said
    said = run(*words, "1.0.0", code=5).sentence
    assert "Nobody handed a case in under da-short 1.0.0" in said


def test_a_coder_is_refused_earlier_figures_too(coded: Job, copy_of: Copy) -> None:
    run = copy_of(coded)
    publish(run, "1.1.0", "How many people were arrested?")
    words = ("findings", "audit.dip", "--codebook", "1.0.0", "--as", "amber")
    assert "hidden from coders" in run(*words, code=5).sentence


def test_nothing_can_be_written_into_the_past(coded: Job, copy_of: Copy) -> None:
    run = copy_of(coded)
    publish(run, "1.1.0", "How many people were arrested?")
    audit = open_audit(run.folder / "audit.dip")
    then = audit.earlier("supervisor", "1.0.0")
    assert then is not None
    assert then.is_blind("amber")
    with pytest.raises(RefusedError, match="can be read and not changed"):
        then.choose_quality_checks("supervisor", "10%")
    assert then.codebook.version == "1.0.0"
    assert audit.codebook.version == "1.1.0"
    audit.close()
