"""The prevalence that a supervisor expects in each stratum, read from a small CSV."""

from __future__ import annotations

import csv
import io
from decimal import Decimal, InvalidOperation
from typing import Final

from sampling.errors import PlanError

COLUMNS: Final = ("stratum", "expect")
MAX_BYTES: Final = 4 * 1024 * 1024


def read_expectations(content: bytes, *, source: str) -> dict[str, Decimal]:
    """Read a CSV with the columns ``stratum`` and ``expect``.

    Args:
        content: The bytes of the file, UTF-8 with or without a byte-order mark.
        source: What to call it in messages, such as the file's name.

    Returns:
        The prevalence by stratum, each over 0 and under 1, in the order of the file.

    Raises:
        PlanError: Where the file is no such CSV; the message names the row.
    """
    if len(content) > MAX_BYTES:
        raise PlanError(f"{source} is over 4 MB; give one row a stratum.")
    try:
        text = content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except UnicodeDecodeError:
        raise PlanError(f"{source} is not UTF-8; save it as CSV UTF-8.") from None
    except csv.Error as error:
        raise PlanError(f"{source} is not a CSV: {error}.") from None
    if not rows or tuple(cell.strip() for cell in rows[0]) != COLUMNS:
        raise PlanError(f"{source} needs the columns {' and '.join(COLUMNS)}, in its first row.")
    read: dict[str, Decimal] = {}
    for row, cells in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(COLUMNS):
            raise PlanError(f"{source}, row {row}: there are {len(cells)} cells, and 2 are needed.")
        stratum, stated = cells
        if stratum in read:
            raise PlanError(f"{source}, row {row}: the stratum stands twice; keep one row of it.")
        read[stratum] = _prevalence(stated.strip(), f"{source}, row {row}")
    if not read:
        raise PlanError(f"{source} names no stratum; give one row for each.")
    return read


def _prevalence(stated: str, where: str) -> Decimal:
    try:
        value = Decimal(stated)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not 0 < value < 1:
        raise PlanError(
            f"{where}: an expected prevalence is a proportion over 0 and under 1, such as 0.04."
        )
    return value
