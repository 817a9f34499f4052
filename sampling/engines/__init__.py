"""Where a frame lives: each engine draws the same records, to the byte."""

from sampling.engines.duckdb import DuckDBFrame
from sampling.engines.opened import OpenFrame
from sampling.engines.opening import check_extract, open_frame, records_that_stay
from sampling.engines.protocol import FrameEngine
from sampling.engines.remaining import Remaining

__all__ = [
    "DuckDBFrame",
    "FrameEngine",
    "OpenFrame",
    "Remaining",
    "check_extract",
    "open_frame",
    "records_that_stay",
]
