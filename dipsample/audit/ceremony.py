"""The draw in public: a seed that several parties make, and the record that a witness signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dipsample import seeding
from dipsample.audit.standing import Standing
from dipsample.supervising import stopping_indicators
from review.indicators import Indicator
from sampling.checks import ExtractReport
from sampling.extracts.naming import Extract
from sampling.frame import FrameSpec
from sampling.identifiability import Coarser
from sampling.joint_seed import JointSeed
from sampling.plan import Plan

if TYPE_CHECKING:
    from sampling.engines import Remaining


class DrawCeremony(Standing):
    """What is looked at before a draw, the seed, and what is handed out afterwards."""

    @property
    def plan(self) -> Plan | None:
        """The committed plan; None where none is."""
        return self._project.state.ceremony.plan

    @property
    def is_seed_known(self) -> bool:
        """Whether the seed, or a party's part of it, is known: frame and plan then stand."""
        return self._project.state.ceremony.is_seed_known

    @property
    def next_draw(self) -> int:
        """The number that a draw on the committed frame would have in this project."""
        return self._project.state.ceremony.tries.draws + 1

    @property
    def stopping_indicators(self) -> tuple[Indicator, ...]:
        """The indicators of this codebook whose interval a rule can stop on."""
        return stopping_indicators(self.codebook)

    def examine(
        self,
        name: str,
        extract: Extract,
        spec: FrameSpec | None = None,
        *,
        coarser: Mapping[str, Coarser] | None = None,
    ) -> ExtractReport:
        """Say everything about an extract, as ``frame check`` does; nothing is written.

        Args:
            name: The supervisor.
            extract: Where it is.
            spec: The frame that it should become; None where no id column is known yet.
            coarser: What could be given in place of columns that could single a person out.

        Raises:
            ExtractError: Where it cannot be read at all.
        """
        from sampling.engines import check_extract

        self._supervise(name)
        return check_extract(
            extract,
            spec,
            today=self._project.today(),
            in_full=spec is not None,
            coarser=coarser,
        )

    def remaining(
        self, name: str, extract: Extract, spec: FrameSpec, earlier_waves: Sequence[Path]
    ) -> Remaining:
        """Count the records that filters and earlier waves leave; nothing is written or checked.

        Args:
            name: The supervisor.
            extract: Where it is.
            spec: The frame that it should become; it names an id column.
            earlier_waves: Lists of the records that earlier waves drew.

        Raises:
            SamplingError: Where extract or lists cannot be read, or a column is missing.
        """
        from sampling.engines import records_that_stay
        from sampling.waves import read_waves

        self._supervise(name)
        excluded = read_waves((file.name, file.read_bytes()) for file in earlier_waves)
        return records_that_stay(extract, spec, excluded=tuple(excluded))

    def extract_difference(self, name: str, extract: Extract) -> str:
        """Say how an extract differs from the committed frame; empty where it is the same.

        Raises:
            ExtractError: Where it has faults.
            SamplingError: Where no frame is committed.
        """
        from dipsample.supervising import reopen
        from sampling.ceremony import frame_of
        from sampling.reading import why_not_as_committed

        self._supervise(name)
        state = self._project.state.ceremony
        waves = state.earlier_waves
        with reopen(frame_of(state), extract, earlier_waves=waves) as opened:
            changed = why_not_as_committed(state, opened)
        return "" if changed is None else changed.reason

    @property
    def joint_seed(self) -> JointSeed | None:
        """How far the joint seed is; None where none was begun."""
        return self._project.state.ceremony.joint

    def begin_joint_seed(self, name: str, parties: Sequence[str]) -> JointSeed:
        """Name the parties; as :func:`dipsample.seeding.begin`."""
        self._supervise(name)
        return seeding.begin(self._project, name, parties)

    def commit_to_seed(self, name: str, party: str, commitment: str) -> JointSeed:
        """Take in a commitment; as :func:`dipsample.seeding.commit`."""
        self._supervise(name)
        return seeding.commit(self._project, name, party, commitment)

    def reveal_contribution(self, name: str, party: str, contribution: str) -> JointSeed:
        """Take in a contribution; as :func:`dipsample.seeding.reveal`."""
        self._supervise(name)
        return seeding.reveal(self._project, name, party, contribution)

    def write_draw_record(self, out: Path) -> tuple[Path, ...]:
        """Write the draw record; as :func:`dipsample.recording.write_record`."""
        from dipsample.recording import write_record

        self._project.refresh()
        return write_record(self._project, out)
