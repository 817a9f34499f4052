"""Widgets that know nothing of the audit."""
