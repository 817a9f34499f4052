"""What a supervisor does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dipsample import growing, listing, overview, reading_over, reporting, supervising
from dipsample.audit.standing import Standing
from dipsample.views import CaseSeen, Overview
from sampling.extending import largest_size
from sampling.extracts.naming import Extract
from sampling.frame import Frame, FrameSpec
from sampling.plan import Plan
from sampling.planning import PlanRequest


class Supervision(Standing):
    """Frame, plan, draw, growth, and answers to coders; refused to anybody else."""

    def commit_frame(
        self,
        name: str,
        extract: Extract,
        spec: FrameSpec,
        *,
        with_nonce: bool = False,
        lines_to: Path | None = None,
        earlier_waves: Sequence[Path] = (),
    ) -> Frame:
        """Fix which records can be drawn; as :func:`dipsample.supervising.commit_frame`."""
        self._supervise(name)
        return supervising.commit_frame(
            self._project,
            name,
            extract,
            spec,
            with_nonce=with_nonce,
            lines_to=lines_to,
            earlier_waves=earlier_waves,
        )

    def commit_plan(self, name: str, request: PlanRequest) -> Plan:
        """Fix how many are drawn; as :func:`dipsample.supervising.commit_plan`."""
        self._supervise(name)
        return supervising.commit_plan(self._project, name, request)

    def draw(self, name: str, extract: Extract, *, seed: str, source: str) -> int:
        """Draw the sample; as :func:`dipsample.supervising.draw`."""
        self._supervise(name)
        return supervising.draw(self._project, name, extract, seed=seed, source=source)

    @property
    def is_frame_open(self) -> bool:
        """Whether the frame is one of a rolling draw that may still grow."""
        return self._project.state.ceremony.is_open

    @property
    def sample_digest(self) -> str | None:
        """The digest of all drawn records as they are now; None where none is drawn."""
        return self._project.state.ceremony.sample_digest

    @property
    def largest_sample(self) -> int:
        """The largest size that frame and plan leave room for; a sample is drawn."""
        return largest_size(self._project.state.ceremony)

    def growth_ahead(self, name: str, size: int) -> growing.GrowthAhead:
        """Say what an extension would add; as :func:`dipsample.growing.growth_ahead`."""
        self._supervise(name)
        return growing.growth_ahead(self._project, size)

    def extend(self, name: str, extract: Extract, size: int) -> int:
        """Let the sample grow by the next ranks; as :func:`dipsample.growing.extend`."""
        self._supervise(name)
        return growing.extend(self._project, name, extract, size)

    def take_in(self, name: str, extract: Extract, *, earlier: Extract) -> int:
        """Let the frame of a rolling draw grow; as :func:`dipsample.listing.take_in`."""
        self._supervise(name)
        return listing.take_in(self._project, name, extract, earlier=earlier)

    def close_frame(self, name: str, extract: Extract) -> int:
        """Close the frame of a rolling draw; as :func:`dipsample.listing.close`."""
        self._supervise(name)
        return listing.close(self._project, name, extract)

    def replace(
        self, name: str, case_id: str, reason: str, *, extract: Extract | None = None
    ) -> str:
        """Replace a case from the reserve; as :func:`dipsample.growing.replace`."""
        self._supervise(name)
        return growing.replace(self._project, name, case_id, reason, extract=extract)

    def overview(self) -> Overview:
        """Return progress, referrals and open flags."""
        return overview.overview(self._project)

    def case_for_supervisor(self, name: str, case_id: str) -> CaseSeen:
        """Return a case with every coding of it; as :func:`dipsample.reading_over.case_seen`.

        Raises:
            RefusedError: Where ``name`` is not the supervisor.
            InputError: Where the sample has no such case.
        """
        self._supervise(name)
        return reading_over.case_seen(self._project, case_id)

    def acknowledge_risk(self, name: str, case_id: str, action: str) -> None:
        """Say what was done about a safeguarding referral."""
        self._supervise(name)
        supervising.acknowledge_risk(self._project, name, case_id, action)

    def answer_flag(self, name: str, flag_id: str, text: str) -> None:
        """Answer a flag, which closes it."""
        self._supervise(name)
        supervising.answer_flag(self._project, name, flag_id, text)

    def return_case(self, name: str, case_id: str, question: str) -> None:
        """Send a handed-in case back to its coder with a question."""
        self._supervise(name)
        supervising.return_case(self._project, name, case_id, question)

    def design(self) -> Plan:
        """Return the plan with sample and reserve of each stratum as they are now.

        Raises:
            RefusedError: Where no sample is drawn yet.
        """
        return reporting.drawn_design(self._project)[1]
