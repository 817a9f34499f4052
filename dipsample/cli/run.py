"""Runs the command line: every problem becomes one line on stderr and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from dipsample.cli.exit_codes import ExitCode


def run(arguments: Sequence[str]) -> int:
    """Run one command line.

    Args:
        arguments: Without the program's name.

    Returns:
        The exit code of the table in :mod:`dipsample.cli.exit_codes`.
    """
    from dipsample.cli.group import cli

    try:
        outcome = cli.main(list(arguments), prog_name="dipsample", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        print("interrupted; what was saved is kept", file=sys.stderr)
        return ExitCode.INTERRUPTED
    except KeyboardInterrupt:
        print("interrupted; what was saved is kept", file=sys.stderr)
        return ExitCode.INTERRUPTED
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as problem:
        return _report_usage(problem)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    except Exception as problem:  # the edge of the program: nothing may show a traceback
        return _report(problem, debug="--debug" in arguments)
    return int(outcome) if isinstance(outcome, int) else ExitCode.DONE


def _report_usage(problem: click.ClickException) -> int:
    """Say in one line how the command should have been given."""
    context = problem.ctx if isinstance(problem, click.UsageError) else None
    where = context.command_path if context is not None else "dipsample"
    sentence = " ".join(problem.format_message().split())
    print(f"{where}: {sentence} See: {where} --help", file=sys.stderr)
    return ExitCode.USAGE


def _report(problem: Exception, *, debug: bool) -> int:
    """Say what went wrong in one line, and return the exit code."""
    from dipsample.cli.exit_codes import code_of, sentence_of

    if debug:
        raise problem
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
