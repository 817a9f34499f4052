"""A believable release and its workbook."""

from __future__ import annotations

import pytest

from exports.release import Release, make_release
from exports.workbook import write_workbook
from tests.exports import builder


@pytest.fixture(scope="session")
def release() -> Release:
    """A release of a finished audit."""
    return make_release(builder.request())


@pytest.fixture(scope="session")
def workbook(release: Release) -> bytes:
    """Its workbook."""
    return write_workbook(release)
