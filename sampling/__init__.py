"""Design-based sampling of any frame of records: frame, plan, draw, and what a sample says.

Knows nothing of police, people or screens.
"""
