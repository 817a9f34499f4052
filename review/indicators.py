"""From the final answers of a case to yes, no, or not known, indicator by indicator.

An indicator is a base (which incidents it is of) and a numerator (which of them count), both
conditions over answers, read in three-valued logic: "cannot be determined" is not knowing, a
question that was not asked because its gate answered definitely makes its leaf false, and one
whose gate cannot be determined leaves its leaf unknown. The parts that are known may settle the
whole all the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from review.applicability import Applicability, QuestionState, Sheet, leaf_as_fact
from review.codebook import Codebook, QuestionType
from review.conditions import All, Any, Condition, Leaf, Operator, Truth, evaluate, leaves
from review.errors import IndicatorError


class Verdict(StrEnum):
    """What one case says about one indicator."""

    TRUE = "true"
    FALSE = "false"
    UNDETERMINED = "undetermined"
    """In the base, or perhaps in it, and not decidable."""
    NOT_IN_BASE = "not_in_base"


class IndicatorKind(StrEnum):
    """What is counted."""

    INCIDENTS = "incidents"
    PERSONS = "persons"
    """A ratio of persons, clustered by incident."""
    ASKED = "asked"
    """How often a question was found undeterminable, of the times it was asked."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One quantity that the audit reports."""

    id: str
    label: str
    """Its name, which says its denominator."""
    kind: IndicatorKind
    base: Condition
    numerator: Condition


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict, and whether an answer that was left blank keeps it from being more."""

    verdict: Verdict
    is_blank: bool = False


PERSONS_ARRESTED: Final = "A2"
CANNOT_DETERMINE_RATE: Final = "Q.2"


def _is(question: str, *values: str) -> Leaf:
    return Leaf(question, Operator.IN if len(values) > 1 else Operator.EQ, values)


ELIGIBLE = All((_is("E1", "yes"), _is("E2", "yes")))
_ARREST = _is("A1", "yes")
_COUNTER = _is("C1", "yes")
_SEVERAL = _is("A2", "2", "3_or_more")
_DUAL = All((_is("A3", "yes"), _is("A4", "yes")))
_RISK_TOOLS = ("dash", "dara", "other_tool")
_ASSESSABLE = Any((_COUNTER, _DUAL, _is("A11", "both")))


def _either_way(arrested: str, *, other: str, party: str) -> Condition:
    """Arrested here, or named in the answer about the other way of being a suspect."""
    return Any((_is(arrested, "yes"), _is(other, party, "both")))


def _incidents(code: str, label: str, base: Condition, numerator: Condition) -> Indicator:
    return Indicator(code, label, IndicatorKind.INCIDENTS, base, numerator)


INDICATORS: Final[tuple[Indicator, ...]] = (
    _incidents("M1", "any arrest, of incidents", ELIGIBLE, _ARREST),
    _incidents("M2", "more than one person arrested, of incidents", ELIGIBLE, _SEVERAL),
    _incidents(
        "M3", "more than one person arrested, of incidents with an arrest", _ARREST, _SEVERAL
    ),
    _incidents("M4", "both main parties arrested, any time apart, of incidents", ELIGIBLE, _DUAL),
    _incidents(
        "M5",
        "both main parties arrested at the same attendance or within 24 hours, of incidents",
        ELIGIBLE,
        All((_DUAL, _is("A6", "same_attendance", "within_24h"))),
    ),
    _incidents("M6", "both main parties arrested, of incidents with an arrest", _ARREST, _DUAL),
    Indicator(
        "M7",
        "arrested together with the other main party, of persons arrested",
        IndicatorKind.PERSONS,
        _ARREST,
        _DUAL,
    ),
    _incidents(
        "M8",
        "same person arrested more than once, of incidents with an arrest",
        _ARREST,
        _is("A8", "party_a", "party_b", "both"),
    ),
    _incidents(
        "M9",
        "each main party arrested, in this or a linked incident, of incidents",
        ELIGIBLE,
        All(
            (
                _either_way("A3", other="A10", party="party_a"),
                _either_way("A4", other="A10", party="party_b"),
            )
        ),
    ),
    _incidents("M10", "first-recorded victim arrested, of incidents", ELIGIBLE, _is("A3", "yes")),
    _incidents(
        "M11",
        "first-recorded victim arrested and the other party not, of incidents",
        ELIGIBLE,
        All((_is("A3", "yes"), _is("A4", "no"))),
    ),
    _incidents(
        "M12",
        "both main parties treated as suspect, arrested or not, of incidents",
        ELIGIBLE,
        All(
            (
                _either_way("A3", other="A11", party="party_a"),
                _either_way("A4", other="A11", party="party_b"),
            )
        ),
    ),
    _incidents("C.1", "counter-allegation, of incidents", ELIGIBLE, _COUNTER),
    _incidents("C.2", "counter-allegation, of incidents with an arrest", _ARREST, _COUNTER),
    _incidents(
        "C.3", "both main parties arrested, of incidents with a counter-allegation", _COUNTER, _DUAL
    ),
    _incidents(
        "C.4",
        "second allegation on a crime report of its own, of incidents with a counter-allegation",
        _COUNTER,
        _is("C5", "separate_crime"),
    ),
    _incidents(
        "C.5",
        "second allegation in free text only, of incidents with a counter-allegation",
        _COUNTER,
        _is("C5", "free_text_only"),
    ),
    _incidents(
        "P.1",
        "primary perpetrator assessed, of incidents with a counter-allegation, both main parties "
        "arrested or both dealt with as suspects",
        _ASSESSABLE,
        _is("P1", "yes_with_reasons", "yes_no_reasons"),
    ),
    _incidents(
        "P.2",
        "primary perpetrator assessed with reasons, of incidents with a counter-allegation, both "
        "main parties arrested or both dealt with as suspects",
        _ASSESSABLE,
        _is("P1", "yes_with_reasons"),
    ),
    _incidents(
        "P.3",
        "history checked in both directions, of incidents with a counter-allegation",
        _COUNTER,
        _is("P4", "yes_both_directions"),
    ),
    _incidents(
        "S.1",
        "self-defence considered by police, of incidents in which a party claimed it",
        _is("S1", "party_a", "party_b", "both"),
        _is("S2", "yes"),
    ),
    _incidents(
        "R.1",
        "risk assessed for both main parties, of incidents with a counter-allegation",
        _COUNTER,
        All((_is("R1a", *_RISK_TOOLS), _is("R1b", *_RISK_TOOLS))),
    ),
    _incidents(
        "X.1",
        "arrest of the party that police did not hold to be the primary perpetrator, of incidents "
        "in which they named one",
        _is("P2", "party_a", "party_b"),
        Any(
            (
                All((_is("P2", "party_b"), _is("A3", "yes"))),
                All((_is("P2", "party_a"), _is("A4", "yes"))),
            )
        ),
    ),
)
"""Every indicator but the rates of undeterminable answers, which follow from a codebook."""


def indicators_of(codebook: Codebook) -> tuple[Indicator, ...]:
    """Return the indicators that a codebook has all the questions for, in order.

    Those of the kind ``asked`` come last, one for each question that offers an answer for a
    record that does not tell, as ``Q.2:`` and the question's id.
    """
    supported = [one for one in INDICATORS if _is_supported(one, codebook)]
    rates = [
        Indicator(
            f"{CANNOT_DETERMINE_RATE}:{question.id}",
            f"{question.id} cannot be determined, of cases in which it was asked",
            IndicatorKind.ASKED,
            Leaf(question.id, Operator.ANSWERED, ("true",)),
            Leaf(question.id, Operator.IN, tuple(sorted(question.missing_values))),
        )
        for question in codebook.questions
        if question.missing_values
    ]
    return (*supported, *rates)


def choose_indicators(codebook: Codebook, wanted: Sequence[str] | None) -> tuple[Indicator, ...]:
    """Return the indicators asked for, in the order of the codebook; all for None.

    Args:
        codebook: The one that the cases were coded with.
        wanted: Ids; ``Q.2`` stands for all of its kind.

    Raises:
        IndicatorError: Where one is not known; the message names those that are.
    """
    known = indicators_of(codebook)
    if wanted is None:
        return known
    ids = {one.id for one in known} | {CANNOT_DETERMINE_RATE}
    if unknown := [one for one in wanted if one not in ids]:
        listed = ", ".join(one.id for one in known if one.kind is not IndicatorKind.ASKED)
        raise IndicatorError(
            f"There is no indicator {', '.join(unknown)} with the codebook {codebook.id}; "
            f"there are {listed}, and {CANNOT_DETERMINE_RATE} for every question."
        )
    return tuple(
        one
        for one in known
        if one.id in wanted or (one.kind is IndicatorKind.ASKED and CANNOT_DETERMINE_RATE in wanted)
    )


def decide(indicator: Indicator, sheet: Sheet) -> Decision:
    """Return what one case says about one indicator.

    Args:
        indicator: Whose questions the sheet's codebook has.
        sheet: The final answers of the case.
    """
    if indicator.kind is IndicatorKind.ASKED:
        return _found_undeterminable(indicator, sheet)
    base = truth_of(indicator.base, sheet)
    numerator = truth_of(indicator.numerator, sheet)
    if indicator.kind is IndicatorKind.PERSONS:
        known = truth_of(_is(PERSONS_ARRESTED, "1"), sheet)
        if known in (Truth.UNKNOWN, Truth.BLANK):
            numerator = Truth.BLANK if Truth.BLANK in (known, numerator) else Truth.UNKNOWN
    if base is Truth.FALSE:
        return Decision(Verdict.NOT_IN_BASE)
    if base is Truth.TRUE and numerator is Truth.TRUE:
        return Decision(Verdict.TRUE)
    if base is Truth.TRUE and numerator is Truth.FALSE:
        return Decision(Verdict.FALSE)
    return Decision(Verdict.UNDETERMINED, is_blank=Truth.BLANK in (base, numerator))


def decide_each(indicator: Indicator, sheets: Mapping[str, Sheet]) -> dict[str, Decision]:
    """Return what each case says about one indicator: as :func:`decide`, by the key of its sheet.

    Cases that stand alike on every question of the indicator are decided once.

    Args:
        indicator: Whose questions the codebook of every sheet has.
        sheets: The final answers by case.
    """
    asked = [leaf.question for leaf in (*leaves(indicator.base), *leaves(indicator.numerator))]
    if indicator.kind is IndicatorKind.PERSONS:
        asked.append(PERSONS_ARRESTED)
    asked = list(dict.fromkeys(asked))
    known: dict[tuple[object, ...], Decision] = {}
    decided: dict[str, Decision] = {}
    for case_id, sheet in sheets.items():
        alike = tuple(_standing(sheet.by_id[question]) for question in asked)
        found = known.get(alike)
        if found is None:
            found = known[alike] = decide(indicator, sheet)
        decided[case_id] = found
    return decided


def _standing(state: QuestionState) -> tuple[object, ...]:
    """Return all that a decision reads of a question; the question itself by its identity."""
    return id(state.question), state.gate, state.applicability, state.value, state.is_counted


def is_eligible(sheet: Sheet) -> bool:
    """Say whether a case is known to be in the scope of the audit.

    A codebook without the questions of scope takes every case for eligible.
    """
    asks_scope = all(leaf.question in sheet.by_id for leaf in leaves(ELIGIBLE))
    return not asks_scope or truth_of(ELIGIBLE, sheet) is Truth.TRUE


def truth_of(condition: Condition, sheet: Sheet) -> Truth:
    """Read a condition as a statement about the case."""

    def read(leaf: Leaf) -> Truth:
        state = sheet.state_of(leaf.question)
        return leaf_as_fact(
            leaf,
            gate=state.gate,
            value=state.value if state.is_counted else (),
            missing=state.question.missing_values,
        )

    return evaluate(condition, read)


def _found_undeterminable(indicator: Indicator, sheet: Sheet) -> Decision:
    """Return whether a question was asked, and answered with not knowing."""
    (leaf,) = leaves(indicator.numerator)
    state = sheet.state_of(leaf.question)
    if state.is_counted:
        is_missing = any(value in leaf.operands for value in state.value)
        return Decision(Verdict.TRUE if is_missing else Verdict.FALSE)
    if state.applicability is Applicability.NOT_APPLICABLE:
        return Decision(Verdict.NOT_IN_BASE)
    return Decision(Verdict.UNDETERMINED, is_blank=True)


def _is_supported(indicator: Indicator, codebook: Codebook) -> bool:
    """Say whether a codebook asks everything that an indicator rests on."""
    needed = [*leaves(indicator.base), *leaves(indicator.numerator)]
    if indicator.kind is IndicatorKind.PERSONS:
        needed.append(_is(PERSONS_ARRESTED, "1", "2", "3_or_more"))
    asked = {question.id: question for question in codebook.questions}
    return all(
        leaf.question in asked
        and asked[leaf.question].type is QuestionType.SINGLE
        and set(leaf.operands) <= set(asked[leaf.question].values)
        for leaf in needed
    )
