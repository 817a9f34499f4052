"""A program in a real pseudo-terminal, read through a terminal emulator."""

from __future__ import annotations

import fcntl
import os
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pyte

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


class Terminal:
    """A running program and its screen.

    Attributes:
        process: The program.
        screen: What a person would see.
        received: Bytes that the program wrote so far.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        env: dict[str, str] | None = None,
    ) -> None:
        """Start ``command``; the size is set before it starts."""
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.received = 0
        self.raw = bytearray()
        self._master, follower = os.openpty()
        self._set_size(columns, rows)
        self.process = subprocess.Popen(
            command,
            stdin=follower,
            stdout=follower,
            stderr=follower,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color", **(env or {})},
        )
        os.close(follower)

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window, as a person would."""
        self._set_size(columns, rows)
        self.screen.resize(rows, columns)
        os.killpg(self.process.pid, signal.SIGWINCH)

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._master, keys.encode())

    def text(self) -> str:
        """Return what stands on the screen."""
        return "\n".join(self.screen.display)

    def wait_for(self, is_there: Callable[[str], bool] | str, *, seconds: float = 20.0) -> float:
        """Read until the expected text stands on the screen; return the seconds it took.

        Raises:
            TimeoutError: Where it does not come; carries the screen.
        """
        wanted = (lambda text: is_there in text) if isinstance(is_there, str) else is_there
        start = time.perf_counter()
        while not wanted(self.text()):
            left = start + seconds - time.perf_counter()
            if left <= 0:
                raise TimeoutError(f"not on the screen: {is_there}\n{self.text()}")
            self.read(left)
        return time.perf_counter() - start

    def read(self, seconds: float) -> bool:
        """Take in what the program writes within some seconds; whether there was something."""
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return False
        self.received += len(data)
        self.raw += data
        self._stream.feed(data)
        return bool(data)

    def drain(self, seconds: float = 0.05) -> None:
        """Take in late frames, until nothing comes for some seconds."""
        while self.read(seconds):
            pass

    def cpu_seconds(self) -> float:
        """Return the processor time that the program has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_A_SECOND

    def peak_memory(self) -> int:
        """Return the most memory that the program has held, in KiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1])

    def kill(self) -> None:
        """End the program without warning."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self._master >= 0:
            os.close(self._master)
            self._master = -1
