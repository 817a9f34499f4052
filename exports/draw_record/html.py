"""The draw record as one HTML file: no script, no form, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from exports.draw_record.page import Page, Section, Table, page_of
from exports.text import clean
from sampling.draw_record import DrawRecord, canonical

DATA_OPENS: Final = '<pre id="data">'
DATA_CLOSES: Final = "</pre>"

_HEAD: Final = """\
<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 14px/1.4 system-ui, sans-serif; max-width: 52rem; margin: 1.5rem auto; \
padding: 0 1rem; color: #111; background: #fff; }}
h1 {{ font-size: 1.4rem; margin: 0; }}
h2 {{ font-size: 1rem; margin: 1rem 0 .25rem; border-bottom: 1px solid #595959; }}
p {{ margin: .25rem 0; }}
dl {{ display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0; }}
dd {{ margin: 0; overflow-wrap: anywhere; }}
table {{ border-collapse: collapse; margin-top: .25rem; }}
caption {{ text-align: left; font-weight: 600; }}
th, td {{ padding: .1rem .75rem .1rem 0; text-align: right; }}
th:first-child, td:first-child {{ text-align: left; }}
code, pre, .hex {{ font-family: ui-monospace, monospace; font-size: .85em; }}
pre {{ white-space: pre-wrap; overflow-wrap: anywhere; }}
.sign {{ margin-top: 2rem; border-top: 1px solid #111; padding-top: .25rem; }}
.signatures {{ display: grid; grid-template-columns: 1fr 1fr; gap: 2rem; }}
@media (prefers-color-scheme: dark) {{ body {{ color: #eee; background: #111; }} \
h2 {{ border-color: #a6a6a6; }} .sign {{ border-color: #eee; }} }}
@media (max-width: 36rem) {{ dl, .signatures {{ grid-template-columns: 1fr; }} \
dt {{ font-weight: 600; }} }}
@media print {{ @page {{ size: A4; margin: 14mm; }} body {{ font-size: 9.5pt; margin: 0; \
padding: 0; max-width: none; color: #000; background: #fff; }} \
.annex {{ break-before: page; }} dl, tr {{ break-inside: avoid; }} \
.data pre {{ font-size: 5.5pt; columns: 3; }} }}
</style>
</head>
<body>
"""


def as_html(record: DrawRecord) -> bytes:
    """Return the record as one HTML page in UTF-8: the page to sign, then its data."""
    page = page_of(record)
    parts = [
        _HEAD.format(title=_safe(f"{page.title}: {page.audit}")),
        "<main>\n",
        *_page(page),
        '<section class="data">\n<h2>Data, for programs</h2>\n',
        f"{DATA_OPENS}{escape(canonical(record), quote=False)}{DATA_CLOSES}\n",
        "</section>\n</main>\n</body>\n</html>\n",
    ]
    return "".join(parts).encode("utf-8")


def _page(page: Page) -> Iterator[str]:
    yield f"<h1>{_safe(page.title)}</h1>\n<p>{_safe(page.audit)}</p>\n"
    for section in page.sections:
        yield from _section(section)
    yield "<h2>Signed over this record, whose digest is</h2>\n"
    yield f'<p class="hex">{_safe(page.digest)}</p>\n<div class="signatures">\n'
    for one in page.signatures:
        yield f'<p class="sign">{_safe(one)}, date</p>\n'
    yield '</div>\n<div class="annex">\n'
    for section in page.annex:
        yield from _section(section)
    yield "</div>\n"


def _section(section: Section) -> Iterator[str]:
    yield f"<section>\n<h2>{_safe(section.title)}</h2>\n"
    if section.facts:
        yield "<dl>\n"
        for name, value in section.facts:
            yield f"<dt>{_safe(name)}</dt><dd>{_safe(value)}</dd>\n"
        yield "</dl>\n"
    for word in section.words:
        yield f"<p>{_safe(word)}</p>\n"
    if section.table is not None:
        yield from _table(section.table)
    if section.lines is not None:
        yield f"<pre>{_safe(section.lines)}</pre>\n"
    yield "</section>\n"


def _table(table: Table) -> Iterator[str]:
    yield "<table>\n<caption>Records by stratum</caption>\n<tr>"
    yield "".join(f'<th scope="col">{_safe(cell)}</th>' for cell in table.head)
    yield "</tr>\n"
    for row in table.rows:
        numbers = "".join(f"<td>{_safe(cell)}</td>" for cell in row[1:])
        yield f'<tr><th scope="row">{_safe(row[0])}</th>{numbers}</tr>\n'
    yield "</table>\n"


def _safe(text: str) -> str:
    """Return a text that stays text, whatever stands in it."""
    return escape(clean(text).text)
