"""``dipsample agreement``."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from dipsample.cli.console import Format, remark, remark_wrapped, say, say_json, say_table
from dipsample.cli.options import confidence_option, format_option

if TYPE_CHECKING:
    from review.agreement import Agreement, Figure

WANTED: Final = ("case", "rater", "value")
MAX_SHOWN: Final = 5

_LABELS: Final[Mapping[str, str]] = {
    "percent": "percent agreement",
    "positive": "positive agreement",
    "negative": "negative agreement",
    "gwet_ac1": "Gwet AC1",
    "krippendorff_alpha": "Krippendorff alpha",
    "fleiss_kappa": "Fleiss kappa",
    "cohen_kappa": "Cohen kappa",
}
"""In the order of print; kappa never stands first or alone."""
_PROPORTIONS: Final = frozenset({"percent", "positive", "negative"})
_JSON_ORDER: Final = (
    "percent",
    "positive",
    "negative",
    "cohen_kappa",
    "fleiss_kappa",
    "krippendorff_alpha",
    "gwet_ac1",
)


@click.command(
    name="agreement",
    short_help="Compute how far raters agree.",
    epilog="Examples: dipsample agreement ratings.csv; "
    "dipsample agreement ratings.csv --yes both_arrested --format json",
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--yes", help="The value of positive agreement; `yes` where that occurs.")
@confidence_option
@format_option
def command(file: Path, yes: str | None, confidence: float, layout: Format) -> None:
    """Compute agreement statistics of one question from the CSV FILE.

    FILE has the columns case,rater,value, one row a rating; a blank value is missing. The
    categories are the values that occur. Kappa is withheld, with the reason, for under 30 cases,
    under 10 with a yes, or a rater who gave one value throughout.
    """
    from review.agreement import agreement

    named = None if yes is None else _plain(yes)
    found = agreement(read_ratings(file), yes=named, confidence=confidence)
    if yes is None and found.compared and found.positive.reason and found.negative.reason:
        remark("Name the value that means yes with --yes.")
    _print(found, layout)


def read_ratings(path: Path) -> dict[str, dict[str, str | None]]:
    """Read a CSV of ratings, by case and then by rater.

    Raises:
        InputError: Where the file is not such a CSV, a case or a rater is blank, or one rater
            rates a case twice. Rows are numbered with the header as row 1.
    """
    from dipsample.errors import InputError

    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _by_case(path.name, csv.reader(file, strict=True))
    except UnicodeDecodeError as problem:
        raise InputError(f"{path.name} is not UTF-8; save it as CSV in UTF-8.") from problem
    except csv.Error as problem:
        raise InputError(
            f"{path.name} is not a CSV that can be read ({problem}); save it as CSV again."
        ) from problem


def _by_case(name: str, rows: Iterator[list[str]]) -> dict[str, dict[str, str | None]]:
    from dipsample.errors import InputError

    header = [cell.strip() for cell in next(rows, [])]
    places = _places(name, header)
    ratings: dict[str, dict[str, str | None]] = {}
    ragged, blank, doubled = [], [], []
    for number, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            ragged.append(number)
            continue
        case, rater, value = (_plain(row[place]) for place in places)
        if not (case and rater):
            blank.append(number)
        elif rater in ratings.setdefault(case, {}):
            doubled.append(number)
        else:
            ratings[case][rater] = value or None
    for faulty, wrong in (
        (ragged, f"every row has {len(header)} cells, like the header; mend"),
        (blank, "every row needs a case and a rater; fill them in at"),
        (doubled, "a rater rates a case once; keep one rating, and take out"),
    ):
        if faulty:
            raise InputError(f"{name}: {wrong} {_rows(faulty)}.")
    if not ratings:
        raise InputError(f"{name} holds no rating; it needs one row a rating under its header.")
    return ratings


def _places(name: str, header: Sequence[str]) -> tuple[int, ...]:
    """Return where the columns stand."""
    from dipsample.errors import InputError

    missing = [column for column in WANTED if column not in header]
    if missing:
        raise InputError(
            f"{name} lacks the column {', '.join(missing)}; its header should be "
            f"{','.join(WANTED)}."
        )
    doubled = [column for column in WANTED if header.count(column) > 1]
    if doubled:
        raise InputError(f"{name} has the column {doubled[0]} more than once; keep one of them.")
    return tuple(header.index(column) for column in WANTED)


def _rows(numbers: Sequence[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:MAX_SHOWN])
    more = len(numbers) - MAX_SHOWN
    return f"row {shown}" + (f" and {more:,} more" if more > 0 else "")


def _plain(text: str) -> str:
    """Return a cell without the spaces around it, in one Unicode form."""
    return unicodedata.normalize("NFC", text.strip())


def _print(found: Agreement, layout: Format) -> None:
    figures: dict[str, Figure] = {name: getattr(found, name) for name in _LABELS}
    match layout:
        case Format.JSON:
            shown = {name: _json_figure(figures[name]) for name in _JSON_ORDER}
            say_json({"cases": found.cases, "raters": found.raters, **shown})
        case Format.CSV:
            rows = [(name, *asdict(figure).values()) for name, figure in figures.items()]
            columns = ("statistic", "estimate", "lower", "upper", "reason")
            say_table(columns, rows, layout=layout)
        case Format.TEXT:
            say(
                f"{found.cases:,} cases, {found.compared:,} of them with two or more ratings; "
                f"{found.raters} raters"
            )
            say_table(
                ("statistic", "estimate", "lower", "upper", ""),
                [_text_row(name, figure) for name, figure in figures.items()],
                right=frozenset({"estimate", "lower", "upper"}),
            )
            _print_seeming(found)


def _print_seeming(found: Agreement) -> None:
    """Say why figures seem to contradict each other, where they do."""
    from exports.release.agreement_words import LOPSIDED, MARK, lopsided_words

    if said := lopsided_words(found):
        remark_wrapped(said)
        remark_wrapped(f"{MARK} {LOPSIDED}")


def _json_figure(figure: Figure) -> dict[str, float | str | None]:
    values: dict[str, float | str | None] = {
        "estimate": figure.estimate,
        "lower": figure.lower,
        "upper": figure.upper,
    }
    if figure.reason is not None:
        values["reason"] = figure.reason
    return values


def _text_row(name: str, figure: Figure) -> tuple[str | None, ...]:
    form = ".1%" if name in _PROPORTIONS else ".3f"
    numbers = (figure.estimate, figure.lower, figure.upper)
    shown = ("" if number is None else format(number, form) for number in numbers)
    return (_LABELS[name], *shown, figure.reason)
