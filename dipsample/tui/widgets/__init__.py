"""The few widgets that are ours. They know of lines and keys, never of ``Audit``."""
