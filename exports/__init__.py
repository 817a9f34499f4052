"""Findings as files that other people can trust."""
