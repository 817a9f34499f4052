"""The settings file of a frame, and collapsing from the command line to the draw."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from dipsample.frame_settings import FrameSettings, read_frame_settings
from sampling.frame import FrameSpec

Program = Any

CRIMES = """ref,Complaint No,borough,bcu,day,arrest,narrative
X1,I01,Brent,NW,2024-01-02,A1,first text
X2,I01,Brent,NW,2024-01-02,A2,second text
X3,I02,Camden,CN,2024-01-03,,alone
X4,I03,Brent,NW,2024-01-05,A4,same
X5,I03,Brent,NW,2024-01-05,A4,same
X6,I04,Camden,CN,2024-02-05,A5,other
"""
SETTINGS = """strata = ["borough"]
record = ["narrative"]
keep = ["arrest"]
quasi = ["borough", "day"]
collapse = "incident"

[rename]
"Complaint No" = "incident"

[rules]
arrest = "count_distinct"

[neighbours]
Brent = "Camden"

[independent_counts]
Brent = 3

[coarser]
borough = "bcu"
"""


@pytest.fixture
def folder(program: Program) -> Program:
    (program.folder / "crimes.csv").write_text(CRIMES, encoding="utf-8")
    (program.folder / "frame.toml").write_text(SETTINGS, encoding="utf-8")
    return program


def test_a_check_shows_what_a_collapse_would_do(folder: Program) -> None:
    shown = folder("frame", "check", "crimes.csv", "--settings", "frame.toml").stdout
    assert "collapsed by incident: 6 rows, 4 records; the largest has 2" in shown
    assert "unique if coarser" in shown
    assert "Coarser: day (month) for day, bcu for borough." in shown
    lines = [line.split() for line in shown.splitlines()]
    assert ["1", "2"] in lines
    assert ["arrest", "1", "count_distinct"] in lines
    assert ["Brent", "2", "3", "-1"] in lines
    assert ["Camden", "2", "not", "counted"] in lines
    assert "counts-differ (1)" in shown


def test_a_collapsed_frame_is_drawn_shown_to_coders_and_verified(folder: Program) -> None:
    folder("init", "audit.dip", "--title", "Dip sample", "--unencrypted")
    committed = folder(
        "frame", "commit", "audit.dip", "crimes.csv", "--settings", "frame.toml",
        "--format", "json",
    )  # fmt: skip
    frame = json.loads(committed.stdout)
    assert (frame["rows"], frame["records"]) == (6, 4)
    assert frame["collapsed"]["largest"] == 2
    assert frame["spec"]["keep"] == ["arrest", "rows_in_extract"]
    folder("plan", "audit.dip", "--size", "4", "--reserve", "0")
    seed = ("--seed", "60921108449012345678", "--seed-source", "dice")
    folder("draw", "audit.dip", "crimes.csv", *seed)
    assert {row["record_id"] for row in folder("cases", "audit.dip", "--format", "csv").rows} == {
        "I01", "I02", "I03", "I04",
    }  # fmt: skip
    lines = CRIMES.splitlines(keepends=True)
    (folder.folder / "shuffled.csv").write_text("".join([lines[0], *lines[:0:-1]]), "utf-8")
    folder("verify", "audit.dip", "shuffled.csv")
    (folder.folder / "fewer.csv").write_text("".join(lines[:-1]), encoding="utf-8")
    folder("verify", "audit.dip", "fewer.csv", code=1)


def test_options_need_no_file(folder: Program) -> None:
    lead = ("frame", "check", "crimes.csv", "--collapse", "Complaint No")
    report = json.loads(folder(*lead, "--strata", "bcu", "--format", "json").stdout)
    assert (report["rows"], report["records"]) == (6, 4)
    assert report["collapsed"]["key"] == "Complaint No"
    refused = json.loads(folder(*lead, "--keep", "arrest", "--format", "json", code=3).stdout)
    assert refused["errors"] == 1
    reason = ("--accept", "rows-disagree=the first is enough")
    folder(*lead, "--keep", "arrest", *reason)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--keep", "ref"), "--keep stands in the settings file too"),
        (("--collapse", "ref"), "--collapse stands in the settings file too"),
        (("--id", "ref"), "After --collapse the id of a record is its key"),
    ],
)
def test_what_is_said_twice_is_refused(words: tuple[str, ...], said: str, folder: Program) -> None:
    ran = folder("frame", "check", "crimes.csv", "--settings", "frame.toml", *words, code=2)
    assert said in ran.sentence


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('id = "a"\nstratta = ["b"]\n', "frame.toml, line 2, stratta: there is no such setting"),
        ('collapse = "a"\n\n[rules]\nx = "mean"\n', "frame.toml, line 4, rules.x: "),
        ("[independent_counts]\nBrent = -1\n", "frame.toml, line 2, independent_counts.Brent: "),
        ("id_width = 0\n", "frame.toml, line 1, id_width: "),
        ("[only]\nstate = 3\n", "frame.toml, line 2, only.state: "),
        ("id = \n", "frame.toml is not a TOML file: "),
        ('[rules]\nx = "max"\n', "The settings have rules and nothing to collapse"),
    ],
)
def test_a_settings_file_is_refused_with_line_and_key(
    content: str, said: str, folder: Program
) -> None:
    (folder.folder / "frame.toml").write_text(content, encoding="utf-8")
    code = 2 if "nothing to collapse" in said else 3
    ran = folder("frame", "check", "crimes.csv", "--settings", "frame.toml", code=code)
    assert said in ran.sentence


def test_new_names_must_be_free_and_their_columns_there(folder: Program) -> None:
    for rename in ('bcu = "borough"', 'gone = "x"'):
        (folder.folder / "frame.toml").write_text(f"[rename]\n{rename}\n", encoding="utf-8")
        folder("frame", "check", "crimes.csv", "--settings", "frame.toml", code=3)


def test_a_wider_value_can_be_named_for_each_value(folder: Program) -> None:
    (folder.folder / "frame.toml").write_text(
        'id = "ref"\nquasi = ["borough"]\n[coarser.borough]\nBrent = "north"\nCamden = "north"\n',
        encoding="utf-8",
    )
    shown = folder("frame", "check", "crimes.csv", "--settings", "frame.toml").stdout
    assert "Coarser: borough (grouped) for borough." in shown
    ran = folder("frame", "check", "crimes.csv", "--settings", "frame.toml", "--format", "json")
    (mended,) = json.loads(ran.stdout)["identifiability_mended"]
    assert (mended["columns"], mended["combinations"]) == (["borough (grouped)"], 1)


def test_an_unknown_neighbour_is_an_error(folder: Program) -> None:
    (folder.folder / "frame.toml").write_text(
        'id = "ref"\nstrata = ["bcu"]\n[neighbours]\nNW = "XX"\n', encoding="utf-8"
    )
    ran = folder("frame", "check", "crimes.csv", "--settings", "frame.toml", code=3)
    assert "unknown-stratum" in ran.stdout


def test_a_commit_without_id_or_key_says_what_is_missing(folder: Program) -> None:
    folder("init", "audit.dip", "--title", "Dip sample", "--unencrypted")
    ran = folder("frame", "commit", "audit.dip", "crimes.csv", code=2)
    assert "--id" in ran.stderr


def test_the_example_of_the_page_holds_every_setting(tmp_path: Path) -> None:
    page = Path(__file__).parents[2] / "docs" / "frame-settings.md"
    found = re.search(r"```toml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    example = tmp_path / "frame.toml"
    example.write_text(found[1], encoding="utf-8")
    settings = read_frame_settings(example)
    # Columns of sizes and units belong to plans of their own, and are not in the example.
    shown = FrameSettings.model_fields.keys() - {"size", "unit"}
    assert settings.model_fields_set == shown


def test_period_and_answers_are_checked_logged_and_said(folder: Program) -> None:
    more = """
[period]
column = "day"
first = 2024-01-01
last = 2024-01-31

[answers]
cancelled_crimes = "left in, with their final status"
"""
    (folder.folder / "dated.toml").write_text(SETTINGS + more, encoding="utf-8")
    shown = folder("frame", "check", "crimes.csv", "--settings", "dated.toml").stdout
    assert "WARNING outside-period (1)" in shown
    assert "column day, rows 7" in shown or "row 7, column day" in shown
    assert "taken out? left in, with their final status" in shown
    assert "no crime was recorded? (not answered)" in shown
    folder("init", "a.dip", "--title", "t", "--unencrypted")
    printed = folder(
        *("frame", "commit", "a.dip", "crimes.csv", "--settings", "dated.toml"),
        *("--format", "json"),
    ).stdout
    spec = json.loads(printed)["spec"]
    assert spec["period"] == {"column": "day", "first": "2024-01-01", "last": "2024-01-31"}
    assert spec["answers"] == [
        {"question": "cancelled_crimes", "answer": "left in, with their final status"}
    ]
    assert FrameSpec.model_validate_json(json.dumps(spec)).period is not None


def test_an_answer_to_no_question_is_refused_with_its_line(folder: Program) -> None:
    (folder.folder / "bad.toml").write_text('[answers]\nnonsense = "x"\n', encoding="utf-8")
    refused = folder("frame", "check", "crimes.csv", "--settings", "bad.toml", code=3)
    assert "bad.toml, line 2, answers.nonsense" in refused.stderr
