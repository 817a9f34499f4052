"""The options that say how an extract becomes a frame."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dipsample.cli.options import columns_option

if TYPE_CHECKING:
    from sampling.frame import FrameSpec

_F = TypeVar("_F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class FrameOptions:
    """The options as given."""

    id_column: str | None
    strata: tuple[str, ...]
    keep: tuple[str, ...]
    record: tuple[str, ...]
    quasi: tuple[str, ...]
    only: tuple[tuple[str, str], ...]
    accept: tuple[tuple[str, str], ...]
    blank_stratum: str | None
    encoding: str | None
    id_width: int | None

    def spec(self) -> FrameSpec:
        """Return them as the specification of a frame; no id column is the empty name."""
        from sampling.frame import Accepted, FrameSpec, Only

        return FrameSpec(
            id_column=self.id_column or "",
            strata_columns=self.strata,
            keep=self.keep,
            record=self.record,
            quasi=self.quasi,
            only=tuple(
                Only(column=column, values=tuple(values.split(","))) for column, values in self.only
            ),
            accept=tuple(Accepted(code=code, reason=reason) for code, reason in self.accept),
            blank_stratum=self.blank_stratum,
            encoding=self.encoding,
            id_width=self.id_width,
        )


def frame_options(*, is_id_required: bool) -> Callable[[_F], _F]:
    """Make the decorator that adds the options and hands them over as ``given``."""
    options = (
        click.option("--id", "id_column", required=is_id_required, help="Column of record ids."),
        columns_option("--strata", "Columns that make up the stratum."),
        columns_option("--keep", "Category columns of drawn records to keep, for breakdowns."),
        columns_option("--record", "Columns of drawn records shown to coders as the record."),
        columns_option("--quasi", "Columns that together could single a person out."),
        click.option("--blank-stratum", metavar="NAME", help="Stratum of blank values."),
        click.option(
            "--only",
            multiple=True,
            metavar="COL=V,V",
            callback=_pairs,
            help="Leave out records whose COL is none of these; counted and logged.",
        ),
        click.option(
            "--accept",
            multiple=True,
            metavar="CODE=REASON",
            callback=_pairs,
            help="Accept a kind of fault that may be accepted; logged and printed.",
        ),
        click.option("--encoding", help="Of a text file that is neither UTF-8 nor UTF-16."),
        click.option(
            "--id-width",
            type=click.IntRange(1, 200),
            help="Width to which numeric ids of a spreadsheet are padded with zeros.",
        ),
    )

    def decorate(function: _F) -> _F:
        names = list(FrameOptions.__dataclass_fields__)

        @wraps(function)
        def gather(*args: Any, **given: Any) -> Any:
            options_given = FrameOptions(**{name: given.pop(name) for name in names})
            return function(*args, given=options_given, **given)

        decorated: Any = gather
        for option in reversed(options):
            decorated = option(decorated)
        return decorated  # type: ignore[no-any-return]  # click keeps the function's type

    return decorate


def _pairs(
    _context: click.Context, _option: click.Parameter, given: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """Split ``NAME=VALUE``."""
    pairs = []
    for entry in given:
        name, equals, value = entry.partition("=")
        if not (name.strip() and equals and value.strip()):
            raise click.BadParameter("write it as NAME=VALUE")
        pairs.append((name.strip(), value.strip()))
    return tuple(pairs)
