"""A codebook as a form for other programs, and back: XLSForm (ODK, Kobo) and REDCap.

A form asks the same questions in the same cases. It carries no record, no case and no coding; and
it has no place for derived values, quotes, outcomes and key terms, which an import leaves out.
"""

from exports.forms.importing import ImportedForm, import_form
from exports.forms.redcap import write_redcap
from exports.forms.xlsform import write_xlsform

__all__ = ["ImportedForm", "import_form", "write_redcap", "write_xlsform"]
