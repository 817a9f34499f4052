"""Time, entropy and identity: everything that a run takes from the world around it.

They are passed in, so that the rules stay pure, and so that the demo and the tests, with the
fixed ones, write the same bytes each time. Nothing that is selected rests on them: who is
drawn is decided by tickets alone.

Standard library only.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final, Protocol

from dipsample.errors import DamagedError, SurroundingsError, UsageError

TIME_FORMAT: Final = "%Y-%m-%dT%H:%M:%SZ"
DEVICE_BYTES: Final = 4

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,31}")
NAME_RULE = (
    "a name has 1 to 32 characters out of a-z, 0-9, the dot, hyphen and underscore, and starts "
    "with a letter or digit"
)
"""What :func:`check_name` asks for."""
_DEVICE = re.compile(r"[a-z0-9_-]{1,31}")


class Clock(Protocol):
    """Says what time it claims to be."""

    def now(self) -> str:
        """Return the time in UTC to the second, such as ``2025-03-31T09:00:00Z`` (RFC 3339)."""


class Entropy(Protocol):
    """Gives unpredictable bytes, for nonces and ids only."""

    def hex(self, n_bytes: int) -> str:
        """Return ``n_bytes`` bytes as ``2 * n_bytes`` lower-case hex digits."""


class SystemClock:
    """The clock of this computer."""

    def now(self) -> str:
        """Return the present time in UTC to the second."""
        return time.strftime(TIME_FORMAT, time.gmtime())


class SystemEntropy:
    """The entropy of the operating system."""

    def hex(self, n_bytes: int) -> str:
        """Return ``n_bytes`` fresh bytes in hex."""
        return os.urandom(n_bytes).hex()


class FixedClock:
    """A clock that starts where it is told to and moves a set step at every question."""

    def __init__(self, start: str, *, step_seconds: int = 1) -> None:
        self._next = datetime.strptime(start, TIME_FORMAT).replace(tzinfo=UTC)
        self._step = timedelta(seconds=step_seconds)

    def now(self) -> str:
        """Return the present reading, then move on by one step."""
        reading = self._next
        self._next += self._step
        return reading.strftime(TIME_FORMAT)


class FixedEntropy:
    """The stream SHA-256(``name|0``), SHA-256(``name|1``), ...: the same for the same name."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._counter = 0
        self._left = b""

    def hex(self, n_bytes: int) -> str:
        """Return the next ``n_bytes`` bytes of the stream in hex."""
        while len(self._left) < n_bytes:
            self._left += sha256(f"{self._name}|{self._counter}".encode()).digest()
            self._counter += 1
        taken, self._left = self._left[:n_bytes], self._left[n_bytes:]
        return taken.hex()


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is writing, and on which installation."""

    name: str
    """The NAME of the person: ``[a-z0-9][a-z0-9._-]{0,31}``."""
    device: str
    """The installation, as :func:`device_of` gives it: no dot in it."""

    def __post_init__(self) -> None:
        check_name(self.name)
        if not _DEVICE.fullmatch(self.device):
            raise UsageError(
                "A device has 1 to 31 characters out of a-z, 0-9, the hyphen and the underscore."
            )

    @property
    def stream(self) -> str:
        """The stream that this person writes to on this device."""
        return f"{self.name}.{self.device}"


def check_name(name: str) -> str:
    """Return ``name`` unchanged where it may be the name of a person.

    Raises:
        UsageError: Where it may not; the message does not repeat it.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(f"This cannot be a name: {NAME_RULE}. Give another one with --as.")
    return name


def person_of(stream: str) -> str:
    """Return the name of the person who writes to ``stream``."""
    return stream.rpartition(".")[0]


def data_folder(env: Mapping[str, str], *, platform: str, home: Path) -> Path:
    """Return the private folder of this user for what belongs to no project.

    Args:
        env: The environment variables.
        platform: ``sys.platform``.
        home: The home folder of the user.
    """
    if platform == "win32":
        given = env.get("LOCALAPPDATA")
        return (Path(given) if given else home / "AppData" / "Local") / "dipsample"
    if platform == "darwin":
        return home / "Library" / "Application Support" / "dipsample"
    given = env.get("XDG_DATA_HOME")
    return (Path(given) if given else home / ".local" / "share") / "dipsample"


def settings_file(env: Mapping[str, str], *, platform: str, home: Path) -> Path:
    """Return where this user's settings for every project stand, whether or not they do.

    Args:
        env: The environment variables.
        platform: ``sys.platform``.
        home: The home folder of the user.
    """
    if platform == "win32":
        given = env.get("APPDATA")
        folder = Path(given) if given else home / "AppData" / "Roaming"
    elif platform == "darwin":
        folder = home / "Library" / "Application Support"
    else:
        given = env.get("XDG_CONFIG_HOME")
        folder = Path(given) if given else home / ".config"
    return folder / "dipsample" / "settings.toml"


def device_of(project_id: str, *, folder: Path, entropy: Entropy) -> str:
    """Return the id of this installation for one project, made the first time it is asked for.

    It is kept beside the user and not in the project: a project file copied to a second
    computer gets a second stream there, and the two histories stay apart.

    Args:
        project_id: 32 hex digits.
        folder: The user's private folder, as :func:`data_folder` gives it.
        entropy: Where the first one comes from.

    Returns:
        8 hex digits, the same for every later call.

    Raises:
        SurroundingsError: Where the folder cannot be read or written.
        DamagedError: Where the file of this project holds something else.
    """
    path = folder / "devices" / project_id
    try:
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_once(path, entropy.hex(DEVICE_BYTES))
        device = path.read_text(encoding="ascii", errors="replace").strip()
    except OSError as problem:
        raise SurroundingsError(
            f"The name of this installation cannot be kept in {path.parent} "
            f"({problem.strerror}); make that folder writable."
        ) from problem
    if not re.fullmatch(r"[0-9a-f]{8}", device):
        raise DamagedError(f"{path} is not the name of an installation; delete that file.")
    return device


def _write_once(path: Path, text: str) -> None:
    """Put ``text`` into a new file in one step; where another process was first, its text stays."""
    draft = path.with_name(f"{path.name}.{text}")
    try:
        with draft.open("x", encoding="ascii") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        draft.unlink(missing_ok=True)
