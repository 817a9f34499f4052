"""Silent checks are counted nowhere, and nothing that a coder is shown tells them from cases."""

from __future__ import annotations

import re
from dataclasses import asdict, replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dipsample.audit import Audit
from dipsample.errors import LeakFoundError, RefusedError
from dipsample.reporting import release
from review.events import DeferralReason, FlagKind
from tests.audit.one_run import BOSS, CHOICES, REVIEWERS, Openers, Step, project, take
from tests.audit.silent import NO_ARREST, OUT_OF_SCOPE, placed

TIME = re.compile(r"2025-03-31T[0-9:]+Z")
FLAG_ID = re.compile(r"flag_id='[0-9a-f]{16}'")
OF_THE_LOG = ("provenance",)
"""Tables that speak of the log itself: its heads, and how many events it holds."""
steps = st.one_of(
    st.sampled_from(CHOICES),
    st.sampled_from([
        ("code_at_once", NO_ARREST), ("code_at_once", OUT_OF_SCOPE), ("submit",), ("recall",),
        ("undo",), ("refer_risk",), ("set_note", "read twice"),
        ("defer", DeferralReason.TOO_DISTRESSING), ("raise_flag", FlagKind.RECORD, "cut off"),
        ("raise_flag", FlagKind.CODEBOOK, "what is meant"),
    ]),
)  # fmt: skip
histories = st.lists(
    st.tuples(st.sampled_from(REVIEWERS), st.integers(0, 8), steps), min_size=3, max_size=14
)
on_checks = st.lists(st.tuples(st.sampled_from(REVIEWERS), steps), min_size=1, max_size=5)


def sample_of(audit: Audit) -> list[str]:
    return [row.case_id for row in audit.cases() if row.role == "sample"]


def told(audit: Audit) -> dict[str, object]:
    """Everything that a supervisor, an adjudicator and a release say of the sample."""
    audit.refresh()
    view, seen = audit.sign_off_view(), audit.overview()
    made = release(audit._project, by=None, date="2026-01-01")
    try:
        signed: object = asdict(audit.sign_off(BOSS, "as read"))
    except RefusedError as error:
        signed = str(error)
    return {
        "cases": [row for row in audit.cases() if row.role == "sample"],
        "roles": sorted(row.role for row in audit.cases()),
        "overview": replace(seen, flags=tuple(one for one in seen.flags if not one.is_check)),
        "sign-off": replace(view, signed_at=None),
        "signed": signed,
        "stage": audit.stage,
        "findings": audit.findings(BOSS),
        "agreement": audit.agreement(BOSS),
        "decide": audit.cases_to_decide("zoe"),
        "tables": [one for one in made.tables if one.name not in OF_THE_LOG],
        "watch": [one for one in audit.watch_words(BOSS) if "silent" not in one],
    }


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(history=histories, checked=on_checks)
def test_no_count_of_the_sample_knows_of_silent_checks(
    openers: Openers, history: list[tuple[str, int, Step]], checked: list[tuple[str, Step]]
) -> None:
    seen = []
    for is_there in (True, False):
        with project(openers) as open_as:
            audit = open_as("amber")
            audit.assign(BOSS, REVIEWERS, double="4")
            sample = sample_of(audit)
            check = placed(audit, double="4") if is_there else None
            for number, (name, place, step) in enumerate(history):
                take(audit, name, sample[place], step)
                if check is not None and number < len(checked):
                    take(audit, checked[number][0], check, checked[number][1])
            if check is not None:
                assert check not in sample
            seen.append(told(audit))
    for what, value in seen[0].items():
        assert timeless(value) == timeless(seen[1][what]), what


def timeless(value: object) -> str:
    """What was said, without times and ids that count what else was written."""
    return FLAG_ID.sub("FLAG", TIME.sub("TIME", repr(value)))


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(own=st.lists(steps, max_size=6))
def test_nothing_that_a_coder_is_shown_tells_a_check_from_a_case(
    openers: Openers, own: list[Step]
) -> None:
    with project(openers) as open_as:
        audit = open_as("amber")
        check = placed(audit)
        live = next(one.case_id for one in audit.queue("amber") if one.case_id != check)
        shown = []
        for case_id in (check, live):
            refused = []
            for step in own:
                method, *arguments = step
                try:
                    getattr(audit, method)("amber", case_id, *arguments)
                except (RefusedError, LeakFoundError) as error:
                    refused.append(str(error))
            shown.append((refused, masked(audit, case_id)))
        assert shown[0] == shown[1]


def masked(audit: Audit, case_id: str) -> str:
    """What a coder is shown of one case, without what differs between any two."""
    file = audit.case_file("amber", case_id)
    (item,) = [one for one in audit.queue("amber") if one.case_id == case_id]
    (row,) = [one for one in audit.cases("amber") if one.case_id == case_id]
    log = [one.what for one in audit.log("amber") if one.case_id == case_id]
    told, kept = dict.fromkeys(file.record, ""), dict.fromkeys(file.kept, "")
    text = repr(
        (
            replace(file, stratum="", record=told, kept=kept),
            replace(item, stratum=""),
            replace(row, stratum=""),
            log,
        )
    )
    return TIME.sub("TIME", text.replace(case_id, "CASE"))
