"""The publication workbook: a function of one release and nothing else."""

from exports.workbook.writing import write_workbook

__all__ = ["write_workbook"]
