from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from decimal import Decimal

import pytest

from exports.errors import ReleaseError
from exports.release import (
    Cell,
    Column,
    ColumnKind,
    Hidden,
    Mark,
    Release,
    Shown,
    Table,
    make_release,
)
from exports.rounding import two_figures
from review.finding import Finding, Measure, Total
from tests.exports import builder as build


def table_of(release: Release, name: str) -> Table:
    return next(t for t in (release.notes, *release.tables) if t.name == name)


def column(table: Table, title: str) -> list[str]:
    number = [c.title for c in table.columns].index(title)
    return [printed(row[number]) for row in table.rows]


def printed(cell: Cell) -> str:
    return str(cell.value) if isinstance(cell, Shown) else cell.mark.value


def headline_of(finding: Finding, confidence: float = 0.95) -> Table:
    found = replace(finding, confidence=confidence)
    return table_of(make_release(build.request(findings=(found,))), "headline")


def test_the_sheets_stand_in_their_order(release: Release) -> None:
    assert [table.sheet for table in (release.notes, *release.tables)] == [
        "Notes", "1_Headline", "2_Case_flow", "3_By_group", "3_Chart", "Sample_design", "Methods",
        "Codebook", "Provenance",
    ]  # fmt: skip


def test_every_release_is_provisional_sensitive_and_not_for_publication(release: Release) -> None:
    for text in (release.title, release.cover[0].text, release.status_line):
        assert "OFFICIAL-SENSITIVE" in text
        assert "PROVISIONAL" in text
        assert "not disclosure controlled: not for publication" in text


def test_the_readings_are_printed_in_order_and_the_headline_is_marked(release: Release) -> None:
    table = table_of(release, "headline")
    ids = [text.split()[0] for text in column(table, "Indicator")]
    assert list(dict.fromkeys(ids)) == ["M2", "M4", "M5", "M10", "M8", "M9", "M12", "C.1"]
    marked = [text for text in column(table, "Reading") if "headline reading" in text]
    assert marked == ["more than one person arrested (the headline reading)"] * 3


def test_each_indicator_has_three_rows_with_the_bases_that_go_with_them(release: Release) -> None:
    table = table_of(release, "headline")
    assert column(table, "Undetermined answers")[:3] == [
        "left out", "counted as no", "counted as yes",
    ]  # fmt: skip
    assert column(table, "Cases")[:3] == ["9", "9", "14"]
    assert column(table, "Base")[:3] == ["366", "371", "371"]
    assert column(table, "Percentage")[:3] == ["2.5", "2.4", "3.8"]


def test_estimated_numbers_have_two_figures_and_stand_where_the_undecided_are_counted(
    release: Release,
) -> None:
    table = table_of(release, "headline")
    found = next(one for one in build.findings() if one.indicator == "M2" and one.by is None)
    most = found.total_if_undetermined_yes.estimate
    assert most is not None
    assert column(table, "Estimated number in frame")[:3] == [
        "[z]",
        "270",
        str(two_figures(most)),
    ]
    assert column(table, "Upper limit of number")[1] == "500"


def test_a_complete_count_is_printed_whole() -> None:
    found = replace(
        build.finding("M2", "more than one person arrested", 123, 1_000),
        method="census",
        known=Measure(0.123, 0.123, 0.123),
        total=Total(123, 123, 123),
    )
    table = headline_of(found)
    assert column(table, "Estimated number in frame")[1] == "123"
    assert column(table, "Lower 95% limit")[0] == "12.3"


@pytest.mark.parametrize(("confidence", "level"), [(0.9, "90%"), (0.99, "99%"), (0.975, "97.5%")])
def test_the_limits_name_their_confidence(confidence: float, level: str) -> None:
    table = headline_of(build.finding("M2", "a", 3, 60), confidence)
    assert f"Lower {level} limit" in [c.title for c in table.columns]


def test_under_ten_decided_cases_no_percentage_is_printed() -> None:
    for base, expected in ((9, "[x]"), (10, "10.0")):
        table = headline_of(build.finding("M2", "a", 1, base))
        assert column(table, "Percentage")[0] == expected
    flagged = build.finding("M2", "a", 1, 40, flags=("no-percentage",))
    assert column(headline_of(flagged), "Percentage")[0] == "[x]"


def test_flags_stand_in_words_and_an_unknown_one_is_not_dropped() -> None:
    found = build.finding("M2", "a", 3, 20, flags=("low-base", "new-word"))
    words = column(headline_of(found), "Reliability")[0]
    assert words == "low: base under 30 [u]; new word"
    assert column(headline_of(replace(found, flags=())), "Reliability")[0] == "acceptable"


def test_an_unfinished_audit_prints_counts_and_marks_and_a_note() -> None:
    coding = replace(
        build.coding(),
        states={"final": 99, "awaiting": 301},
        used={"no flag": 99},
        not_opened={},
        out_of_scope={},
    )
    made = make_release(
        build.request(coding=coding, findings=tuple(map(build.unfinished, build.findings())))
    )
    table = table_of(made, "headline")
    assert set(column(table, "Percentage")) == {"[x]"}
    assert column(table, "Cases")[0] == "9"
    assert any("of 400 cases, 301 are open" in text for text in column(made.notes, "Text"))
    assert set(column(table_of(made, "sample_design"), "Weight")) == {"[x]"}
    flow = table_of(made, "case_flow")
    assert column(flow, "Left at this stage")[2] == "301"
    assert "not coded yet: 301" in column(flow, "Why")[2]


def test_cases_in_equal_cases_out_and_left_at_each_stage(release: Release) -> None:
    table = table_of(release, "case_flow")
    cases = [int(text) for text in column(table, "Cases")]
    left = [int(text) for text in column(table, "Left at this stage")]
    assert cases == [12_000, 11_880, 400, 399, 390, 371]
    assert [a - b for a, b in zip(cases, left, strict=True)][:-1] == cases[1:]


def test_states_that_do_not_add_up_to_the_sample_are_refused() -> None:
    with pytest.raises(ReleaseError, match="add up to 399"):
        build.request(coding=replace(build.coding(), states={"final": 399}))


def test_final_cases_that_do_not_add_up_over_strata_or_scope_are_refused() -> None:
    with pytest.raises(ReleaseError, match="scope or strata"):
        build.request(coding=replace(build.coding(), used={"no flag": 10}))
    with pytest.raises(ReleaseError, match="scope or strata"):
        build.request(coding=replace(build.coding(), out_of_scope={"no": 500}))


def with_replaced(**changes: Mapping[str, int]) -> Release:
    """A release of the usual audit in which three records were replaced."""
    used = build.coding().used
    coding = replace(
        build.coding(),
        states={"final": 399, "excluded": 4},
        replaced={"no flag": 2, "two or more suspects": 1},
        replaced_reasons={"not_in_scope": 1, "duplicate_record": 1, "restricted": 1},
        used={**used, "no flag": used["no flag"] + 2},
    )
    for name, counts in changes.items():
        coding = replace(coding, **{name: counts})  # type: ignore[arg-type] # a field of counts
    return make_release(build.request(coding=coding))


def test_replaced_records_stay_in_the_case_flow_by_reason() -> None:
    table = table_of(with_replaced(), "case_flow")
    cases = [int(text) for text in column(table, "Cases")]
    left = [int(text) for text in column(table, "Left at this stage")]
    assert cases == [12_000, 11_880, 403, 399, 390, 371]
    assert [a - b for a, b in zip(cases, left, strict=True)][:-1] == cases[1:]
    assert column(table, "Why")[2].splitlines() == [
        "replaced: not in scope: 1",
        "replaced: duplicate record: 1",
        "replaced: restricted record: 1",
        "taken out by the supervisor: 1",
    ]


def test_the_sample_design_counts_what_was_replaced(release: Release) -> None:
    table = table_of(with_replaced(), "sample_design")
    rows = dict(
        zip(
            column(table, "Stratum"),
            zip(*(column(table, t) for t in ("Drawn", "Replaced", "Used")), strict=True),
            strict=True,
        )
    )
    assert rows["no flag"] == ("234", "2", "224")
    assert rows["two or more suspects"] == ("43", "1", "42")
    assert rows["one suspect, linked crimes"] == ("102", "0", "102")
    assert "Drawn holds the replaced records" in table.remark
    assert table_of(release, "sample_design").remark == ""


def test_replaced_records_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ReleaseError, match="strata and reasons"):
        with_replaced(replaced_reasons={"restricted": 2})
    with pytest.raises(ReleaseError, match="add up to 400 and 403 were drawn"):
        with_replaced(states={"final": 399, "excluded": 1})
    with pytest.raises(ReleaseError, match="scope or strata"):
        with_replaced(used=build.coding().used)


def test_the_safeguarding_question_is_in_no_table(release: Release) -> None:
    text = repr(release)
    assert "Z5" not in text
    assert "safeguarding" not in text
    assert column(table_of(release, "codebook"), "Question id")[-1] == "Z4"


def test_conditions_of_the_codebook_are_printed_in_words(release: Release) -> None:
    table = table_of(release, "codebook")
    asked = dict(zip(column(table, "Question id"), column(table, "Asked when"), strict=True))
    assert asked["E1"] == "always"
    assert asked["A1"] == "E1 is yes and E2 is yes"
    assert asked["P1"] == "A1 is yes or (E1 is not no_missing and E2 is yes or no)"
    assert asked["Z4"] == "A1 is answered"


def test_the_weight_is_the_frame_over_the_cases_used(release: Release) -> None:
    table = table_of(release, "sample_design")
    weights = dict(zip(column(table, "Stratum"), column(table, "Weight"), strict=True))
    assert weights["no flag"] == "31.58"


def test_no_weight_is_printed_where_strata_were_joined() -> None:
    joined = tuple(replace(f, flags=("collapsed-stratum",)) for f in build.findings())
    made = make_release(build.request(findings=joined))
    assert set(column(table_of(made, "sample_design"), "Weight")) == {"[x]"}


def test_weighted_percentages_are_said_to_be_other_than_cases_by_base(release: Release) -> None:
    one = build.plan().strata[0].model_copy(update={"sample": 400, "population": 11_880})
    coding = replace(build.coding(), used={one.name: 390})
    simple = make_release(build.request(plan=build.plan(strata=(one,)), coding=coding))
    for name in ("headline", "by_group"):
        assert "not cases divided by base" in table_of(release, name).remark
        assert table_of(simple, name).remark == ""
    assert "weighed" not in "".join(line.text for line in simple.cover)


def test_groups_stand_in_long_form_with_whose_they_are(release: Release) -> None:
    table = table_of(release, "by_group")
    rows = list(zip(*(column(table, t) for t in ("Characteristic", "Whose", "Group")), strict=True))
    assert ("none", "incident", "all incidents") in rows
    assert ("party_a_ethnicity_sde", "Party A", "Black") in rows
    assert ("stratum", "incident", "no flag") in rows


def test_groups_without_a_case_in_the_base_are_counted_and_left_out() -> None:
    overall, *others = build.findings()
    groups = [one for one in others if one.by]
    emptied = {
        id(one): replace(one, numerator=0, denominator=0, flags=("empty-base",))
        for one in (overall, *groups[:2])
    }
    findings = tuple(emptied.get(id(one), one) for one in (overall, *others))
    made = table_of(make_release(build.request(findings=findings)), "by_group")
    full = table_of(make_release(build.request()), "by_group")
    assert len(made.rows) == len(full.rows) - 2
    assert column(made, "Base")[0] == "0"
    assert "0" not in column(made, "Base")[1:]
    assert made.remark.endswith("Groups without a case in the base are left out: 2 rows.")
    assert "left out" not in full.remark


def test_a_release_made_twice_is_equal(release: Release) -> None:
    assert make_release(build.request()) == release


def test_any_change_of_a_figure_changes_the_digest_of_the_values(release: Release) -> None:
    first, *others = build.findings()
    changed = make_release(
        build.request(findings=(replace(first, numerator=first.numerator + 1), *others))
    )
    assert changed.values_sha256 != release.values_sha256
    assert release.values_sha256 in column(table_of(release, "provenance"), "Value")


def test_the_cover_answers_first_and_gives_the_bounds(release: Release) -> None:
    text = "\n".join(line.text for line in release.cover)
    assert (
        "More than one person arrested, of all eligible incidents: 2.5% (95% interval 1.3% to "
        "4.6%; 9 of 366 decided cases, each stratum weighed by its size). A further 5 cases could "
        "not be decided; from the lower limit with all of them counted as no to the upper limit "
        "with all as yes: 1.3% to 6.2%." in text
    )
    assert "Next update: not stated" in text


def test_text_that_no_file_can_hold_is_replaced_everywhere() -> None:
    project = replace(build.request().project, title="Dip\x00sample\ud800")
    made = make_release(build.request(project=project))
    assert "\x00" not in repr(made)
    assert "Dip\ufffdsample\ufffd" in made.title


def test_a_hidden_cell_holds_a_mark_and_nothing_else() -> None:
    assert [field.name for field in fields(Hidden)] == ["mark"]
    assert repr(Hidden(Mark.CONFIDENTIAL)) == "Hidden(mark=<Mark.CONFIDENTIAL: '[c]'>)"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (ColumnKind.COUNT, "1"),
        (ColumnKind.PERCENTAGE, 1),
        (ColumnKind.PERCENTAGE, Decimal("NaN")),
        (ColumnKind.TEXT, ""),
        (ColumnKind.TEXT, 1),
    ],
)
def test_a_cell_that_does_not_fit_its_column_is_refused(
    kind: ColumnKind, value: str | int | Decimal
) -> None:
    with pytest.raises(ReleaseError, match="Row 1 of the table"):
        Table("t_one", "T", "T", (Column("a", kind),), ((Shown(value),),))
