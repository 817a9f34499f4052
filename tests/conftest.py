"""What every test may ask for: the outside reference numbers and the real records."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile(
    "ci",
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

_SHARED = Path(__file__).resolve().parents[2] / "shared"


def _folder(name: str) -> Path:
    folder = _SHARED / name
    if not folder.is_dir():
        pytest.skip(f"the folder {name!r} of outside material is not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def reference_folder() -> Path:
    """Outside reference numbers: test vectors, codebook, vignettes, estimation cases."""
    return _folder("reference")


@pytest.fixture(scope="session")
def real_data_folder() -> Path:
    """Real public records to run on."""
    return _folder("data")
