"""The draw in public: a seed that several parties make, and the record that a witness signs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dipsample import seeding
from dipsample.audit.standing import Standing
from sampling.joint_seed import JointSeed


class SeedCeremony(Standing):
    """Commitments, then contributions, then the seed; and what is handed out afterwards."""

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
