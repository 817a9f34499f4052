"""What a supervisor does to the frame of a rolling draw: take a later extract in, and close it."""

from __future__ import annotations

from dipsample.errors import RefusedError
from dipsample.project import Happened, OpenProject, allowed
from dipsample.reporting import NOT_DRAWN
from dipsample.supervising import materials, reopen
from sampling.ceremony import Ceremony, plan_of
from sampling.drawing import FreshDraw
from sampling.engines.opened import OpenFrame
from sampling.extracts.naming import Extract
from sampling.growing import Later, decide_close, decide_growth, records_grown, why_no_growth
from sampling.growing_frame import lost_lines
from sampling.reading import read_draw, why_not_as_committed


def take_in(project: OpenProject, name: str, extract: Extract, *, earlier: Extract) -> int:
    """Let the frame grow to a later extract, and draw its share of what is new.

    Args:
        project: The project.
        name: The supervisor.
        extract: The later extract; it holds every record of the earlier one.
        earlier: The extract that the frame was last made of.

    Returns:
        How many events were written: 0 where the frame was made of the later extract already.

    Raises:
        ExtractError: Where the later extract has faults.
        RefusedError: Where no rolling draw is open, the earlier extract is not the frame as it
            is, or the later one lacks a record of it.
    """
    state = project.state.ceremony
    allowed(why_no_growth(state) or ())
    if state.frame is None or state.seed is None:
        raise RefusedError(NOT_DRAWN)
    waves = state.earlier_waves
    with (
        reopen(state.frame, earlier, earlier_waves=waves) as before,
        reopen(state.frame, extract, earlier_waves=waves) as after,
    ):
        if after.fingerprint() == state.frame.fingerprint:
            return 0
        allowed(why_not_as_committed(state, before) or ())
        drawn = _read(state, before, seed=state.seed.seed)
        later = Later(
            frame=after.frame,
            fresh=_read(state, after, seed=state.seed.seed),
            lost=lost_lines(before.lines(), after.lines()),
            releases_before=len(project.state.releases),
        )
        records = records_grown(state, later.fresh.ranked, seed=state.seed.seed)
        cases = () if later.lost else materials(state.frame, after, records)
    by_record = {case.record_id: case.sha256 for case in cases}
    events = allowed(decide_growth(state, drawn, later, material_sha256=by_record))
    added = cases[len(state.records) :]
    return len(project.write(name, [Happened(event) for event in events], cases=added))


def close(project: OpenProject, name: str, extract: Extract) -> int:
    """Close the frame of a rolling draw; closing it again writes nothing.

    Args:
        project: The project.
        name: The supervisor.
        extract: The extract that the frame was last made of.

    Returns:
        How many events were written.

    Raises:
        RefusedError: Where no rolling draw is open, or the extract is another one.
    """
    state = project.state.ceremony
    if state.frame is None:
        raise RefusedError(NOT_DRAWN)
    with reopen(state.frame, extract, earlier_waves=state.earlier_waves) as opened:
        fingerprint, strata = opened.fingerprint(), opened.stratum_sizes()
    events = allowed(decide_close(state, fingerprint, strata=strata))
    return len(project.write(name, [Happened(event) for event in events]))


def _read(state: Ceremony, opened: OpenFrame, *, seed: str) -> FreshDraw:
    return read_draw(opened, plan_of(state), seed=seed, take={})
