"""Which silent checks of a set are taken, and what their coders are shown of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256

from review.calibration import TrainingCase, set_hash
from review.codebook import Codebook
from review.gold import Gold, taken_in_order
from review.gold_events import ExpectedAnswer, GoldCase, GoldPlaced
from review.gold_shares import Loads, more_needed
from sampling.refusal import Refusal

_NAMED = 6


def source_hash(case: TrainingCase) -> str:
    """Return 64 hex digits over what is shown of a case and what is expected."""
    content = [case.text, dict(case.columns), dict(case.expected)]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def checks_to_add(gold: Gold, loads: Loads) -> int:
    """Return how many more silent checks give everybody 1 in 20."""
    holders = [len(gold.slots_of(case_id)) for case_id in gold.cases]
    return more_needed(loads, holders, {name: len(gold.dealt_to(name)) for name in loads.by_coder})


def taken(
    gold: Gold, cases: Sequence[TrainingCase], *, most: int, seed: str
) -> tuple[TrainingCase, ...]:
    """Return the cases of a set that are placed, in the order of their ``gold`` tickets.

    Args:
        gold: What is placed; a case that is among it is not placed again.
        cases: The set.
        most: How many.
        seed: The seed of the draw.

    Raises:
        TicketError: Where the seed is not allowed.
    """
    placed = {one.source_sha256 for one in gold.cases.values()}
    offered = {source: one for one in cases if (source := source_hash(one)) not in placed}
    return tuple(offered[one] for one in taken_in_order(offered, seed=seed)[:most])


def why_not_shown(cases: Sequence[TrainingCase], columns: Sequence[str]) -> Refusal | None:
    """Say why cases cannot look like those of a project, or None where they can.

    Args:
        cases: The set.
        columns: Those that coders are shown.
    """
    if not columns:
        return Refusal(
            "nothing-is-shown",
            "Coders of this project are shown no column, so a silent check would show.",
            "Commit a frame with --record COLUMN for silent checks.",
        )
    lacking = sorted(
        {column for one in cases for column in columns if column not in shown(one, columns)}
    )
    if not lacking:
        return None
    more = "" if len(lacking) <= _NAMED else f" and {len(lacking) - _NAMED} more"
    return Refusal(
        "columns-missing",
        "Silent checks have to show the same columns as the records, and the set lacks "
        f"{', '.join(lacking[:_NAMED])}{more}.",
        'Give each case of the set its columns: "record": {"COLUMN": "text"}.',
    )


def shown(case: TrainingCase, columns: Sequence[str]) -> dict[str, str]:
    """Return what coders are shown of a case, by column; the text stands for the only one."""
    texts = dict(case.columns)
    if len(columns) == 1:
        texts.setdefault(columns[0], case.text)
    return {column: texts[column] for column in columns if column in texts}


def placing(
    codebook: Codebook,
    offered: Sequence[TrainingCase],
    cases: Sequence[TrainingCase],
    places: Sequence[tuple[str, str, str]],
) -> GoldPlaced:
    """Return the event that puts silent checks among the cases.

    Args:
        codebook: The version that the expected answers are written for.
        offered: The whole set.
        cases: From :func:`taken`.
        places: Number, stratum and hash of the material of each, in the same order.
    """
    return GoldPlaced(
        set_sha256=set_hash(offered),
        codebook_sha256=codebook.sha256,
        cases=tuple(
            GoldCase(
                case_id=number,
                stratum=stratum,
                source_sha256=source_hash(case),
                material_sha256=material_sha256,
                expected=tuple(
                    ExpectedAnswer(question=question, value=value)
                    for question, value in case.expected.items()
                ),
            )
            for case, (number, stratum, material_sha256) in zip(cases, places, strict=True)
        ),
    )
