"""``dipsample frame check``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from dipsample.cli.console import Format, counted, say, say_json, say_table, say_wrapped
from dipsample.cli.exit_codes import ExitCode
from dipsample.cli.frame_numbers import print_collapse, print_identifiability, print_strata
from dipsample.cli.frame_spec import FrameOptions, frame_options
from dipsample.cli.options import extract_argument, format_option
from dipsample.place_words import first_places, place_words

if TYPE_CHECKING:
    from sampling.checks import ExtractReport, Fault
    from sampling.extracts.naming import Extract
    from sampling.frame import FrameSpec

_FEW_RANGES = 5
"""Ranges of rows that are named of each fault, unless all are asked for."""


@click.command(
    name="check",
    short_help="Say what an extract holds and what is wrong with it.",
    epilog="Examples: dipsample frame check extract.csv --id incident_id --strata bcu; "
    "dipsample frame check arrests.csv --collapse incident_id --settings frame.toml",
)
@extract_argument
@frame_options()
@format_option
@click.option(
    "--all-places",
    is_flag=True,
    help="Name up to a hundred places of each fault, in place of the first few.",
)
def command(extract: Extract, layout: Format, given: FrameOptions, all_places: bool) -> int:
    """Say what EXTRACT holds, every fault with row and column, and how identifiable it is.

    Nothing is written. Exit code 3 where an error stops it from becoming a frame.
    """
    from dipsample.system import system_today
    from sampling.engines import check_extract

    settings = given.read_settings()
    spec = given.spec(settings)
    report = check_extract(
        extract,
        spec,
        today=system_today(),
        in_full=True,
        coarser=settings.coarser_columns(),
    )
    match layout:
        case Format.JSON:
            say_json({**_as_json(report), "answers": _answers(spec)})
        case Format.CSV:
            rows = [
                (fault.code, fault.severity, place.row, place.column, fault.count)
                for fault in report.faults
                for place in fault.places
            ]
            say_table(("code", "severity", "row", "column", "count"), rows, layout=layout)
        case Format.TEXT:
            _print(report, _answers(spec), has_all_places=all_places)
    return ExitCode.BAD_INPUT if report.errors else ExitCode.DONE


def _answers(spec: FrameSpec) -> dict[str, str | None]:
    """Return what was said to each question that no check can answer."""
    from sampling.questions import Question

    given = {one.question: one.answer for one in spec.answers}
    return {question.value: given.get(question) for question in Question}


def _print_answers(answers: dict[str, str | None]) -> None:
    from sampling.questions import QUESTIONS, Question

    say()
    say("Only the owner of the data can answer ([answers] of the settings file):")
    for name, answer in answers.items():
        say(f"  {name}: {QUESTIONS[Question(name)]} {answer or '(not answered)'}")


def _print(report: ExtractReport, answers: dict[str, str | None], *, has_all_places: bool) -> None:
    columns = counted(len(report.columns), "column")
    say(f"{report.source_name}: {counted(report.rows, 'row')}, {columns}")
    if report.unread_rows:
        unread = counted(report.unread_rows, "row was", "rows were")
        say(f"{unread} not read because of the faults below, and counted nowhere else here")
    digest = f"; SHA-256 {report.source_sha256}" if report.source_sha256 else ""
    say(f"read as {report.read_as}{digest}")
    say()
    say_table(
        ("column", "blank", "distinct", "most frequent"),
        [
            (
                column.name,
                f"{column.blank:,}",
                f"{'' if column.distinct_is_exact else 'about '}{column.distinct:,}",
                ", ".join(f"{value} {count:,}" for value, count in column.most[:4]),
            )
            for column in report.columns
        ],
        right=frozenset({"blank", "distinct"}),
        widest={"column": 27, "most frequent": 120},
    )
    if report.collapsed is not None:
        print_collapse(report.collapsed)
    if report.strata:
        print_strata(report.strata, report.independent)
    print_faults(report.faults, has_all_places=has_all_places)
    print_identifiability(report)
    if report.id_candidates:
        say()
        say("Columns that could be the id: " + ", ".join(report.id_candidates))
    _print_answers(answers)
    say()
    errors = counted(len(report.errors), "error")
    warned = sum(fault.severity.value == "warning" for fault in report.faults)
    warnings = counted(warned, "warning")
    verdict = "cannot be committed as it is" if report.errors else "can be committed"
    say(f"{errors}, {warnings}: this extract {verdict}.")


def print_faults(faults: Sequence[Fault], *, has_all_places: bool = False) -> None:
    """Print every fault with its places, the errors first.

    Args:
        faults: In the order of their kinds.
        has_all_places: Whether every place that is known is named, or the first few alone.
    """
    is_cut = False
    for fault in sorted(faults, key=lambda one: one.severity.value != "error"):
        say()
        text = f"{fault.severity.upper()} {fault.code} ({fault.count:,}): {fault.message}"
        say_wrapped(text, hang=2)
        if fault.places:
            named = fault.places if has_all_places else first_places(fault.places, _FEW_RANGES)
            is_cut = is_cut or len(named) < len(fault.places)
            more = fault.count - len(named)
            words = f"at {place_words(named)}{f'; and {more:,} more' if more > 0 else ''}"
            say_wrapped(words, indent=2)
    if is_cut:
        say()
        say("More places: dipsample frame check --all-places, or --format json.")


def _as_json(report: ExtractReport) -> dict[str, object]:
    return {
        "source": {"name": report.source_name, "sha256": report.source_sha256},
        "read_as": report.read_as,
        "rows": report.rows,
        "unread_rows": report.unread_rows,
        "records": report.records,
        "collapsed": None if report.collapsed is None else report.collapsed.model_dump(mode="json"),
        "columns": [asdict(column) for column in report.columns],
        "strata": {stratum.name: stratum.records for stratum in report.strata},
        "independent_counts": {one.name: one.records for one in report.independent},
        "faults": [asdict(fault) for fault in report.faults],
        "identifiability": [line.model_dump() for line in report.identifiability],
        "identifiability_mended": [line.model_dump() for line in report.mended],
        "identifiability_subsets": [line.model_dump() for line in report.subsets],
        "id_candidates": list(report.id_candidates),
        "errors": len(report.errors),
    }
