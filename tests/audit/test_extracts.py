"""From an extract to a project: who is drawn, and what of the extract goes in."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from sampling.tickets import in_ticket_order

if TYPE_CHECKING:
    from dipsample.audit import Audit

Rows = list[dict[str, str]]
Draw = Callable[[Path, Path], "Audit"]
AsCsv = Callable[..., bytes]


def shuffled(records: Rows, seed: str) -> Rows:
    by_id = {record["id"]: record for record in records}
    return [by_id[one] for one in in_ticket_order("shuffle", seed, by_id)]


def as_xlsx(records: Rows) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (records[0], *(record.values() for record in records)):
        sheet.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "form", ["shuffled", "reversed", "quoted CRLF", "more columns", "UTF-16", "workbook"]
)
def test_the_same_seed_draws_the_same_cases_from_any_export(
    form: str, drawn: Path, records: Rows, draw: Draw, as_csv: AsCsv, tmp_path: Path
) -> None:
    mixed = shuffled(records, f"{form:.<20}".replace(" ", "-"))
    content = {
        "shuffled": as_csv(mixed),
        "reversed": as_csv(records[::-1], delimiter=";"),
        "quoted CRLF": as_csv(mixed, quoting=1, lineterminator="\r\n"),
        "more columns": as_csv([{"new": "x", **dict(reversed(row.items()))} for row in mixed]),
        "UTF-16": as_csv(mixed).decode().encode("utf-16"),
        "workbook": as_xlsx(mixed),
    }[form]
    extract = tmp_path / ("extract.xlsx" if form == "workbook" else "extract.csv")
    extract.write_bytes(content)
    audit = draw(extract, tmp_path / "audit.dip")
    first = draw_again(drawn)
    try:
        assert audit.cases() == first.cases()
        assert audit.drawn.sample_digest == first.drawn.sample_digest
    finally:
        audit.close()
        first.close()


def draw_again(path: Path) -> Audit:
    from dipsample.opening import open_audit

    return open_audit(path, is_read_only=True)


def test_only_kept_and_record_columns_of_drawn_records_are_in_the_file(
    drawn: Path, records: Rows
) -> None:
    stored = b"".join(path.read_bytes() for path in drawn.parent.glob("audit.dip*"))
    audit = draw_again(drawn)
    drawn_ids = {row.record_id for row in audit.cases()}
    audit.close()
    assert 0 < len(drawn_ids) < len(records)
    for record in records:
        assert (record["told"].encode() in stored) == (record["id"] in drawn_ids)
        assert (record["id"].encode() in stored) == (record["id"] in drawn_ids)
        assert record["left_out"].encode() not in stored
