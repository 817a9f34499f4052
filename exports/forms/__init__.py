"""A codebook as a form for other programs: XLSForm (ODK, Kobo) and REDCap. Written, never read.

A form asks the same questions in the same cases. It carries no record, no case and no coding.
"""

from exports.forms.redcap import write_redcap
from exports.forms.xlsform import write_xlsform

__all__ = ["write_redcap", "write_xlsform"]
