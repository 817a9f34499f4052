"""What can go wrong in the running of a project, and the exit code that each kind ends with.

AuditError
├── UsageError                 2  the command cannot be run as it was given
│   └── PassphraseError           no source, too short, not the same twice, readable by others
├── InputError                 3  what was handed in cannot be used
│   ├── NoProjectError            there is no file at this path
│   └── EventError                bytes or values that are not an event
├── IntegrityError             4  what is stored, or offered as stored, is not what was written
│   ├── NotAProjectError          wrong passphrase, or another kind of file
│   ├── DamagedError              a page, a row or a column that cannot be right
│   ├── BrokenChainError          an event changed, dropped or out of its place
│   └── ForkError                 two histories of one stream
├── RefusedError               5  a rule says no
│   ├── ChangedMeanwhileError     somebody else wrote to the same stream first
│   ├── RowsRefusedError          codings of cases that are taken (carries all of them)
│   ├── LeakFoundError            a text looks as if it held personal data
│   ├── NetworkShareError         the file lies on a network filesystem
│   └── NewerProjectError         made by a newer version of the program
└── SurroundingsError          7  disk, lock or permission; safe to try again
    ├── DiskError                 full, or failing
    ├── LockedError               another program holds the file
    └── ReadOnlyError             this place cannot be written to
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Protocol

if TYPE_CHECKING:
    from dipsample.ledger import Fault


class AuditError(Exception):
    """One sentence: what is wrong, where, and what to do. Never case text, never a passphrase."""

    exit_code: ClassVar[int] = 5
    """What the program ends with; the table of the command line."""


class UsageError(AuditError):
    """The command cannot be run as it was given."""

    exit_code = 2


class PassphraseError(UsageError):
    """There is no passphrase to be had, or the one given may not be used."""


class InputError(AuditError):
    """What was handed in cannot be used."""

    exit_code = 3


class NoProjectError(InputError):
    """There is no project file at this path."""


class EventError(InputError):
    """Bytes that are not a canonical event, or values that cannot become one."""


class IntegrityError(AuditError):
    """What is stored is not what was written."""

    exit_code = 4


class NotAProjectError(IntegrityError):
    """The passphrase is wrong, or the file is not a dipsample project."""


class DamagedError(IntegrityError):
    """A page, a row or a column of the project file cannot be right."""


class BrokenChainError(IntegrityError):
    """An event was changed, dropped or moved.

    Attributes:
        fault: Which event, and what is wrong with it.
    """

    def __init__(self, fault: Fault) -> None:
        super().__init__(
            f"{fault}: the project was changed by another program, or is damaged; go back to a "
            "copy of it."
        )
        self.fault = fault


class ForkError(IntegrityError):
    """Two histories of one stream: a copied laptop, a restored backup, or a rewritten past."""


class RefusedError(AuditError):
    """A rule says no; the message says which."""

    exit_code = 5


class ChangedMeanwhileError(RefusedError):
    """Somebody else wrote to the same stream since it was read; nothing was written."""


class Cell(Protocol):
    """A cell of a file, as whoever refused it names it."""

    @property
    def row(self) -> int:
        """Row of the file, the header being 1."""

    @property
    def column(self) -> str:
        """Name of the column."""

    @property
    def reason(self) -> str:
        """Plain words, without what the cell holds."""


class RowsRefusedError(RefusedError):
    """Codings made elsewhere of cases that are taken; nothing was taken in.

    Attributes:
        cells: The case of each such row with its reason, in order of row.
    """

    def __init__(self, message: str, cells: Sequence[Cell]) -> None:
        super().__init__(message)
        self.cells = cells


class NetworkShareError(RefusedError):
    """The file lies on a network filesystem, where locks cannot be trusted."""


class LeakFoundError(RefusedError):
    """A text looks as if it held personal data; nothing was written.

    Attributes:
        hits: Where, by kind and place; never the text.
    """

    def __init__(self, message: str, *, hits: Sequence[object]) -> None:
        super().__init__(message)
        self.hits = tuple(hits)


class NewerProjectError(RefusedError):
    """The project was made by a newer version of the program."""


class SurroundingsError(AuditError):
    """Disk, lock or permission; nothing was written, and it is safe to try again."""

    exit_code = 7


class DiskError(SurroundingsError):
    """The disk is full or failing; what was acknowledged before is not touched."""


class LockedError(SurroundingsError):
    """Another program has held the file for too long."""


class ReadOnlyError(SurroundingsError):
    """The file, its folder or its disk cannot be written to."""
