"""Print what the leak check costs at each key of a note: it looks at the whole text each time.

The bar is 0.3 ms for a note of 200 characters; the floor is one pass of a pattern that finds
nothing, in the same run.
"""

from __future__ import annotations

import re
import timeit

from sampling.personal import scan

ROUNDS = 500
TEXTS = {
    "nothing in it": "Party A says that Party B pushed her; officers came at 22:14 and nobody "
    "says who rang first. ",
    "many numbers": "Log 12, 3 of 4; 22:14, 09:30, 2 x 7 days, s.39, 1 arrest of 2, page 7. ",
    "a telephone number": "She rang from 07700 900123 and said that both had been arrested. ",
}


def milliseconds(text: str, pattern: re.Pattern[str] | None = None) -> float:
    """Return the best of seven runs, a call."""

    def run() -> object:
        return scan(text) if pattern is None else pattern.search(text)

    return min(timeit.repeat(run, number=ROUNDS, repeat=7)) / ROUNDS * 1000


def main() -> None:
    """Print a table in Markdown."""
    floor = re.compile("no such words")
    print("| note of 200 characters | check, ms | one plain search, ms |")
    print("|---|---|---|")
    for name, words in TEXTS.items():
        text = (words * 5)[:200]
        print(f"| {name} | {milliseconds(text):.3f} | {milliseconds(text, floor):.4f} |")


if __name__ == "__main__":
    main()
