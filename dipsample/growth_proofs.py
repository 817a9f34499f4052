"""Did the frame of a rolling draw only ever grow? Proved to whoever has its extracts.

The last extract proves who is drawn by now. That no record left on the way, or was moved to
another stratum, takes the extract of before as well: each of its lines is looked up in the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dipsample.supervising import reopen
from dipsample.verdicts import Check
from sampling.extracts.naming import Extract
from sampling.frame import Frame
from sampling.growing_frame import lost_lines
from sampling.listings import Listing, fault_of_listing
from sampling.plan import Plan
from sampling.reading import read_draw


@dataclass(frozen=True, slots=True)
class GrowthClaims:
    """What a log or a draw record says of a frame that grew, and how its extracts are read."""

    frame: Frame
    """With its nonce, if it has one."""
    plan: Plan
    seed: str
    earlier_waves: tuple[str, ...]
    listings: tuple[Listing, ...]
    """The frame at the draw and after each growth; none where it could not grow."""


def growth_checks(
    claims: GrowthClaims, last: Extract, earlier: Sequence[Extract]
) -> Iterator[Check]:
    """Yield what each earlier extract is, and for each growth whether it was one.

    Args:
        claims: What is said.
        last: The extract of the last growth, known to be the one.
        earlier: Extracts of before, in any order.

    Raises:
        SamplingError: Where an extract cannot be read.
    """
    found: dict[int, Extract] = {}
    for extract in earlier:
        stage, check = _placed(claims, extract)
        yield check
        if stage is not None:
            found[stage] = extract
    found[len(claims.listings) - 1] = last
    for number in range(1, len(claims.listings)):
        yield _growth(claims, number, found)


def _placed(claims: GrowthClaims, extract: Extract) -> tuple[int | None, Check]:
    """Return the stage at which the frame was made of an extract, and what drawing again gives."""
    with reopen(claims.frame, extract, earlier_waves=claims.earlier_waves) as opened:
        fingerprint = opened.fingerprint()
        stages = [one.fingerprint for one in claims.listings]
        if claims.plan.rolling is None or fingerprint not in stages:
            says = f"{extract.name} is none of the extracts that the frame was made of."
            return None, Check("extract", False, says)
        stage = stages.index(fingerprint)
        ranked = read_draw(opened, claims.plan, seed=claims.seed, take={}).ranked
    told = claims.listings[stage]
    fault = fault_of_listing(told, ranked, rate=claims.plan.rolling, seed=claims.seed)
    when = f"after growth {stage}" if stage else "at the draw"
    says = f"{extract.name} is the frame {when}; {len(ranked):,} records of it drawn again"
    if fault is not None:
        return None, Check("extract", False, f"{extract.name} is the frame {when}, but {fault}")
    return stage, Check("extract", True, says)


def _growth(claims: GrowthClaims, number: int, found: Mapping[int, Extract]) -> Check:
    """Say whether one growth left every record where it was."""
    name = f"growth {number}"
    before, after = found.get(number - 1), found.get(number)
    if before is None or after is None:
        missing = [
            words for words, extract in (("before", before), ("after", after)) if extract is None
        ]
        extracts = "extract" if len(missing) == 1 else "extracts"
        says = f"--earlier takes the {extracts} {' and '.join(missing)} it"
        return Check(name, None, f"not proved that no record left the frame: {says}.")
    with (
        reopen(claims.frame, before, earlier_waves=claims.earlier_waves) as old,
        reopen(claims.frame, after, earlier_waves=claims.earlier_waves) as new,
    ):
        lost = lost_lines(old.lines(), new.lines())
        grown = sum(new.stratum_sizes().values()) - sum(old.stratum_sizes().values())
    if lost:
        were = "1 line of {} is" if lost == 1 else f"{lost:,} lines of {{}} are"
        return Check(name, False, f"{were.format(before.name)} not in {after.name}.")
    drawn = claims.listings[number].drawn - claims.listings[number - 1].drawn
    says = f"{after.name} holds every record of {before.name}; {drawn:,} of the {grown:,} new drawn"
    return Check(name, True, says)
