"""What the program ends with, and the one line that it says first.

| code | meaning |
|---|---|
| 0 | done |
| 1 | the check said no |
| 2 | usage |
| 3 | bad input |
| 4 | integrity |
| 5 | refused by a rule |
| 7 | the surroundings failed; safe to try again |
| 70 | a fault of this program |
| 130 | interrupted |
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes of the command line."""

    DONE = 0
    CHECK_SAID_NO = 1
    USAGE = 2
    BAD_INPUT = 3
    INTEGRITY = 4
    REFUSED = 5
    SURROUNDINGS = 7
    FAULT = 70
    INTERRUPTED = 130


def code_of(problem: BaseException) -> ExitCode | None:
    """Return the exit code of a problem that a person can mend; None for a fault of ours."""
    from dipsample.errors import AuditError
    from exports.errors import ExportError, OutputError
    from review.errors import ReviewError
    from sampling.errors import EngineError, SamplingError

    match problem:
        case AuditError():
            return ExitCode(problem.exit_code)
        case OutputError() | EngineError() | OSError():
            return ExitCode.SURROUNDINGS
        case SamplingError() | ReviewError() | ExportError():
            return ExitCode.BAD_INPUT
        case _:
            return None


def sentence_of(problem: BaseException) -> str:
    """Return what to print for a problem: one line, never the text of a record."""
    if isinstance(problem, OSError):
        where = f"{problem.filename}: " if problem.filename else ""
        return f"{where}{problem.strerror or 'cannot be read or written'}; nothing was changed."
    return " ".join(str(problem).split())
