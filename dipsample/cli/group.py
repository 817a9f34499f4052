"""The group of commands: names and one-line helps in a table, modules imported when called.

``--help`` reads the tables and imports nothing else; a test compares each line with the command's
own help.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import click

from dipsample.cli.examples import shown_examples


class Listed(NamedTuple):
    """One line of the help."""

    module: str
    """Under ``dipsample.cli``; its ``command`` is the Click command."""
    help: str


COMMANDS: Mapping[str, Listed] = {
    "demo": Listed("demo", "Make an example extract and run the whole job on it."),
    "init": Listed("init", "Start a project."),
    "frame": Listed("frame", "Check an extract, and commit it as the frame."),
    "plan": Listed("plan", "Fix how many records are drawn, with what that buys."),
    "seed": Listed("seed", "Make the seed together, so that no party can choose it."),
    "draw": Listed("draw", "Draw the sample from the committed frame by a seed."),
    "draw-record": Listed("draw_record", "Write the page that a witness of the draw signs."),
    "extend": Listed("extend", "Let the sample grow by the next ranks of its draw."),
    "replace": Listed("replace", "Replace a case of the sample by the next of the reserve."),
    "cases": Listed("cases", "List the drawn records, one line each."),
    "verify": Listed("verify", "Check the log, and with the extract draw everything again."),
    "assign": Listed("assign", "Deal the cases out to reviewers."),
    "leave": Listed("leave", "Note that a reviewer left, and deal their open cases on."),
    "reassign": Listed("reassign", "Take a case off a reviewer, for another to code."),
    "recheck": Listed("recheck", "Deal out a second look at what decides the headline."),
    "reopen": Listed("reopen", "Open a locked coding again, with a reason."),
    "calibrate": Listed(
        "calibrate", "Code a training set with known answers, and see how you did."
    ),
    "code": Listed("code", "Code cases, on the screen or by line prompts."),
    "codings": Listed("codings", "Take in codings made elsewhere."),
    "adjudicate": Listed("adjudicate", "Decide cases that were coded differently."),
    "overruled": Listed("overruled", "List where your answers were not the final ones."),
    "qa": Listed("qa", "Have settled cases checked before sign-off."),
    "sign-off": Listed("sign_off", "Sign the sample off, or see what keeps it open."),
    "stop": Listed("stop", "End coding where the rule of the plan stops."),
    "findings": Listed("findings", "Print the prevalences with their intervals."),
    "compare": Listed("compare", "Compare waves of an audit with each other and with a target."),
    "export": Listed("export", "Write the findings as an Excel workbook."),
    "log": Listed("log", "Print what happened, event by event."),
    "open": Listed("open", "Open the terminal screens on a project."),
    "codebook": Listed("codebook", "Show, check, compare, publish, export and import codebooks."),
    "ticket": Listed("ticket", "Print the tickets of record ids."),
    "interval": Listed("interval", "Compute one confidence interval."),
    "size": Listed("size", "Compute a sample size."),
    "agreement": Listed("agreement", "Compute how far raters agree."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def __init__(self, *, listed: Mapping[str, Listed], **options: Any) -> None:
        super().__init__(**options)
        self._listed = listed

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(self._listed)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        listed = self._listed.get(cmd_name)
        if listed is None:
            return None
        command = import_module(f"dipsample.cli.{listed.module}").command
        assert isinstance(command, click.Command)  # noqa: S101  every module is one of ours
        shown = copy(command)
        shown.epilog = shown_examples(command.epilog)
        return shown

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Read ``dipsample PROJECT`` as ``dipsample open PROJECT``."""
        if args and args[0] not in self._listed and "open" in self._listed:
            given = Path(args[0])
            if given.suffix == ".dip" or given.is_file():
                return super().resolve_command(ctx, ["open", *args])
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, listed.help) for name, listed in self._listed.items()])


@click.group(
    cls=LazyGroup,
    listed=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done, 1 the check said no, 2 usage, 3 bad input, 4 not as "
    "it was written, 5 refused by a rule, 7 the surroundings failed, 130 interrupted.",
)
@click.version_option(package_name=None, message="dipsample %(version)s", version=None)
@click.option("--quiet", "-q", is_flag=True, help="Print results only, no remarks.")
@click.option("--debug", is_flag=True, help="Show the traceback of a failure.")
@click.option("--no-color", is_flag=True, help="No colour (also NO_COLOR).")
def cli(quiet: bool, debug: bool, no_color: bool) -> None:
    """Draw a reproducible random sample of incident records, code it, report prevalences.

    The whole job, in order: init, frame check, frame commit, plan, draw, assign, code, findings,
    export. Try it first with: dipsample demo
    """
    del quiet, debug, no_color  # read from the context by cli.console and cli.run
