"""What happens to a project as a whole, beside its sample and its cases."""

from __future__ import annotations

from typing import Literal

from dipsample.settings import Settings
from sampling.recorded import Recorded


class ProjectCreated(Recorded):
    """Somebody started the project, and is its supervisor."""

    v: Literal[1] = 1
    title: str
    supervisor: str
    settings: Settings
    is_synthetic: bool
    """Whether the file is unencrypted, which is for synthetic data alone."""
    made_by: str
    """Name and version of the program."""
