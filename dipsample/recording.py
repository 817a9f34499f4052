"""The draw record of a project, and the check of one without the project."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dipsample import __version__
from dipsample.errors import UsageError
from dipsample.growth_proofs import GrowthClaims, growth_checks
from dipsample.project import OpenProject, created_of
from dipsample.supervising import reopen
from dipsample.verdicts import Check, Verification
from dipsample.verification import abandoned_words
from dipsample.wording import drawn_again_words
from exports.draw_record import as_html, as_text, read_record
from exports.draw_record.page import grouped
from exports.files import write_whole
from sampling.ceremony import Ceremony, replay
from sampling.draw import DrawnRecord, RankedRecord, number_cases, sample_digest
from sampling.draw_record import (
    DrawRecord,
    LoggedStep,
    make_record,
    record_digest,
    why_not_this_seed,
)
from sampling.errors import ExtractError, SamplingError
from sampling.events import FrameCommitted, PlanCommitted
from sampling.extracts.naming import Extract
from sampling.growth import planned_reach
from sampling.listings import listings_of_record
from sampling.reading import read_draw, why_not_as_committed
from sampling.rolling_redraw import drawn_at_once
from sampling.waves import read_waves

_STEPS: Final = {
    "FrameCommitted": "frame",
    "PlanCommitted": "plan",
    "SeedRevealed": "seed",
    "SampleDrawn": "draw",
    "SampleExtended": "extension",
    "FrameGrown": "growth",
    "FrameClosed": "closing",
}
SHOWS: Final = (
    "that frame, plan and seed of the record make this sample and no other, if its digest is the "
    "one that the witness signed."
)
DOES_NOT_SHOW: Final = (
    "that the seed was made after frame and plan were published, that no other project drew on "
    "this frame before and was thrown away, or that every record stood in the extract."
)
_FORMS: Final = {".txt": as_text, ".html": as_html}
_NONCE: Final = re.compile(rb"(?:^|\n)(?:#nonce\t)?([0-9a-f]{64})\s*(?:\n|$)")


def write_record(project: OpenProject, out: Path) -> tuple[Path, ...]:
    """Write the draw record: one file by its ending, or both forms into a folder.

    Raises:
        SamplingError: Where no sample is drawn.
        UsageError: Where ``out`` is neither a folder nor a .txt or .html file.
        OutputError: Where it cannot be written.
    """
    record = record_of(project)
    if out.is_dir():
        files = tuple(out / f"draw-record{suffix}" for suffix in _FORMS)
    elif out.suffix in _FORMS:
        files = (out,)
    else:
        raise UsageError("OUT is a folder, or a file that ends in .txt or .html.")
    for file in files:
        write_whole(file, _FORMS[file.suffix](record))
    return files


def record_of(project: OpenProject) -> DrawRecord:
    """Return the draw record as the log stands.

    Raises:
        SamplingError: Where no sample is drawn.
    """
    return make_record(
        project.state.ceremony,
        title=created_of(project).title,
        software=f"dipsample {__version__}",
        steps=tuple(_steps(project)),
    )


def _steps(project: OpenProject) -> Iterator[LoggedStep]:
    """Yield the steps of the ceremony; of frames and plans the ones that count."""
    last: dict[str, LoggedStep] = {}
    for event in project.store.events():
        what = _STEPS.get(event.kind)
        if what in ("extension", "growth"):
            what = f"{what} {event.data[what]}"
        if what is not None:
            last.pop(what, None)
            last[what] = LoggedStep(what=what, time=event.time, hash=event.hash)
    yield from last.values()


@dataclass(frozen=True, slots=True)
class GivenRecord:
    """A draw record that somebody handed in."""

    record: DrawRecord
    is_page_of_data: bool
    """Whether the page is word for word what its data make."""
    nonce: str | None
    """64 hex digits that the supervisor showed; None where none was given."""
    earlier_waves: tuple[str, ...] = ()
    """Ids that the frame leaves out because earlier waves drew them."""
    earlier: tuple[Extract, ...] = ()
    """Of a rolling draw, the extracts that the frame was made of before."""


def verify_record(
    file: Path,
    *,
    extract: Extract | None,
    nonce_file: Path | None,
    earlier_waves: Sequence[Path] = (),
    earlier: Sequence[Extract] = (),
) -> Verification:
    """Check a draw record, and with the extract draw everything again; no project is needed.

    Args:
        file: The record, text or HTML.
        extract: The extract that was committed; None: it is not looked at.
        nonce_file: A file with the nonce of the frame, such as the lines of the frame.
        earlier_waves: Lists of the records that the frame leaves out, where it does.
        earlier: Of a rolling draw, the extracts that the frame was made of before, in any order.

    Raises:
        SamplingError: Where the file is no draw record.
        UsageError: Where a nonce is needed and not given, or given and not found.
    """
    record, is_page = read_record(file.read_bytes())
    waves = read_waves((one.name, one.read_bytes()) for one in earlier_waves)
    nonce = None if nonce_file is None else _nonce(nonce_file)
    given = GivenRecord(record, is_page, nonce, waves, tuple(earlier))
    if extract is not None and record.has_nonce and given.nonce is None:
        raise UsageError(
            "The fingerprint of this frame covers a nonce. Ask the supervisor for it, and give "
            "the file that holds it with --nonce-file."
        )
    return Verification(tuple(_checks(given, extract)), None, SHOWS, DOES_NOT_SHOW)


def _nonce(file: Path) -> str:
    found = _NONCE.search(file.read_bytes())
    if found is None:
        raise UsageError("The file of --nonce-file holds no nonce of 64 hex digits.")
    return found.group(1).decode("ascii")


def _checks(given: GivenRecord, extract: Extract | None) -> Iterator[Check]:
    record = given.record
    yield Check(
        "page",
        given.is_page_of_data,
        f"every word is what its data make; record digest {grouped(record_digest(record))}"
        if given.is_page_of_data
        else "the page is not the one that its data make, or another version of dipsample made it.",
    )
    wrong_seed = why_not_this_seed(record)
    if record.parties:
        made = f"made by {len(record.parties)} parties, each as it committed"
        yield Check("seed", wrong_seed is None, wrong_seed or made)
    if record.joints_abandoned:
        yield Check("seed", True, abandoned_words(record.joints_abandoned))
    if extract is not None:
        yield from _with_extract(given, extract)


def _with_extract(given: GivenRecord, extract: Extract) -> Iterator[Check]:
    record = given.record
    frame = record.frame.model_copy(update={"nonce": given.nonce if record.has_nonce else None})
    state: Ceremony = replay((FrameCommitted(frame=frame), PlanCommitted(plan=record.plan)))
    take = {one.stratum: one.ranks for one in record.ranks}
    try:
        with reopen(frame, extract, earlier_waves=given.earlier_waves) as opened:
            changed = why_not_as_committed(state, opened)
            if changed is not None:
                yield Check("extract", False, changed.reason)
                return
            yield Check("extract", True, f"fingerprint {opened.fingerprint()}, as on the record")
            seed = record.seed.seed
            ranked = read_draw(opened, record.plan, seed=seed, take=take).ranked
        yield from _drawn_again(record, ranked)
        claims = GrowthClaims(
            frame,
            record.plan,
            seed,
            earlier_waves=given.earlier_waves,
            listings=listings_of_record(record),
        )
        yield from growth_checks(claims, extract, given.earlier)
    except (ExtractError, SamplingError) as problem:
        yield Check("extract", False, str(problem))


def _drawn_again(record: DrawRecord, ranked: tuple[RankedRecord, ...]) -> Iterator[Check]:
    """Compare the digests of a draw made again with those of the record."""
    seed = record.seed.seed
    if record.plan.rolling is not None:
        again = drawn_at_once(ranked, seed=seed)
        yield _digest_check("draw", again, record.sample_digest)
        return
    reach = planned_reach(record.plan, seed)
    first = tuple(one for one in ranked if one.rank <= reach[one.group].drawn)
    draws = [("draw", first, record.drawn.sample_digest)]
    if record.extensions:
        draws.append(("draw by now", ranked, record.sample_digest))
    for name, drawn, digest in draws:
        sizes = {group: one.sample for group, one in reach.items()}
        again = number_cases(seed, drawn, sample_sizes=sizes)
        yield _digest_check(name, again, digest)


def _digest_check(name: str, again: Sequence[DrawnRecord], digest: str) -> Check:
    is_same = sample_digest(again) == digest
    same = f"{drawn_again_words(again)}, with the digest of the record"
    return Check(name, is_same, same if is_same else "another sample than the record's.")
