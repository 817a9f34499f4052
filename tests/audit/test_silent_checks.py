"""Silent checks meet the rules of any case, and tell only those who may know."""

from __future__ import annotations

import io
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from dipsample.audit import Audit
from dipsample.errors import InputError, RefusedError, RowsRefusedError
from dipsample.project import Happened, OpenProject
from dipsample.silent_checks import SilentChecks
from dipsample.store.protocol import case_material
from dipsample.tui.models.case import case_view
from dipsample.tui.models.queue import Showing, queue_view
from dipsample.tui.plain import run_plain
from dipsample.verification import verify_project
from review.case import CaseState
from review.codebook import parse_codebook
from review.coding import CodingState
from review.errors import CodingsRefusedError
from review.events import FlagKind, NoteSet
from review.gold_events import GoldPlaced
from tests.audit.one_run import BOSS, REVIEWERS, Openers, project
from tests.audit.silent import CHECKS, NO_ARREST, OUT_OF_SCOPE, checks_of, known, placed


@pytest.fixture
def audit(openers: Openers) -> Iterator[Audit]:
    with project(openers) as open_as:
        yield open_as("amber")


def test_a_check_stands_in_the_queue_at_its_number(audit: Audit) -> None:
    check = placed(audit)
    for name in REVIEWERS:
        numbers = [one.case_id for one in audit.queue(name)]
        assert check in numbers
        assert numbers == sorted(numbers)
        assert audit.case_file(name, check).record["told"].startswith("known")


def test_coders_are_told_that_there_are_checks_on_screens_and_in_line_prompts(
    audit: Audit,
) -> None:
    assert queue_view(audit, "amber", Showing.OPEN).told == ""
    placed(audit)
    said = "About 1 in 20 of your cases is a silent check, whose answers are known."
    assert queue_view(audit, "amber", Showing.OPEN).told == said
    assert queue_view(audit, BOSS, Showing.OPEN).told == ""
    out = io.StringIO()
    run_plain(audit, "amber", io.StringIO(""), out)
    assert out.getvalue().startswith(said)


def test_a_coder_is_refused_at_a_check_as_at_any_case(audit: Audit) -> None:
    check = placed(audit)
    live = next(one.case_id for one in audit.queue("amber") if one.case_id != check)
    for case_id in (check, live):
        with pytest.raises(RefusedError, match="Whoever codes a case"):
            audit.open_decision("amber", case_id)
        with pytest.raises(RefusedError, match="waits for no quality check"):
            audit.quality_check("amber", case_id)
    audit.assign(BOSS, ("cedar",))
    with pytest.raises(RefusedError, match="assigned to somebody else"):
        audit.open_case("dora", check)


def test_nobody_decides_over_a_check(audit: Audit) -> None:
    check = placed(audit)
    audit.code_at_once("amber", check, NO_ARREST)
    audit.code_at_once("birch", check, OUT_OF_SCOPE)
    assert check not in [one.case_id for one in audit.cases_to_decide("zoe")]
    with pytest.raises(RefusedError, match="nothing to settle"):
        audit.open_decision("zoe", check)
    with pytest.raises(RefusedError, match="nothing to settle"):
        audit.open_decision(BOSS, check, reason="to see")


def seen(audit: Audit) -> SilentChecks:
    found = audit.silent_checks(BOSS)
    assert found is not None
    return found


def test_the_supervisor_sees_scores_by_code_and_coders_see_none(audit: Audit) -> None:
    check = placed(audit, (known(1), known(3), known(5), known(7), known(9)))
    for name in (BOSS, *REVIEWERS):
        assert audit.watch_words(name) == ()
    audit.code_at_once("amber", check, NO_ARREST)
    amber, birch = seen(audit).scores
    assert (amber.reviewer, amber.dealt, amber.handed_in, amber.missed) == ("R1", 1, 1, 1)
    assert amber.asked == amber.right + 1
    assert (birch.reviewer, birch.handed_in, birch.asked) == ("R2", 0, 0)
    (words,) = audit.watch_words(BOSS)
    assert words.startswith("R1 answered")
    assert "and missed 1 counter-allegation, under the gate" in words
    for name in REVIEWERS:
        assert audit.silent_checks(name) is None
        assert audit.watch_words(name) == ()
        assert audit.overruled(name) == ()


def test_the_first_hand_in_is_scored_and_a_later_one_changes_nothing(audit: Audit) -> None:
    check = placed(audit, tuple(known(number) for number in range(0, 10, 2)))
    audit.code_at_once("amber", check, OUT_OF_SCOPE)
    first = seen(audit)
    audit.recall("amber", check)
    audit.answer("amber", check, "E2", ("yes",))
    assert seen(audit) == first


def test_after_sign_off_coders_learn_what_was_expected(audit: Audit) -> None:
    check = placed(audit, (known(1), known(3), known(5), known(7), known(9)))
    for name in REVIEWERS:
        for item in audit.queue(name):
            audit.code_at_once(name, item.case_id, NO_ARREST)
    assert audit.overruled("amber") == ()
    opens_later = "What came of silent checks opens at sign-off."
    assert audit.nothing_overruled("amber").endswith(opens_later)
    audit.sign_off(BOSS, "as read")
    assert opens_later not in audit.nothing_overruled("amber")
    (found,) = audit.overruled("amber")
    assert (found.case_id, found.question, found.reason) == (check, "C1", "silent check")
    states = {one.state for one in audit.queue("amber")}
    assert states == {CodingState.LOCKED}


def test_a_referral_from_a_check_waits_for_nobody(audit: Audit) -> None:
    check = placed(audit)
    audit.code_at_once("amber", check, OUT_OF_SCOPE)
    assert audit.case_file("amber", check).is_referred
    assert audit.overview().referrals == ()
    assert "referral" not in str(audit.sign_off_view().blockers)
    page = audit.case_for_supervisor(BOSS, check)
    assert page.expected == CHECKS[0].expected or page.expected == CHECKS[1].expected
    assert [(one.code, bool(one.acknowledged)) for one in page.referrals] == [("R1", True)]
    view = case_view(page)
    assert view.state == "silent check, never counted"
    assert [one.code for one in view.coders] == ["key", "R1"]
    assert view.rows[0].answers == ("Yes", "Yes")


def test_a_flag_at_a_check_is_marked_for_the_supervisor_and_can_be_answered(audit: Audit) -> None:
    check = placed(audit)
    audit.open_case("amber", check)
    audit.raise_flag("amber", check, FlagKind.RECORD, "cut off")
    (flag,) = audit.overview().flags
    assert flag.is_check
    audit.answer_flag(BOSS, flag.flag_id, "read on")
    assert audit.case_file("amber", check).flag_answer == "read on"


def test_whoever_joins_gets_checks_and_whoever_left_keeps_their_score(audit: Audit) -> None:
    check = placed(audit)
    audit.code_at_once("amber", check, NO_ARREST)
    audit.let_go(BOSS, "amber")
    audit.assign(BOSS, ("birch", "cedar"))
    found = seen(audit)
    assert [one.reviewer for one in found.scores] == ["R1", "R2"], "two people hold it already"
    assert (found.placed, found.wanted) == (1, 2)
    audit.assign(BOSS, ("birch", "cedar"), checks=CHECKS)
    assert [one.reviewer for one in seen(audit).scores] == ["R1", "R2", "R3"]
    (other,) = set(checks_of(audit)) - {check}
    for name in ("birch", "cedar"):
        assert other in [one.case_id for one in audit.queue(name)]
    assert check not in [one.case_id for one in audit.queue("cedar")]


def test_the_supervisor_who_codes_is_dealt_no_check(audit: Audit) -> None:
    audit.assign(BOSS, (BOSS, "birch"), checks=CHECKS)
    (check,) = checks_of(audit)
    assert check not in [one.case_id for one in audit.queue(BOSS)]
    assert check in [one.case_id for one in audit.queue("birch")]


def test_placing_again_writes_nothing(audit: Audit) -> None:
    placed(audit)
    assert not audit.assign(BOSS, REVIEWERS, checks=CHECKS)
    assert not audit.assign(BOSS, REVIEWERS)


def test_lists_side_by_side_show_a_check_at_as_many_coders_as_a_case(audit: Audit) -> None:
    for double, people in (("0", {1}), ("all", {2})):
        audit.assign(BOSS, REVIEWERS, double=double, checks=CHECKS)
        lists = [one.case_id for name in REVIEWERS for one in audit.queue(name)]
        assert {lists.count(case_id) for case_id in lists} == people
        assert set(checks_of(audit)) < set(lists)


def test_codings_made_elsewhere_may_name_a_check(audit: Audit, tmp_path: Path) -> None:
    check = placed(audit)
    file = tmp_path / "codings.csv"
    file.write_text(f"case,E1,E2,Z5\n{check},yes,no,no\n", encoding="utf-8")
    assert audit.import_codings("amber", file).new == 1
    assert seen(audit).handed_in == 1
    assert audit.overview().counts[CaseState.AWAITING] == 9


def test_a_check_of_somebody_else_is_refused_as_any_case_of_theirs(
    audit: Audit, tmp_path: Path
) -> None:
    audit.assign(BOSS, REVIEWERS, double="0", checks=CHECKS)
    own = {one.case_id for one in audit.queue("amber")}
    theirs = [one.case_id for one in audit.queue("birch")]
    checks = set(checks_of(audit)) - own
    file, said = tmp_path / "codings.csv", {}
    for case_id in theirs:
        file.write_text(f"case,E1\n{case_id},yes\n", encoding="utf-8")
        with pytest.raises(RowsRefusedError) as rows:
            audit.import_codings("amber", file)
        with pytest.raises(RefusedError) as opened:
            audit.open_case("amber", case_id)
        said[case_id] = (rows.value.cells, str(rows.value), str(opened.value))
    assert checks
    assert checks < set(theirs)
    assert len(set(said.values())) == 1


def test_a_check_dealt_to_nobody_is_as_closed_as_the_reserve(audit: Audit, tmp_path: Path) -> None:
    audit.assign(BOSS, REVIEWERS, double="0", checks=CHECKS)
    (step, *_) = audit._project.state.review.gold.steps
    assert isinstance(step, GoldPlaced)
    reserve = next(one.case_id for one in audit.cases() if one.role == "reserve")
    alone = step.cases[0].model_copy(update={"case_id": "C-0099"})
    placed_only = step.model_copy(update={"cases": (alone,)})
    audit._project.write(BOSS, [Happened(placed_only)])
    file, said = tmp_path / "codings.csv", set()
    for case_id in (reserve, "C-0099", "C-0098"):
        file.write_text(f"case,E1\n{case_id},yes\n", encoding="utf-8")
        with pytest.raises(CodingsRefusedError) as rows:
            audit.import_codings("amber", file)
        said.add(str(rows.value))
    assert len(said) == 1
    for case_id in (reserve, "C-0099"):
        with pytest.raises(RefusedError, match="held in reserve"):
            audit.open_case("amber", case_id)


def test_a_check_cannot_be_replaced_passed_on_or_left_out(audit: Audit) -> None:
    check = placed(audit)
    for decision in (
        lambda: audit.replace(BOSS, check, "restricted"),
        lambda: audit.pass_on(BOSS, check, giver="amber"),
    ):
        with pytest.raises(InputError, match="no case"):
            decision()
    with pytest.raises(RefusedError, match="a silent check"):
        audit.return_case(BOSS, check, "why")


def test_an_expected_answer_cannot_be_changed_afterwards(audit: Audit) -> None:
    placed(audit)
    project: OpenProject = audit._project
    step = project.state.review.gold.steps[0]
    project.write(BOSS, [Happened(step)])
    from dipsample.silent_checks import freed_numbers
    from review.gold import fault_of_gold

    seed = project.state.ceremony.seed
    assert seed is not None
    codes = project.state.review.reviewers
    steps_now, freed = project.state.review.gold.steps, freed_numbers(project)
    assert fault_of_gold(steps_now, freed, codes, seed=seed.seed) is not None


def test_a_check_that_asks_to_be_confirmed_can_be_confirmed_after_a_signature(
    audit: Audit,
) -> None:
    check = placed(audit)
    for name in REVIEWERS:
        for item in audit.queue(name):
            audit.code_at_once(name, item.case_id, NO_ARREST)
    audit.sign_off(BOSS, "as read")
    shipped = (resources.files("review") / "codebooks" / "da-short.toml").read_text("utf-8")
    changed = shipped.replace('"1.0.0"', '"2.0.0"', 1).replace(
        "and however it was written down.", "in any words.", 1
    )
    assert changed.count("in any words.") == 1
    later = parse_codebook(changed, source="later.toml")
    audit.publish_codebook(BOSS, later, reason="asked twice")
    before = seen(audit)
    for item in audit.queue("amber"):
        assert item.to_confirm == 1
        assert item.state is not CodingState.LOCKED
        audit.code_at_once("amber", item.case_id, NO_ARREST)
    assert {one.to_confirm for one in audit.queue("amber")} == {0}
    assert seen(audit) == before
    assert check in checks_of(audit)
    expected = next(iter(before.scores))
    assert expected.asked < len(NO_ARREST), "C1 means something else by now, so it is left out"


def test_verify_finds_a_check_that_shows_another_text(openers: Openers, tmp_path: Path) -> None:
    with project(openers) as open_as:
        audit = open_as(BOSS)
        check = placed(audit)
        audit.code_at_once("amber", check, NO_ARREST)
        store = audit._project.store
        path = Path(str(store._session.path))  # type: ignore[attr-defined]  # of the file's store
        assert told_by_verify(path) == [True]
        (material,) = store.cases((check,))
        other = case_material(
            check, material.record_id, kept=material.kept, record={"told": "something else"}
        )
        audit._project.write(BOSS, [Happened(NoteSet(text="any"), check)], cases=[other])
        assert told_by_verify(path) == [False]


def told_by_verify(path: Path) -> list[bool | None]:
    found = verify_project(path, passphrase_file=None, extract=None, workbook=None)
    return [one.is_good for one in found.checks if one.name == "checks"]
