"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dipsample.cli.console import Format

if TYPE_CHECKING:
    from dipsample.plan_wishes import Value
    from sampling.extracts.naming import Extract

_F = TypeVar("_F", bound=Callable[..., Any])


def project_argument(function: _F) -> _F:
    """Add the argument PROJECT."""
    return click.argument("project", type=click.Path(path_type=Path))(function)


def extract_argument(function: _F) -> _F:
    """Add the argument EXTRACT."""
    return click.argument("extract", type=ExtractName())(function)


def format_option(function: _F) -> _F:
    """Add ``--format text|json|csv``."""
    return click.option(
        "--format",
        "layout",
        type=click.Choice([layout.value for layout in Format]),
        default=Format.TEXT.value,
        show_default=True,
        callback=lambda _context, _option, value: Format(value),
        help="How to print the list.",
    )(function)


def as_option(function: _F) -> _F:
    """Add ``--as NAME``."""
    return click.option(
        "--as",
        "name",
        envvar="DIPSAMPLE_USER",
        show_envvar=True,
        metavar="NAME",
        help="Who is acting; otherwise the login name. In a file this is a label, not a lock.",
    )(function)


def passphrase_option(function: _F) -> _F:
    """Add ``--passphrase-file FILE``."""
    return click.option(
        "--passphrase-file",
        type=click.Path(path_type=Path),
        help="A file with the passphrase that only you can read; otherwise "
        "DIPSAMPLE_PASSPHRASE, otherwise a prompt.",
    )(function)


def passphrases_option(function: _F) -> _F:
    """Add ``--passphrase-file FILE``, which may be given once for each of several projects."""
    return click.option(
        "--passphrase-file",
        "passphrase_files",
        multiple=True,
        type=click.Path(path_type=Path),
        help="A file with the passphrase that only you can read: one for all projects, or one for "
        "each in their order; otherwise DIPSAMPLE_PASSPHRASE, otherwise a prompt for each.",
    )(function)


def columns_option(name: str, text: str, *, of: str = "COL") -> Callable[[_F], _F]:
    """Make an option that takes columns, or what ``of`` names, separated by commas."""
    return click.option(name, multiple=True, metavar=f"{of},...", callback=_listed, help=text)


def questions_option(function: _F) -> _F:
    """Add ``--question ID,...``."""
    return click.option(
        "--question",
        "questions",
        multiple=True,
        metavar="ID,...",
        callback=_listed,
        help="Which questions; all of them unless given.",
    )(function)


def with_option(function: _F) -> _F:
    """Add ``--with ID,...``."""
    return click.option(
        "--with",
        "switched_on",
        multiple=True,
        metavar="ID,...",
        callback=_listed,
        help="Optional questions of the codebook to ask as well, such as C4,C6 of da-full.",
    )(function)


def _listed(
    _context: click.Context, _option: click.Parameter, given: tuple[str, ...]
) -> tuple[str, ...]:
    """Return what stands between the commas of every entry."""
    return tuple(one.strip() for entry in given for one in entry.split(",") if one.strip())


def confidence_option(function: _F) -> _F:
    """Add ``--confidence C``."""
    return click.option(
        "--confidence",
        type=click.FloatRange(min=0.5, max=1.0, max_open=True),
        default=0.95,
        show_default=True,
        help="Two-sided confidence, a proportion.",
    )(function)


def decimal_option(name: str, text: str) -> Callable[[_F], _F]:
    """Make an option that takes an exact decimal such as 0.02."""
    return click.option(name, type=_Exact(), metavar="P", help=text)


def wish_option(name: str, text: str, *, metavar: str | None = None) -> Callable[[_F], _F]:
    """Make an option of ``plan``; a proportion is shown as P, any other as N unless told."""
    shown = metavar or ("P" if name in _PROPORTIONS else "N")
    return click.option(name, type=_WishValue(name), metavar=shown, help=text)


_PROPORTIONS = ("--margin", "--detect", "--expect", "--confidence", "--rolling")


class ExtractName(click.ParamType["Extract"]):
    """A file, many files, a relation of PostgreSQL or a table of Spark."""

    name = "extract"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Extract:
        """Find what is named; fail with a sentence."""
        from sampling.errors import ExtractNameError
        from sampling.extracts.naming import named

        try:
            return named(str(value))
        except ExtractNameError as error:
            self.fail(str(error), param, ctx)


class _Exact(click.ParamType[Decimal]):
    """An exact decimal of 0 to 1."""

    name = "proportion"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Decimal:
        """Read a decimal; fail with a sentence."""
        from dipsample.errors import InputError
        from dipsample.plan_wishes import read_proportion

        try:
            return read_proportion(str(value))
        except InputError as error:
            self.fail(str(error), param, ctx)


class _WishValue(click.ParamType["Value"]):
    """One thing that is asked of a plan, read as the plan page reads it."""

    name = "number"

    def __init__(self, option: str) -> None:
        self._option = option

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Value:
        """Read it; fail with a sentence."""
        from dipsample.errors import InputError
        from dipsample.plan_wishes import Wish, read_wish

        try:
            return read_wish(Wish(self._option), str(value))
        except InputError as error:
            self.fail(str(error), param, ctx)
