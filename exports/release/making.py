"""From a request to a release."""

from __future__ import annotations

from dataclasses import replace

from exports.methods import statements
from exports.release.agreement_table import agreement_table, settled_table
from exports.release.corrected_table import corrected_table
from exports.release.cover import cover_lines
from exports.release.digest import values_sha256
from exports.release.findings_tables import chart_table, group_table, headline_table
from exports.release.notes import Notes, make_notes
from exports.release.process_tables import case_flow_table, codebook_table, sample_design_table
from exports.release.provenance import provenance_table
from exports.release.request import ReleaseRequest
from exports.release.tables import Chart, Column, ColumnKind, Line, Release, Shown, Table
from exports.release.titles import document_title, status_of, titled
from exports.text import clean

LANGUAGE = "en-GB"
_SUBJECT = "Prevalence of multiple arrests and counter-allegations in domestic abuse incidents"


def make_release(request: ReleaseRequest) -> Release:
    """Return everything that a file of these findings may say.

    Text that no file can carry is replaced by U+FFFD, here and once, so that every writer prints
    the same.

    Raises:
        ReleaseError: Where a table would have no rows, or two columns of one title.
    """
    notes = make_notes(request)
    tables, chart = _tables(request, notes)
    cover = tuple(_clean_line(line) for line in cover_lines(request, tables))
    shown = (_clean_table(notes.as_table()), *map(_clean_table, tables))
    digest = values_sha256(cover, shown, chart)
    provenance = _clean_table(provenance_table(request, values_sha256=digest))
    return Release(
        title=clean(document_title(request)).text,
        subject=_SUBJECT,
        status=status_of(request),
        creator=f"dipsample {request.trail.dipsample}",
        language=LANGUAGE,
        date=request.trail.date,
        stamp=request.trail.stamp,
        cover=cover,
        notes=shown[0],
        tables=(*shown[1:], provenance),
        chart=chart,
        values_sha256=digest,
        earlier_version=request.earlier_version,
    )


def _tables(request: ReleaseRequest, notes: Notes) -> tuple[tuple[Table, ...], Chart | None]:
    charted = chart_table(request)
    plotted, chart = charted if charted is not None else (None, None)
    candidates = (
        headline_table(request, notes),
        case_flow_table(request, notes),
        group_table(request, notes),
        plotted,
        agreement_table(request, notes),
        settled_table(request),
        corrected_table(request, notes),
        sample_design_table(request),
        _methods_table(request),
        codebook_table(request),
    )
    return tuple(table for table in candidates if table is not None), chart


def _methods_table(request: ReleaseRequest) -> Table:
    return Table(
        name="methods",
        sheet="Methods",
        title=titled(request, "Methods"),
        columns=(Column("Topic", ColumnKind.TEXT), Column("Statement", ColumnKind.TEXT)),
        rows=tuple((Shown(topic), Shown(text)) for topic, text in statements(request)),
    )


def _clean_line(line: Line) -> Line:
    return replace(line, text=clean(line.text).text)


def _clean_table(table: Table) -> Table:
    rows = tuple(
        tuple(
            Shown(clean(cell.value).text)
            if isinstance(cell, Shown) and isinstance(cell.value, str)
            else cell
            for cell in row
        )
        for row in table.rows
    )
    return replace(table, title=clean(table.title).text, rows=rows)
