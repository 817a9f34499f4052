"""Where a project is kept: :func:`create` makes a file, :func:`open_store` opens one."""

from dipsample.store.connection import is_encrypted
from dipsample.store.opening import create, open_store
from dipsample.store.protocol import (
    CaseMaterial,
    Project,
    Store,
    Verdict,
    case_material,
    new_project,
)

__all__ = [
    "CaseMaterial",
    "Project",
    "Store",
    "Verdict",
    "case_material",
    "create",
    "is_encrypted",
    "new_project",
    "open_store",
]
