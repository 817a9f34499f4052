"""Looking before every case is closed: provisional figures, planned looks, and rules that stop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path

import pytest

from dipsample.audit import Audit
from dipsample.errors import RefusedError
from dipsample.opening import start_audit
from dipsample.project import World
from dipsample.settings import Settings
from dipsample.surroundings import FixedClock, FixedEntropy
from dipsample.verification import verify_project
from review.codebook import builtin_codebook
from review.looking import Basis
from sampling.errors import PlanError
from sampling.estimation import StoppingRule, anytime, declared_stop
from sampling.frame import FrameSpec
from sampling.looking import CodingStopped, LookTaken, Stopping
from sampling.planning import PlanRequest

SUP, CODERS = "sup", ("amber", "birch")
SEED = "60921108449012345678"
PLAIN = {
    "E1": "yes", "E2": "yes", "A1": "no", "A10": "no_linked_incident", "A11": "neither",
    "C1": "no", "Z3": "high", "Z5": "no",
}  # fmt: skip
OUT = {"E1": "yes", "E2": "no", "Z5": "no"}
RULE = Stopping(margin=Decimal("0.2"), least=6, most=20, every=4, on="M1")


class Desk:
    """A drawn project of 100 records and who works on it."""

    def __init__(self, folder: Path, request: PlanRequest, *, strata: tuple[str, ...] = ()) -> None:
        self.extract = folder / "extract.csv"
        lines = [
            f"r{n:03d},{'north' if n % 2 else 'south'},{'fm'[n % 2]},text {n}" for n in range(100)
        ]
        self.extract.write_text("id,area,sex,told\n" + "\n".join(lines) + "\n", encoding="utf-8")
        self.folder = folder
        self.audit: Audit = start_audit(
            folder / "a.dip",
            title="Looks",
            codebook=builtin_codebook("da-short"),
            settings=Settings(),
            supervisor=SUP,
            passphrase=None,
            world=World(FixedClock("2025-03-31T09:00:00Z"), FixedEntropy("looks"), folder, "fixed"),
        )
        with ExitStack() as refused:
            refused.callback(self.close)
            spec = FrameSpec(id_column="id", strata_columns=strata, keep=("sex",), record=("told",))
            self.audit.commit_frame(SUP, self.extract, spec)
            self.audit.commit_plan(SUP, request)
            self.audit.draw(SUP, self.extract, seed=SEED, source="dice")
            self.audit.assign(SUP, CODERS, double="0")
            refused.pop_all()

    def sample(self) -> list[str]:
        return [row.case_id for row in self.audit.cases() if row.role == "sample"]

    def code(self, first: int, last: int, answers: Mapping[str, str] = PLAIN) -> None:
        """Code the cases from number ``first`` to ``last`` of the sample, counted from 1."""
        for case_id in self.sample()[first - 1 : last]:
            name = next(
                one for one in CODERS if any(q.case_id == case_id for q in self.audit.queue(one))
            )
            values = {key: (value,) for key, value in answers.items()}
            self.audit.code_at_once(name, case_id, values)

    def is_verified(self, workbook: Path | None = None) -> bool:
        return verify_project(
            self.folder / "a.dip", passphrase_file=None, extract=self.extract, workbook=workbook
        ).is_good

    def close(self) -> None:
        self.audit.close()


@pytest.fixture
def simple(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path, PlanRequest(size=20))
    yield desk
    desk.close()


@pytest.fixture
def ruled(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path, PlanRequest(size=20, stopping=RULE))
    yield desk
    desk.close()


@pytest.fixture
def strata(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path, PlanRequest(size=20, looks=2), strata=("area",))
    yield desk
    desk.close()


def test_a_simple_sample_has_provisional_limits_of_its_first_closed_cases(simple: Desk) -> None:
    simple.code(1, 8)
    simple.code(10, 12)
    (found,) = simple.audit.findings(SUP, indicators=["M1"])
    expected = anytime(0, 8, population=100)
    assert (found.denominator, found.method) == (8, "anytime")
    assert (found.known.lower, found.known.upper) == (expected.lower, expected.upper)
    assert "provisional" in found.flags
    look = simple.audit.look(SUP)
    assert (look.basis, look.cases, look.is_open) == (Basis.ANYTIME, 8, True)
    assert "first 8 cases" in look.words[0]
    assert "3 closed after an open one wait" in look.words[0]


def test_nobody_but_the_supervisor_sees_provisional_limits(simple: Desk) -> None:
    simple.code(1, 8)
    (found,) = simple.audit.findings("visitor", indicators=["M1"])
    assert (found.known.estimate, found.flags) == (None, ("incomplete",))
    assert "for the supervisor alone" in simple.audit.look("visitor").words[0]
    with pytest.raises(RefusedError, match="hidden from coders"):
        simple.audit.findings("amber")
    with pytest.raises(RefusedError, match="hidden from coders"):
        simple.audit.second_figures("amber")
    assert {one.why_not for one in simple.audit.second_figures(SUP)} == {
        "cases of the sample are open"
    }
    with pytest.raises(RefusedError, match="Only the supervisor"):
        simple.audit.export("visitor", simple.folder / "v.xlsx")


def test_persons_have_no_limits_before_the_end_and_say_so(simple: Desk) -> None:
    simple.code(1, 8, PLAIN | {"A1": "yes", "A2": "1", "A3": "no", "A4": "yes", "A8": "neither"})
    (found,) = simple.audit.findings(SUP, indicators=["M7"])
    assert found.denominator
    assert (found.known.estimate, found.flags) == (None, ("not-before-the-end",))


def test_a_base_that_cases_left_has_limits_of_an_unknown_size(simple: Desk) -> None:
    simple.code(1, 8)
    simple.code(9, 12, OUT)
    (found,) = simple.audit.findings(SUP, indicators=["M1"])
    assert (found.method, found.denominator) == ("anytime-domain", 8)
    assert found.population == pytest.approx(100 * 8 / 12)


def test_the_end_of_a_simple_sample_has_the_limits_of_its_fixed_size(simple: Desk) -> None:
    simple.code(1, 20)
    (found,) = simple.audit.findings("visitor", indicators=["M1"])
    assert (found.method, "provisional" in found.flags) == ("hypergeometric-blaker", False)


def test_a_provisional_workbook_says_what_it_rests_on_and_is_verified(simple: Desk) -> None:
    simple.code(1, 8)
    written = simple.audit.export(SUP, simple.folder / "p.xlsx")
    simple.code(9, 20)
    assert simple.is_verified(written.path)


def test_cases_past_the_next_look_wait_for_it(ruled: Desk) -> None:
    waiting = ruled.sample()[6]
    shown = {item.case_id for name in CODERS for item in ruled.audit.queue(name)}
    assert shown == set(ruled.sample()[:6])
    for name in CODERS:
        with pytest.raises(
            RefusedError, match=r"looks at the cases before this one first|assigned"
        ):
            ruled.audit.code_at_once(name, waiting, {"E1": ("no_missing",)})


def test_a_rule_stops_where_it_says_and_its_exact_limits_hold(ruled: Desk) -> None:
    with pytest.raises(RefusedError, match="does not stop"):
        ruled.audit.stop_coding(SUP)
    assert "has not looked yet" in ruled.audit.rule_words(SUP)[0]
    assert ruled.audit.rule_words("amber") == ()
    coded = 0
    while "STOP" not in ruled.audit.rule_words(SUP)[0]:
        following = min(coded + 4 if coded else 6, 20)
        ruled.code(coded + 1, following)
        coded = following
    stopped = ruled.audit.stop_coding(SUP)
    assert stopped is not None
    assert (stopped.coded, stopped.coded_beyond) == (coded, 0)
    assert ruled.audit.stop_coding(SUP) is None
    assert len(ruled.sample()) == coded < 20
    (found,) = ruled.audit.findings("visitor", indicators=["M1"])
    rule = StoppingRule(0.2, 6, 20, 4)
    expected = declared_stop(0, coded, population=100, rule=rule)
    assert (found.method, found.known.upper) == ("declared-stop", expected.upper)
    (other,) = ruled.audit.findings(SUP, indicators=["C.1"])
    assert (other.method, other.denominator) == ("anytime", coded)
    assert ruled.is_verified()
    with pytest.raises(RefusedError, match="fixes when coding stops"):
        ruled.audit.extend(SUP, ruled.extract, 25)
    with pytest.raises(RefusedError, match="has no reserve"):
        ruled.audit.replace(SUP, ruled.sample()[0], "restricted")


def test_an_answer_changed_after_the_stop_voids_the_rule(ruled: Desk) -> None:
    coded = 0
    while "STOP" not in ruled.audit.rule_words(SUP)[0]:
        following = min(coded + 4 if coded else 6, 20)
        ruled.code(coded + 1, following)
        coded = following
    assert ruled.audit.stop_coding(SUP) is not None
    for case_id in ruled.sample()[:4]:
        name = next(
            one for one in CODERS if any(q.case_id == case_id for q in ruled.audit.queue(one))
        )
        ruled.audit.recall(name, case_id)
        arrested = {"A1": "yes", "A2": "1", "A3": "no", "A4": "yes", "A8": "neither"}
        values = {key: (value,) for key, value in (PLAIN | arrested).items()}
        ruled.audit.code_at_once(name, case_id, values)
    (found,) = ruled.audit.findings(SUP, indicators=["M1"])
    assert (found.method, "rule-departed" in found.flags) == ("anytime", True)
    assert "Coding departed" in ruled.audit.look(SUP).words[0]


def test_looks_of_strata_are_taken_at_planned_points_and_written_down(strata: Desk) -> None:
    strata.code(1, 6)
    assert not strata.audit.is_look_due(SUP)
    assert "first of 2 planned looks is at 7 cases" in strata.audit.look(SUP).words[0]
    strata.code(7, 9)
    assert strata.audit.is_look_due(SUP)
    assert strata.audit.take_look(SUP)
    assert not strata.audit.take_look(SUP)
    assert strata.audit.look(SUP).cases == 7
    (found,) = strata.audit.findings(SUP, indicators=["M1"])
    assert (found.denominator, found.confidence) == (7, 0.95)
    assert "provisional" in found.flags
    strata.code(10, 15)
    assert strata.audit.take_look(SUP)
    assert strata.audit.look(SUP).cases == 14
    strata.code(16, 16)
    with pytest.raises(RefusedError, match="2 looks before the end, and all are used"):
        strata.audit.is_look_due(SUP)
    strata.code(17, 20)
    assert not strata.audit.is_look_due(SUP)
    (final,) = strata.audit.findings("visitor", indicators=["M1"])
    assert (final.denominator, "provisional" in final.flags) == (20, False)
    assert strata.is_verified()


def test_each_planned_look_is_wider_than_a_single_one_would_be(strata: Desk) -> None:
    strata.code(1, 7)
    strata.audit.take_look(SUP)
    (found,) = strata.audit.findings(SUP, indicators=["M1"])
    (single,) = strata.audit.findings(SUP, indicators=["M1"], confidence=0.9)
    assert found.known.upper is not None
    assert single.known.upper is not None
    assert found.known.upper > single.known.upper


def test_plans_that_no_interval_would_hold_for_are_refused(simple: Desk, tmp_path: Path) -> None:
    del simple
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(PlanError, match="for simple samples"):
        Desk(other, PlanRequest(size=20, stopping=RULE), strata=("area",))
    for folder, request, words in (
        ("a", PlanRequest(size=20, looks=2), "for stratified samples"),
        (
            "b",
            PlanRequest(size=20, stopping=RULE.model_copy(update={"on": "M7"})),
            "cannot stop on",
        ),
        ("c", PlanRequest(size=20, stopping=RULE, reserve="3"), "has no reserve"),
        ("d", PlanRequest(size=30, stopping=RULE), "the most that it codes"),
    ):
        (tmp_path / folder).mkdir()
        with pytest.raises(PlanError, match=words):
            Desk(tmp_path / folder, request)


def test_events_of_looks_say_no_figure() -> None:
    assert set(LookTaken.model_fields) == {"v", "number", "of", "cases", "closed"}
    assert set(CodingStopped.model_fields) == {"v", "coded", "planned", "coded_beyond"}
