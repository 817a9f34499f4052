"""Reads extracts: text, spreadsheets and Parquet, as text, with every fault in its place."""
