"""The example extract, made once for all tests of this folder."""

from __future__ import annotations

import pytest

from dipsample.demo import DEMO, DemoExtract, make_extract


@pytest.fixture(scope="session")
def extract() -> DemoExtract:
    return make_extract(seed=DEMO.extract_seed)
