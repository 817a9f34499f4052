from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from dipsample.store.place import (
    Mount,
    check_place,
    mounts_of_linux,
    mounts_of_macos,
    network_type,
    type_of,
)

LINUX = r"""
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
40 27 0:40 / /home/anna/My\040share rw shared:1 master:2 - cifs //server/audit rw
41 27 0:41 / /srv rw - nfs4 server:/srv rw
42 41 254:1 / /srv/local rw - ext4 /dev/vdb rw
43 42 0:43 / /srv/local rw - fuse.sshfs anna@server: rw
"""

MACOS = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//anna@server/audit on /Volumes/my audit (smbfs, nodev, nosuid, mounted by anna)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
"""


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("/home/anna", "ext4"),
        ("/home/anna/My share/2025", "cifs"),
        ("/home/anna/My shares", "ext4"),
        ("/srv/other", "nfs4"),
        ("/srv/local/a", "fuse.sshfs"),
    ],
)
def test_the_deepest_and_latest_mount_holds_a_folder_on_linux(folder: str, expected: str) -> None:
    assert type_of(PurePosixPath(folder), mounts_of_linux(LINUX)) == expected


def test_the_mount_table_of_macos_is_read() -> None:
    mounts = mounts_of_macos(MACOS)
    assert mounts[1] == Mount("/Volumes/my audit", "smbfs")
    assert type_of(PurePosixPath("/Volumes/my audit/x"), mounts) == "smbfs"
    assert type_of(PurePosixPath("/Users/anna"), mounts) == "apfs"


def test_a_system_that_does_not_say_is_not_refused() -> None:
    assert type_of(PurePosixPath("/home"), []) is None


def test_the_folder_of_this_test_is_local(tmp_path: Path) -> None:
    assert network_type(tmp_path) is None


@pytest.mark.parametrize(
    ("folder", "warns"),
    [
        ("/home/anna/Dropbox/audit", True),
        ("/Users/anna/Library/Mobile Documents/x", True),
        ("/home/anna/OneDrive - Audit Office", True),
        ("/home/anna/Nextcloud", True),
        ("/home/anna/box", True),
        ("/home/anna/boxes", False),
        ("/home/anna/audit", False),
    ],
)
def test_folders_of_sync_clients_warn(folder: str, warns: bool) -> None:
    assert bool(check_place(Path(folder) / "dropbox.dip")) is warns
