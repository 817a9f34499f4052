"""Audit: the one front door. Every command and every key of the screens is a method of it."""

from __future__ import annotations

from dipsample.audit.adjudication import Adjudication
from dipsample.audit.agreement import AgreementOfCoders
from dipsample.audit.assigning import Assigning
from dipsample.audit.calibration import Calibration
from dipsample.audit.ceremony import DrawCeremony
from dipsample.audit.codebooks import CodebookVersions
from dipsample.audit.coding import CodersDesk
from dipsample.audit.results import Results
from dipsample.audit.supervision import Supervision

__all__ = ["Audit"]


class Audit(
    Supervision,
    Assigning,
    DrawCeremony,
    CodebookVersions,
    Calibration,
    CodersDesk,
    Adjudication,
    AgreementOfCoders,
    Results,
):
    """One project, open.

    Every method that changes something is one durable commit, and brings the project up to date
    with what others wrote before it decides. Refusals are ``RefusedError``; nothing is written
    then. Each part of it is a module of this package.
    """
