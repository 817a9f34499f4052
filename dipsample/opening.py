"""How a project is started and opened, from what a person typed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import dipsample
from dipsample.audit import Audit
from dipsample.codebooks import named_codebook
from dipsample.errors import SurroundingsError, UsageError
from dipsample.events import ProjectCreated
from dipsample.passphrase import find_passphrase, new_passphrase
from dipsample.project import Happened, OpenProject, World
from dipsample.settings import Settings, read_settings
from dipsample.store import Store, create, is_encrypted, new_project, open_store
from dipsample.system import ask_on_terminal, system_world, who
from review.codebook import Codebook
from review.events import CodebookPublished


def create_audit(
    path: Path,
    *,
    title: str,
    codebook: str,
    switched_on: tuple[str, ...],
    settings_file: Path | None,
    is_unencrypted: bool,
    name: str | None,
    passphrase_file: Path | None,
) -> Audit:
    """Start a project as ``init`` does.

    Args:
        path: The new file.
        title: What the audit is called.
        codebook: ``da-short``, ``da-full``, or the path of a TOML file.
        switched_on: Ids of the optional questions of the codebook to ask.
        settings_file: TOML with the settings; None for none.
        is_unencrypted: Whether the file is left plain.
        name: Who is acting.
        passphrase_file: Where the passphrase stands, if in a file.

    Raises:
        AuditError: As the store's ``create``, and for settings or passphrase.
        ReviewError: Where the codebook has faults, or no such optional question.
    """
    settings = Settings() if settings_file is None else read_settings(settings_file)
    chosen = named_codebook(codebook, switched_on=switched_on)
    settings.check_against(chosen)
    passphrase = None
    if not is_unencrypted:
        passphrase = new_passphrase(passphrase_file, os.environ, ask=ask_on_terminal())
    return start_audit(
        path,
        title=title,
        codebook=chosen,
        settings=settings,
        supervisor=who(name),
        passphrase=passphrase,
        world=system_world(),
    )


def start_audit(
    path: Path,
    *,
    title: str,
    codebook: Codebook,
    settings: Settings,
    supervisor: str,
    passphrase: str | None,
    world: World,
) -> Audit:
    """Make the file of a project and write its first events.

    Raises:
        UsageError: Where the title is empty.
        AuditError: As the store's ``create``.
    """
    if not title.strip():
        raise UsageError("A project needs a title: it stands on every output.")
    project = new_project(clock=world.clock, entropy=world.entropy)
    store = create(path, passphrase=passphrase, project=project)
    created = ProjectCreated(
        title=title.strip(),
        supervisor=supervisor,
        settings=settings,
        is_synthetic=passphrase is None,
        made_by=f"dipsample {dipsample.__version__}",
    )
    published = CodebookPublished(
        id=codebook.id, version=codebook.version, sha256=codebook.sha256, body=codebook.body
    )
    try:
        opened = OpenProject(store, world)
        opened.write(supervisor, (Happened(created), Happened(published)))
    except BaseException:
        store.close()
        raise
    return Audit(opened)


def open_audit(
    path: Path, *, passphrase_file: Path | None = None, is_read_only: bool = False
) -> Audit:
    """Open a project as every command does.

    Args:
        path: The file.
        passphrase_file: Where the passphrase stands, if in a file.
        is_read_only: Write nothing, for looking alone.

    Raises:
        AuditError: As the store's ``open_store``; also for a passphrase that cannot be had.
    """
    store = open_project_store(path, passphrase_file=passphrase_file, is_read_only=is_read_only)
    return _opened(store, system_world())


def open_to_work_out(path: Path, *, passphrase_file: Path | None) -> Audit:
    """Open a project to look at its figures, and to keep what is worked out for them.

    One that cannot be written to is opened for reading; nothing is kept then.

    Raises:
        AuditError: As :func:`open_audit`.
    """
    passphrase = _passphrase(path, passphrase_file)
    try:
        store = open_store(path, passphrase=passphrase)
    except SurroundingsError:
        store = open_store(path, passphrase=passphrase, read_only=True)
    return _opened(store, system_world())


def ready_to_open(path: Path, *, passphrase_file: Path | None) -> Callable[[], Audit]:
    """Find the passphrase now, and return what opens the project, in any thread.

    Deriving the key takes a third of a second, in which the screens can be loaded.

    Raises:
        AuditError: Where there is no such file, or its passphrase cannot be had.
    """
    passphrase = _passphrase(path, passphrase_file)
    return lambda: _opened(open_store(path, passphrase=passphrase), system_world())


def _opened(store: Store, world: World) -> Audit:
    """Fold a store's events; give the file back where that fails."""
    try:
        return Audit(OpenProject(store, world))
    except BaseException:
        store.close()
        raise


def open_project_store(path: Path, *, passphrase_file: Path | None, is_read_only: bool) -> Store:
    """Open the store of a project, without reading its events.

    Raises:
        AuditError: As :func:`open_audit`.
    """
    passphrase = _passphrase(path, passphrase_file)
    return open_store(path, passphrase=passphrase, read_only=is_read_only)


def _passphrase(path: Path, passphrase_file: Path | None) -> str | None:
    """Return the passphrase of a project; None where it is not encrypted."""
    if not is_encrypted(path):
        return None
    return find_passphrase(passphrase_file, os.environ, ask=ask_on_terminal())
