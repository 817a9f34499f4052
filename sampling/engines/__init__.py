"""Where a frame lives: each engine draws the same records, to the byte."""

from sampling.engines.duckdb import DuckDBFrame
from sampling.engines.opened import OpenFrame
from sampling.engines.opening import check_extract, open_frame
from sampling.engines.protocol import FrameEngine

__all__ = ["DuckDBFrame", "FrameEngine", "OpenFrame", "check_extract", "open_frame"]
