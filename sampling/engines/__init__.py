"""Where a frame lives: each engine draws the same records, to the byte."""

from sampling.engines.duckdb import DuckDBFrame, check_extract, open_frame
from sampling.engines.protocol import FrameEngine

__all__ = ["DuckDBFrame", "FrameEngine", "check_extract", "open_frame"]
