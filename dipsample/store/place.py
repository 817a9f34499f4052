"""Where a project file may lie: not on a network share, and better not in a synchronised folder.

Locks and shared memory do not hold across a network, so two people would overwrite each other.
A client that synchronises a folder copies the file while it is being written.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Final, NamedTuple

from dipsample.errors import NetworkShareError

NETWORK_TYPES: Final = frozenset(
    {
        *("9p", "afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "glusterfs", "gpfs"),
        *("lustre", "ncpfs", "nfs", "nfs3", "nfs4", "ocfs2", "orangefs", "prl_fs", "smb", "smb2"),
        *("smb3", "smbfs", "sshfs", "vboxsf", "vmhgfs", "webdav", "fuse.ceph", "fuse.davfs2"),
        *("fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs"),
        *("fuse.vmhgfs-fuse",),
    }
)
_SYNCED: Final = re.compile(
    r"(?:box(?: sync)?|dropbox|googledrive|google drive|icloud ?drive|mega|mobile documents|"
    r"nextcloud|onedrive|owncloud|pclouddrive|proton drive|seafile|syncthing|tresorit)"
    r"(?: ?[-(].*)?",
    re.IGNORECASE,
)
_OCTAL: Final = re.compile(r"\\([0-7]{3})")
_WINDOWS_REMOTE: Final = 4


class Mount(NamedTuple):
    """One line of a mount table."""

    folder: str
    type: str


def mounts_of_linux(table: str) -> list[Mount]:
    """Return the mounts of a table in the form of ``/proc/self/mountinfo``, in its order."""
    mounts = []
    for line in table.splitlines():
        before, separator, after = line.partition(" - ")
        fields = before.split(" ")
        if separator and len(fields) > 4:
            folder = _OCTAL.sub(lambda found: chr(int(found[1], 8)), fields[4])
            mounts.append(Mount(folder, after.split(" ")[0]))
    return mounts


def mounts_of_macos(table: str) -> list[Mount]:
    """Return the mounts that the command ``mount`` prints on macOS, in its order."""
    found = re.findall(r"^.* on (/.*) \(([^,)]+)[^)]*\)$", table, re.MULTILINE)
    return [Mount(folder, type_) for folder, type_ in found]


def type_of(folder: PurePath, mounts: Iterable[Mount]) -> str | None:
    """Return the type of the filesystem that a folder lies on, or None where no mount holds it.

    The deepest mount holds the folder; of two on the same folder the later one hides the other.
    """
    held = [mount for mount in mounts if folder.is_relative_to(mount.folder)]
    if not held:
        return None
    deepest = max(len(PurePath(mount.folder).parts) for mount in held)
    return [mount for mount in held if len(PurePath(mount.folder).parts) == deepest][-1].type


def network_type(folder: Path) -> str | None:
    """Return the type of the network filesystem that a resolved folder lies on, or None.

    None as well where the system does not say.
    """
    if sys.platform == "win32":
        return _network_type_on_windows(folder)
    if sys.platform == "darwin":
        found = type_of(folder, mounts_of_macos(_mount_output()))
    else:
        found = type_of(folder, mounts_of_linux(_mountinfo()))
    return found if found in NETWORK_TYPES else None


def check_place(path: Path) -> tuple[str, ...]:
    """Return warnings about the place of a project file, or refuse it.

    Args:
        path: The resolved path of the file.

    Raises:
        NetworkShareError: Where it lies on a network filesystem.
    """
    network = network_type(path.parent)
    if network is not None:
        raise NetworkShareError(
            f"{path} lies on a network share ({network}), where two people can overwrite each "
            "other's answers; move it to a folder on a disk of this computer."
        )
    synced = next((part for part in path.parts[:-1] if _SYNCED.fullmatch(part)), None)
    if synced is None:
        return ()
    return (
        f"The project lies in {synced!r}, which looks like a synchronised folder: answers can be "
        "lost or copied elsewhere while it is open; move it to a folder of this computer only.",
    )


def _mountinfo() -> str:
    try:
        return Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""


def _mount_output() -> str:
    import subprocess

    command = ["/sbin/mount"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout


def _network_type_on_windows(folder: Path) -> str | None:
    if sys.platform != "win32":
        return None
    import ctypes

    if folder.drive.startswith("\\\\"):
        return "network path"
    kind = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor)
    return "network drive" if kind == _WINDOWS_REMOTE else None
