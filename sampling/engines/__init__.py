"""Where a frame lives: one module an engine."""
