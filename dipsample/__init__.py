"""dipsample: reproducible dip samples of incident records, coded by people, with intervals."""

__version__ = "0.1.0"
