"""The draw record as a file: a page to sign, as text and as HTML, with its data behind it.

Both forms are made from the record alone, so a checker makes the page again and sees whether a
word of it was changed.
"""

from exports.draw_record.html import as_html
from exports.draw_record.reading import read_record
from exports.draw_record.text import as_text

__all__ = ["as_html", "as_text", "read_record"]
