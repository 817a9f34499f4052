from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from exports.methods import SENTENCES, statements
from exports.release import Extension, Growth, ReleaseRequest, Revision
from sampling.collapsing import SIZES, Collapsed, Disagreement, RowsOfRecord, Rule
from sampling.estimation import PROMISES, Method
from sampling.frame import DRAWN_BEFORE, Accepted, Exclusion, Period, StratumSize, UnitSize
from sampling.looking import Stopping
from sampling.plan import Allocation, FirstStage, PlannedStratum, StrataInterval, UnitQuota
from tests.exports import builder as build

Sentences = dict[str, Callable[[ReleaseRequest], str | None]]
SENTENCE: Sentences = {sentence.__name__: sentence for _, sentence in SENTENCES}

STOPPING = Stopping(margin=Decimal("0.03"), least=100, most=400, every=25, on="M2")


def whole() -> dict[str, ReleaseRequest]:
    """Requests that differ from the usual one in one fact each."""
    usual: ReleaseRequest = build.request()
    one = PlannedStratum(name="all", population=11_880, sample=400, reserve=40)
    simple = {"strata": (one,)}
    census = PlannedStratum(name="all", population=400, sample=400, reserve=0)
    part = PlannedStratum(name="small", population=4, sample=4, reserve=0)
    rest = PlannedStratum(name="rest", population=11_876, sample=396, reserve=0)
    margin = {"margin": Decimal("0.02"), "expected": Decimal("0.05")}

    def project(**changes: Any) -> ReleaseRequest:
        return replace(usual, project=replace(usual.project, **changes))

    def coding(**changes: Any) -> ReleaseRequest:
        return replace(usual, coding=replace(usual.coding, **changes))

    def planned(**changes: Any) -> ReleaseRequest:
        used = {s.name: 0 for s in changes.get("strata", usual.plan.strata)}
        used[next(iter(used))] = usual.coding.read
        return replace(usual, plan=build.plan(**changes), coding=replace(usual.coding, used=used))

    def found(**changes: Any) -> ReleaseRequest:
        return replace(usual, findings=tuple(replace(f, **changes) for f in usual.findings))

    def framed(**changes: Any) -> ReleaseRequest:
        return replace(usual, frame=usual.frame.model_copy(update=changes))

    def extended(*extensions: Extension) -> ReleaseRequest:
        return replace(usual, draw=replace(usual.draw, extensions=extensions))

    return {
        "usual": usual,
        "no population": project(population=None),
        "no encryption": project(is_encrypted=False),
        "target": project(target="at most 5 %."),
        "rule": planned(**simple, stopping=STOPPING),
        "looks": planned(looks=2),
        "named": planned(interval=StrataInterval.CERTIFIED),
        "basis": replace(usual, basis=("Figures rest on the first 40 cases.",)),
        "nonce": framed(nonce="0" * 64),
        "no exclusions": framed(exclusions=()),
        "collapsed": framed(collapsed=COLLAPSED),
        "crimes": framed(unit_of_rows="crime"),
        "counted": framed(
            spec=usual.frame.spec.model_copy(
                update={"independent": (StratumSize(name="no flag", records=7),)}
            )
        ),
        "period": framed(
            spec=usual.frame.spec.model_copy(
                update={
                    "period": Period(column="day", first=date(2024, 4, 1), last=date(2025, 3, 31))
                }
            )
        ),
        "wave": framed(
            spec=usual.frame.spec.model_copy(update={"excluded": "ab" * 32}),
            exclusions=(Exclusion(reason=DRAWN_BEFORE, records=117),),
        ),
        "by size": replace(
            planned(is_size_weighted=True),
            frame=usual.frame.model_copy(
                update={"spec": usual.frame.spec.model_copy(update={"size_column": "crimes"})}
            ),
        ),
        "two stages": replace(
            planned(strata=(one,), first_stage=STAGE),
            frame=usual.frame.model_copy(
                update={"spec": usual.frame.spec.model_copy(update={"unit_column": "station"})}
            ),
        ),
        "accepted": framed(accepted=(Accepted(code="mangled-ids", reason="checked by hand"),)),
        "simple": planned(**simple),
        "census": planned(strata=(census,)),
        "part census": planned(strata=(part, rest)),
        "equal": planned(allocation=Allocation.EQUAL),
        "margin": planned(**margin),
        "tries": replace(usual, draw=replace(usual.draw, frames=3, plans=2)),
        "detect": planned(detect=Decimal("0.01")),
        "rates": planned(strata=(one.model_copy(update={"expected": Decimal("0.04")}),)),
        "neyman": planned(allocation=Allocation.NEYMAN, maximum=250),
        "power": planned(allocation=Allocation.POWER),
        "extended": extended(Extension(300, 350, 0), Extension(350, 400, 0)),
        "extended late": extended(Extension(300, 400, 2)),
        "rolling": replace(
            planned(rolling=Decimal("0.034")),
            draw=replace(usual.draw, growths=(Growth(11_880, 1),), is_open=True),
        ),
        "replaced": coding(
            states={"final": 399, "excluded": 4},
            replaced={"no flag": 2, "two or more suspects": 1},
            replaced_reasons={"not_in_scope": 1, "duplicate_record": 1, "restricted": 1},
            used={**usual.coding.used, "no flag": usual.coding.used["no flag"] + 2},
        ),
        "nobody": coding(reviewers=()),
        "twice": coding(most_codings_of_a_case=2),
        "revised": coding(
            revisions=(
                Revision("1.1.0", "was unclear.", ("A1 question reworded (meaning)",), ("P1",), 12),
            )
        ),
        "ended": replace(usual, ended=build.ended()),
        "double": replace(usual, agreement=build.double_coding()),
        "unfinished": coding(
            states={"final": 399, "awaiting": 1},
        ),
        "none taken out": coding(states={"final": 400}, used={"no flag": 391}),
        "all read": coding(not_opened={}, used={"no flag": 399}),
        "all in scope": coding(out_of_scope={}, not_opened={"no_missing": 9}),
        "all decided": found(undetermined=0),
        "blanks": found(blank=2),
        "no readings": found(indicator="P.1"),
        "joined": found(flags=("collapsed-stratum",)),
        "no method": found(method=None),
        "complete": found(method="census"),
        "blaker": found(method="hypergeometric-blaker"),
    }


STAGE = FirstStage(
    quotas=(UnitQuota(stratum="all", units=3, sample=2),),
    per_unit=200,
    is_by_records=False,
    units=tuple(UnitSize(stratum="all", name=name, records=3_960) for name in "abc"),
)
COLLAPSED = Collapsed(
    key="incident_id",
    rows=13_000,
    records=11_880,
    largest=5,
    sizes=tuple(
        RowsOfRecord(rows=rows, records=records)
        for rows, records in zip(SIZES, (11_000, 700, 150, 30), strict=True)
    ),
    columns=(Disagreement(column="party_a_ethnicity_sde", records=12, rule=Rule.LIST),),
)

# For each sentence with a condition: a request where it holds, its words, and one where it does
# not.
CONDITIONAL = {
    "population": ("usual", "The population is domestic abuse incidents", "no population"),
    "population_is_not_stated": ("no population", "does not state its population", "usual"),
    "nonce": ("nonce", "random nonce", "usual"),
    "exclusions": ("usual", "open, closed: 117; wholly blank rows", "no exclusions"),
    "collapsed": ("collapsed", "13,000 rows gave 11,880 records, 880 of them of more", "usual"),
    "rules_of_columns": ("collapsed", "party_a_ethnicity_sde, 12 records: all diff", "usual"),
    "not_incidents": ("crimes", "a sample of crimes and not of incidents", "usual"),
    "independent_counts": ("counted", "in the frame, 7 counted", "usual"),
    "period": ("period", "2024-04-01 to 2025-03-31; no record left", "usual"),
    "earlier_waves": ("wave", "117 records of the extract had been drawn in earlier", "usual"),
    "size_weighted_design": ("by size", "with chances in proportion to the column crimes", "usual"),
    "two_stage_design": ("two stages", "2 of 3 units of the column station", "usual"),
    "weights_of_records": ("by size", "one over the probability", "usual"),
    "without_shell": ("two stages", "by dipsample verify", "usual"),
    "redraw": ("usual", "done < frame.tsv | sort | head", "by size"),
    "accepted_faults": ("accepted", "mangled-ids: checked by hand", "usual"),
    "simple_design": ("simple", "simple random sample without replacement of 400", "usual"),
    "stratified_design": ("usual", "4 strata, shared out in proportion", "simple"),
    "census_strata": ("part census", "1 of the strata were drawn whole", "usual"),
    "size_given": ("usual", "The size of 400 was set", "margin"),
    "size_for_margin": ("margin", "margin of 2 percentage points either side at 95%", "usual"),
    "size_for_detection": ("detect", "found with 95% confidence if 1% of the records", "usual"),
    "expected_by_stratum": ("rates", "a prevalence expected in each stratum", "usual"),
    "stopping_rule": ("rule", "the interval of M2 is within 3 percentage points", "simple"),
    "planned_looks": ("looks", "allows 2 looks at provisional figures", "usual"),
    "named_interval": ("named", "before the seed: stratified-certified.", "usual"),
    "basis": ("basis", "rest on the first 40 cases", "usual"),
    "extensions": ("extended", "from 300 to 350, then from 350 to 400 records", "usual"),
    "rolling_design": ("rolling", "with a probability of 0.034 (3.4%), by itself", "usual"),
    "growth": ("rolling", "the frame grew to 11,880 records", "usual"),
    "frame_is_open": ("rolling", "none of them is final", "usual"),
    "order_of_rolling": ("rolling", "able to choose an id", "usual"),
    "rolling_tickets": ("rolling", "where its ticket is under 08b4395810624dd2", "usual"),
    "order_of_decisions": ("usual", "recorded before the seed", "rolling"),
    "tickets": ("usual", "records with the smallest tickets were drawn", "rolling"),
    "replacements": ("replaced", "(replaced: not in scope: 1; replaced: duplicate", "usual"),
    "frame_errors": ("replaced", "count 2 replaced records that should not", "usual"),
    "tries": ("tries", "recorded 3 frames of these records and 2 plans", "usual"),
    "reviewers": ("usual", "3 reviewers handed in cases: R1 134, R2 133, R3 132", "nobody"),
    "coded_once": ("usual", "No case was coded by two people", "twice"),
    "revisions": ("revised", "Version 1.1.0, after 12 cases had been handed in on an", "usual"),
    "ended": ("ended", "Figures under small 1.0.0, as they stood on 2026-01-05 when", "usual"),
    "double_coding": ("double", "42 cases, chosen at random by ticket, were given to two", "usual"),
    "agreement": ("double", "A1 on 39 cases 92.3%, AC1 0.90 (0.79 to 1.00), left out: 1", "usual"),
    "unfinished": ("unfinished", "of 400 cases, 399 are final and 1 open", "usual"),
    "excluded": ("usual", "took 1 case out of the audit", "none taken out"),
    "not_read": ("usual", "nothing is behind the reference: 9", "all read"),
    "out_of_scope": ("usual", "E2: Cannot be determined from the record: 3", "all in scope"),
    "undetermined": ("usual", "never counted as a no", "all decided"),
    "blank": ("blanks", "M2: 2", "usual"),
    "readings": ("usual", "uses the reading M2: more than one person", "no readings"),
    "limits_of_readings": ("usual", "do not say who was responsible", "no readings"),
    "weights": ("usual", "by its share of the frame", "simple"),
    "joined_strata": ("joined", "joined to the stratum next to it", "usual"),
    "finite_population": ("usual", "the share of the frame that was read", "complete"),
    "interval_methods": ("usual", "korn-graubard-capped: approximate", "no method"),
    "target": ("target", "The target set before coding: at most 5 %.", "usual"),
    "not_encrypted": ("no encryption", "meant for synthetic records", "usual"),
}
ALWAYS = {
    "frame": "a list of 11,880 records. Its fingerprint",
    "answers_of_the_owner": "no crime was recorded? not answered.",
    "what_no_frame_shows": "domestic abuse flag was lost",
    "seed": "The seed is 48210339475520617384. Its source: Twenty digits",
    "draw_number": "draw 1 of 1 on this frame",
    "codebook": "small 1.0.0",
    "provisional": "nobody has signed them off",
    "not_controlled": "No figure has been hidden",
    "names_are_labels": "labels",
    "sampling_error_only": "chance of the draw alone",
    "verify": "dipsample verify PROJECT EXTRACT",
    "fingerprint": "LC_ALL=C sort frame.tsv | sha256sum",
}


def test_every_sentence_is_named_in_this_file() -> None:
    assert set(SENTENCE) == set(CONDITIONAL) | set(ALWAYS)


@pytest.mark.parametrize("name", CONDITIONAL)
def test_a_sentence_is_printed_where_it_holds_and_nowhere_else(name: str) -> None:
    holds, words, fails = CONDITIONAL[name]
    requests = whole()
    text = SENTENCE[name](requests[holds])
    assert text is not None
    assert words in text
    assert text in [statement.text for statement in statements(requests[holds])]
    assert SENTENCE[name](requests[fails]) is None


@pytest.mark.parametrize("name", ALWAYS)
def test_a_sentence_without_a_condition_states_the_project_s_own_facts(name: str) -> None:
    text = SENTENCE[name](build.request())
    assert text is not None
    assert ALWAYS[name] in text


def test_each_method_is_printed_with_its_own_promise() -> None:
    text = SENTENCE["interval_methods"](whole()["blaker"])
    promise = PROMISES[Method.HYPERGEOMETRIC_BLAKER]
    assert text == f"hypergeometric-blaker: {promise}."


def test_equal_allocation_and_a_complete_count_are_said_in_their_words() -> None:
    requests = whole()
    assert "in equal parts" in str(SENTENCE["stratified_design"](requests["equal"]))
    assert "(power allocation)" in str(SENTENCE["stratified_design"](requests["power"]))
    neyman = str(SENTENCE["stratified_design"](requests["neyman"]))
    assert "(Neyman allocation)" in neyman
    assert neyman.endswith("that has as many, and at most 250 from any.")
    assert "Every record of the frame was drawn" in str(
        SENTENCE["census_strata"](requests["census"])
    )


def test_the_draw_number_says_which_of_how_many() -> None:
    usual = build.request()
    again = replace(usual, draw=replace(usual.draw, number=3, of=4))
    assert "draw 3 of 4 on this frame" in str(SENTENCE["draw_number"](again))


def test_an_extended_sample_keeps_the_size_that_was_planned() -> None:
    requests = whole()
    assert "The size of 300 was set" in str(SENTENCE["size_given"](requests["extended"]))
    early = str(SENTENCE["extensions"](requests["extended"]))
    assert "Findings had not been exported before" in early
    assert "do not allow for a choice of when to stop" in early
    late = str(SENTENCE["extensions"](requests["extended late"]))
    assert "exported 2 times before" in late
    assert "do not allow for a choice of when to stop" in late


def test_a_replaced_record_is_among_those_that_the_shell_lines_print() -> None:
    requests = whole()
    usual, replaced = (SENTENCE["redraw"](requests[name]) for name in ("usual", "replaced"))
    assert "N=232" in str(usual)
    assert "N=234" in str(replaced)
    assert "Replaced records are among them." in str(replaced)
    assert "The supervisor took 1 case out" in str(SENTENCE["excluded"](requests["replaced"]))
