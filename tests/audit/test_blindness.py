"""What one coder sees does not change with what the other coder of the same case does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dipsample.audit import Audit
from dipsample.errors import RefusedError
from review.events import DeferralReason, FlagKind
from tests.audit.one_run import BOSS, CHOICES, REVIEWERS, Openers, Step, project, take

COMPLETE = {"E1": ("yes",), "E2": ("no",), "Z5": ("yes",)}
steps = st.one_of(
    st.sampled_from(CHOICES),
    st.sampled_from([
        ("code_at_once", COMPLETE), ("submit",), ("recall",), ("undo",), ("refer_risk",),
        ("set_note", "birchword"), ("answer", "Z4", ("birchword",)),
        ("defer", DeferralReason.TOO_DISTRESSING),
        ("raise_flag", FlagKind.RECORD, "birchword"),
        ("raise_flag", FlagKind.CODEBOOK, "birchword"),
    ]),
)  # fmt: skip
histories = st.lists(st.tuples(st.integers(0, 1), steps), min_size=2, max_size=10)


def seen_by(audit: Audit, name: str, cases: list[str]) -> str:
    """Return everything that a coder is shown, written out."""
    audit.refresh()
    files = [audit.case_file(name, case_id) for case_id in cases]
    shown = [
        (one.coding, one.sheet.counted, one.open_flags, one.flag_answer, one.is_referred, one.kept)
        for one in files
    ]
    return repr((audit.queue(name), shown, audit.log(name)))


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(mine=histories, theirs=histories, data=st.data())
def test_nothing_that_one_coder_sees_depends_on_the_other(
    openers: Openers, mine: list[tuple[int, Step]], theirs: list[tuple[int, Step]], data: Any
) -> None:
    turns = data.draw(st.permutations([0] * len(mine) + [1] * len(theirs)))
    shown = []
    for is_there in (True, False):
        with project(openers) as open_as:
            audits = {name: open_as(name) for name in (BOSS, *REVIEWERS)}
            audits[BOSS].assign(BOSS, REVIEWERS, double="all")
            audits["amber"].refresh()
            cases = [item.case_id for item in audits["amber"].queue("amber")]
            assert len(cases) == 9
            waiting = {0: [*mine], 1: [*theirs]}
            for turn in turns:
                which, step = waiting[turn].pop(0)
                name = REVIEWERS[turn]
                if turn == 0 or is_there:
                    take(audits[name], name, cases[which], step)
            shown.append(seen_by(audits["amber"], "amber", cases))
    assert shown[0] == shown[1]


def test_the_purpose_of_a_slot_is_not_shown_to_its_coder(openers: Openers) -> None:
    with project(openers) as open_as:
        audits = {name: open_as(name) for name in (BOSS, *REVIEWERS)}
        case_id = audits["amber"].queue("amber")[0].case_id
        answers = {
            "E1": ("yes",), "E2": ("yes",), "A1": ("no",), "A10": ("no_linked_incident",),
            "A11": ("neither",), "C1": ("cannot_determine",), "Z3": ("high",), "Z4": ("brief",),
            "Z5": ("no",),
        }  # fmt: skip
        audits["amber"].code_at_once("amber", case_id, answers)
        assert audits[BOSS].second_looks(BOSS) == 1
        audits["birch"].refresh()
        second = audits["birch"].case_file("birch", case_id)
        third = next(one for one in audits["birch"].queue("birch") if one.case_id != case_id)
        other = audits["birch"].case_file("birch", third.case_id)
        assert second.coding == other.coding.__class__(
            case_id=case_id, reviewer="birch", codebook_sha256=other.coding.codebook_sha256
        )
        audits["birch"].code_at_once("birch", case_id, answers)
        assert "recheck" not in seen_by(audits["birch"], "birch", [case_id])
        assert "double" not in seen_by(audits["birch"], "birch", [case_id])


def test_a_coder_is_refused_what_the_supervisor_decides(openers: Openers) -> None:
    with project(openers) as open_as:
        audit = open_as("amber")
        case_id = audit.queue("amber")[0].case_id
        decisions: list[Callable[[], object]] = [
            lambda: audit.let_go("amber", "birch"),
            lambda: audit.pass_on("amber", case_id, giver="amber"),
            lambda: audit.second_looks("amber"),
            lambda: audit.reopen("amber", case_id, code="R2", reason="x"),
            lambda: audit.assign("amber", REVIEWERS),
        ]
        for decision in decisions:
            with pytest.raises(RefusedError, match="Only the supervisor"):
                decision()
