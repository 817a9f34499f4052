"""Runs the command line: every problem becomes one line on stderr and an exit code."""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Sequence

import click

from dipsample.cli.exit_codes import ExitCode

COMPLETION = "_DIPSAMPLE_COMPLETE"
"""Set by the shell when it completes a word."""


def run(arguments: Sequence[str]) -> int:
    """Run one command line.

    Args:
        arguments: Without the program's name.

    Returns:
        The exit code of the table in :mod:`dipsample.cli.exit_codes`.
    """
    from dipsample.cli.group import cli

    _write_utf8()
    try:
        outcome = cli.main(list(arguments), prog_name="dipsample", standalone_mode=False)
        sys.stdout.flush()
    except (KeyboardInterrupt, click.exceptions.Abort):
        _drop_output()
        print("interrupted; what was saved is kept", file=sys.stderr)
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        return _stop_writing()
    except SystemExit as leaving:  # how Click ends where nobody reads on, or a word is completed
        return _stop_writing() if COMPLETION not in os.environ else int(leaving.code or 0)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as problem:
        return _report_usage(problem)
    except Exception as problem:  # the edge of the program: nothing may show a traceback
        return _report(problem, debug="--debug" in arguments)
    return int(outcome) if isinstance(outcome, int) else ExitCode.DONE


def _write_utf8() -> None:
    """Write UTF-8 whatever the locale, and what a terminal cannot show as a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _stop_writing() -> ExitCode:
    """Leave quietly: whoever read the output has read enough."""
    _drop_output()
    return ExitCode.DONE


def _drop_output() -> None:
    """Let what is still buffered go nowhere, so that Python neither fails nor waits at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _report_usage(problem: click.ClickException) -> int:
    """Say in one line how the command should have been given; without a command, show the help."""
    if isinstance(problem, click.exceptions.NoArgsIsHelpError):
        print(problem.format_message(), file=sys.stderr)
        return ExitCode.USAGE
    context = problem.ctx if isinstance(problem, click.UsageError) else None
    where = context.command_path if context is not None else "dipsample"
    sentence = " ".join(problem.format_message().split())
    print(f"{where}: {sentence} See: {where} --help", file=sys.stderr)
    return ExitCode.USAGE


def _report(problem: Exception, *, debug: bool) -> int:
    """Say what went wrong in one line, and return the exit code."""
    from dipsample.cli.exit_codes import code_of, sentence_of

    if debug:
        traceback.print_exception(problem)
    if isinstance(problem, OSError):  # it may be the output that could not be written
        _drop_output()
    code = code_of(problem)
    if code is None:
        print(
            f"dipsample: a fault of this program ({type(problem).__name__}); what was saved is "
            "kept. Run the same command as `dipsample --debug ...` to see where.",
            file=sys.stderr,
        )
        return ExitCode.FAULT
    print(f"dipsample: {sentence_of(problem)}", file=sys.stderr)
    return code
