"""What a project is, and who may do what in it: the ground of the other parts of ``Audit``."""

from __future__ import annotations

from dipsample import desk, overview, reporting, signing
from dipsample.errors import RefusedError
from dipsample.project import OpenProject, created_of
from dipsample.views import Stage
from review.codebook import Codebook
from sampling.events import SampleDrawn
from sampling.frame import Frame


class Standing:
    """An open project, and what holds for it at present."""

    def __init__(self, project: OpenProject) -> None:
        self._project = project

    def close(self) -> None:
        """Give the file back."""
        self._project.store.close()

    @property
    def project_id(self) -> str:
        """32 hex digits."""
        return self._project.store.project.id

    @property
    def title(self) -> str:
        """What the audit is called."""
        return created_of(self._project).title

    @property
    def supervisor(self) -> str:
        """The name of the supervisor."""
        return created_of(self._project).supervisor

    @property
    def codebook(self) -> Codebook:
        """The questions."""
        return desk.codebook_of(self._project)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences about the place where the project lies."""
        return self._project.store.warnings

    @property
    def is_unencrypted(self) -> bool:
        """Whether anyone who has the file can read it."""
        return created_of(self._project).is_synthetic

    @property
    def is_read_only(self) -> bool:
        """Whether every write is refused."""
        return self._project.store.read_only

    @property
    def last_saved(self) -> str | None:
        """When this process last committed something; None before it did."""
        return self._project.last_saved

    @property
    def stage(self) -> Stage:
        """How far the project is."""
        return overview.stage(self._project)

    @property
    def frame(self) -> Frame | None:
        """The frame that is committed; None before there is one."""
        return self._project.state.ceremony.frame

    @property
    def drawn(self) -> SampleDrawn:
        """The draw.

        Raises:
            RefusedError: Where no sample is drawn yet.
        """
        drawn = self._project.state.ceremony.drawn
        if drawn is None:
            raise RefusedError(reporting.NOT_DRAWN)
        return drawn

    @property
    def draw_line(self) -> str:
        """Such as ``draw 1 of 1 on this frame``."""
        return self._project.state.ceremony.draw_of_draws

    @property
    def is_stratified(self) -> bool:
        """Whether findings are weighted by stratum.

        Raises:
            RefusedError: Where no sample is drawn yet.
        """
        return reporting.drawn_design(self._project)[0].is_stratified

    @property
    def kept_columns(self) -> tuple[str, ...]:
        """Columns that findings can be broken down by, ``stratum`` among them if there are any."""
        return reporting.default_breakdowns(self._project)

    def digest(self) -> str:
        """Return the digest of the log: 64 hex digits."""
        return self._project.store.digest()

    def draw_facts(self) -> dict[str, object]:
        """Return fingerprint, seed and number of the draw, as findings print them."""
        return reporting.draw_json(self._project)

    def is_supervisor(self, name: str) -> bool:
        """Say whether a person supervises; in a file this is a label, not a lock."""
        return name == self.supervisor

    def code_of(self, name: str) -> str | None:
        """Return how outputs name a reviewer: R1, R2 and so on; None for somebody else."""
        return self._project.state.review.reviewers.get(name)

    def is_blind(self, name: str) -> bool:
        """Say whether figures and colleagues' answers are hidden from a person.

        They are from whoever codes, until the sample is signed off: till then a coding can still
        be taken back.
        """
        is_coder = self.code_of(name) is not None and not self.is_supervisor(name)
        return is_coder and not signing.is_signed(self._project)

    def refresh(self) -> None:
        """Take in what others wrote since."""
        self._project.refresh()

    def _read_findings(self, name: str) -> None:
        """Bring the project up to date, and refuse a coder before the sample is signed off."""
        self._project.refresh()
        if self.is_blind(name):
            raise RefusedError(
                "Findings are hidden from coders until the sample is signed off, so that early "
                "figures steer nobody. Ask the supervisor."
            )

    def _supervise(self, name: str) -> None:
        """Bring the project up to date, and refuse whoever is not its supervisor."""
        self._project.refresh()
        if not self.is_supervisor(name):
            raise RefusedError(
                f"Only the supervisor of the project may do this, who is {self.supervisor} here. "
                "Say who you are with --as."
            )
