"""Write the table of keys into the README, between its markers."""

from __future__ import annotations

from pathlib import Path

from dipsample.tui.commands import key_table

START, END = "<!-- keys -->\n", "<!-- /keys -->"


def main() -> None:
    """Replace what stands between the markers."""
    readme = Path(__file__).resolve().parents[1] / "README.md"
    before, rest = readme.read_text(encoding="utf-8").split(START)
    _, after = rest.split(END)
    readme.write_text(before + START + key_table() + END + after, encoding="utf-8")


if __name__ == "__main__":
    main()
