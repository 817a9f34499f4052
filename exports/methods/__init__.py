"""The methods statement: generated from the project, never typed."""

from exports.methods.statements import SENTENCES, Statement, statements

__all__ = ["SENTENCES", "Statement", "statements"]
