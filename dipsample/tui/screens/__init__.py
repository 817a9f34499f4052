"""The screens, one a file: each shows a view-model and calls ``Audit``."""
