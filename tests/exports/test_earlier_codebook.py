"""Figures of an earlier codebook: nobody takes their workbook for the one in force."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dipsample.exporting import file_name
from exports.release import Release, Shown, SignatureFacts, make_release
from tests.exports import builder as build

ENDED = (
    "Figures under small 1.0.0, as they stood on 2026-01-05 when 1.1.0 was published. Nothing "
    "coded since is in them."
)
SIGNED = SignatureFacts("supervisor", "2026-01-05T08:00:00Z", "Read.", "ab" * 32)


@pytest.fixture(scope="module")
def earlier() -> Release:
    return make_release(build.request(ended=build.ended()))


def rows_of(release: Release, name: str) -> list[list[object]]:
    (table,) = (one for one in (release.notes, *release.tables) if one.name == name)
    return [[cell.value for cell in row if isinstance(cell, Shown)] for row in table.rows]


def cover_of(release: Release) -> list[str]:
    return [line.text for line in release.cover]


def test_title_and_status_line_name_the_version_that_ended(earlier: Release) -> None:
    for text in (earlier.title, earlier.cover[0].text, earlier.status_line):
        assert "PROVISIONAL; EARLIER CODEBOOK 1.0.0; not disclosure controlled" in text


def test_the_cover_says_until_when_before_any_figure(earlier: Release) -> None:
    cover = cover_of(earlier)
    line = cover.index(f"EARLIER CODEBOOK. {ENDED}")
    assert line < cover.index("What was found")
    assert "nobody had signed the figures off when that version ended." in cover[line + 1]


def test_the_methods_and_the_provenance_name_what_ended_it(earlier: Release) -> None:
    said = [str(text) for topic, text in rows_of(earlier, "methods") if topic == "Coding"]
    assert said[1].startswith(ENDED)
    assert ["Codebook ended by", "1.1.0, published at 2026-01-05T09:30:00Z"] in rows_of(
        earlier, "provenance"
    )


def test_the_figures_are_those_of_before(earlier: Release, release: Release) -> None:
    for name in ("headline", "case_flow", "by_group", "chart_3_data", "codebook"):
        assert rows_of(earlier, name) == rows_of(release, name)
    assert earlier.values_sha256 != release.values_sha256


def test_cases_that_were_open_are_said_to_have_been_open_then() -> None:
    coding = replace(build.coding(), states={"final": 399, "awaiting": 1})
    made = make_release(build.request(ended=build.ended(), coding=coding))
    said = [str(row[1]) for row in rows_of(made, "methods")]
    assert any("when 1.0.0 ended: of 400 cases, 399 were final and 1 open." in one for one in said)
    notes = " ".join(str(row[1]) for row in rows_of(made, "notes"))
    assert "when the codebook of these figures ended: of 400 cases, 1 was open." in notes
    assert "is not finished" not in " ".join((*said, notes))


def test_a_signature_of_then_is_said_and_the_version_too() -> None:
    made = make_release(build.request(ended=build.ended(), signature=SIGNED))
    assert made.status[1] == "EARLIER CODEBOOK 1.0.0"
    assert "Signed off at 2026-01-05T08:00:00Z by supervisor: Read." in cover_of(made)


def test_figures_in_force_say_nothing_of_an_earlier_codebook(release: Release) -> None:
    said = " ".join(cover_of(release))
    assert "EARLIER" not in said + release.title
    assert "Codebook ended by" not in [row[0] for row in rows_of(release, "provenance")]


def test_the_name_of_the_file_says_which_codebook(earlier: Release, release: Release) -> None:
    stem = "official-sensitive-provisional-da-dip-sample-findings"
    assert file_name(earlier) == f"{stem}-codebook-1-0-0-2026-01-05.xlsx"
    assert file_name(release) == f"{stem}-2026-01-05.xlsx"
