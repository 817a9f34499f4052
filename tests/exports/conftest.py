"""Believable releases, and the linter that reads what is made of them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from exports.release import Release, make_release
from exports.workbook import write_workbook


def _load(name: str) -> ModuleType:
    """Load a helper from this folder; nothing imports ``tests`` as a package."""
    spec = spec_from_file_location(f"exports_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


_BUILDER, _LINTER = _load("builder"), _load("linter")


@pytest.fixture(scope="session")
def build() -> ModuleType:
    """The builder of requests and findings."""
    return _BUILDER


@pytest.fixture(scope="session")
def linter() -> ModuleType:
    """The accessibility linter."""
    return _LINTER


@pytest.fixture(scope="session")
def lint() -> Callable[[bytes], list[tuple[int, str, str]]]:
    """Return every failure of a workbook as rule, level and words."""
    check: Callable[[bytes], list[tuple[int, str, str]]] = _LINTER.lint
    return check


@pytest.fixture(scope="session")
def release() -> Release:
    """A release of a finished audit."""
    return make_release(_BUILDER.request())


@pytest.fixture(scope="session")
def workbook(release: Release) -> bytes:
    """Its workbook."""
    return write_workbook(release)
