"""The options that say how an extract becomes a frame."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dipsample.cli.options import columns_option

if TYPE_CHECKING:
    from dipsample.errors import UsageError
    from dipsample.frame_settings import FrameSettings
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
    collapse: str | None
    settings: Path | None
    size_column: str | None
    unit_column: str | None

    def read_settings(self) -> FrameSettings:
        """Return what the settings file says; an empty one where none was given.

        Raises:
            InputError: Where the file cannot be understood.
            UsageError: Where an option says what the file says too.
        """
        from dipsample.frame_settings import FrameSettings, read_frame_settings

        if self.settings is None:
            return FrameSettings()
        read = read_frame_settings(self.settings)
        for key in _IN_BOTH:
            if getattr(read, key) and getattr(self, _OPTION.get(key, key)):
                raise twice(key)
        return read

    def spec(self, settings: FrameSettings) -> FrameSpec:
        """Return options and settings as the specification of a frame.

        Args:
            settings: What :meth:`read_settings` gave.

        Returns:
            The specification; no id column is the empty name.

        Raises:
            UsageError: Where they contradict each other.
        """
        given = {
            "id": self.id_column,
            "strata": self.strata,
            "keep": self.keep,
            "record": self.record,
            "quasi": self.quasi,
            "only": {column: tuple(values.split(",")) for column, values in self.only},
            "accept": dict(self.accept),
            "blank_stratum": self.blank_stratum,
            "encoding": self.encoding,
            "id_width": self.id_width,
            "collapse": self.collapse,
            "size": self.size_column,
            "unit": self.unit_column,
        }
        return settings.model_copy(
            update={name: value for name, value in given.items() if value}
        ).spec()


_IN_BOTH = (
    *("id", "strata", "keep", "record", "quasi", "only", "accept"),
    *("blank_stratum", "encoding", "id_width", "collapse", "size", "unit"),
)
_OPTION = {"id": "id_column", "size": "size_column", "unit": "unit_column"}


def twice(key: str) -> UsageError:
    """Return the refusal of an option that the settings file has too."""
    from dipsample.errors import UsageError

    option = f"--{key.replace('_', '-')}"
    return UsageError(f"{option} stands in the settings file too; say it in one place.")


def frame_options() -> Callable[[_F], _F]:
    """Make the decorator that adds the options and hands them over as ``given``."""
    options = (
        click.option("--id", "id_column", metavar="COL", help="Column of record ids."),
        columns_option(
            "--strata", "Columns whose values part the frame into strata; each is drawn from."
        ),
        columns_option("--keep", "Category columns of drawn records to keep, for breakdowns."),
        columns_option("--record", "Columns of drawn records shown to coders as the record."),
        columns_option(
            "--quasi", "Columns that together could single a person out, such as age band and sex."
        ),
        click.option(
            "--blank-stratum",
            metavar="NAME",
            help="Stratum of the records whose strata column is blank.",
        ),
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
        click.option(
            "--encoding", help="Encoding of a text file that is neither UTF-8 nor UTF-16."
        ),
        click.option(
            "--id-width",
            type=click.IntRange(1, 200),
            help="Width to which numeric ids of a spreadsheet are padded with zeros.",
        ),
        click.option(
            "--size",
            "size_column",
            metavar="COL",
            help="Column of sizes, for plan --size-weighted.",
        ),
        click.option(
            "--unit", "unit_column", metavar="COL", help="Column of units, for plan --units."
        ),
        click.option(
            "--collapse",
            metavar="KEY",
            help="Make one record of all rows with one value of KEY, which becomes the id.",
        ),
        click.option(
            "--settings",
            type=click.Path(path_type=Path, exists=True, dir_okay=False),
            help="A TOML file with these options, and with rename, rules, neighbours, "
            "independent_counts and coarser.",
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
