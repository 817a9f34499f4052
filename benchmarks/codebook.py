"""Print how long it takes to read each codebook that ships, and to work out one case with it."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import resources

from review.applicability import read_sheet
from review.codebook import Codebook, Value, builtin_codebook, codebook_from_body, parse_codebook

PARSE_MS, SHEET_MS = 50, 1
TIMES = 10


def best_ms(work: Callable[[], object], *, each: int = 1) -> float:
    """Return the milliseconds that the fastest of several runs took, for one of ``each``."""
    taken = []
    for _ in range(TIMES):
        begin = time.perf_counter()
        for _ in range(each):
            work()
        taken.append((time.perf_counter() - begin) / each)
    return 1000 * min(taken)


def full_answers(codebook: Codebook) -> dict[str, Value]:
    """Return answers on the longest path: the first answer to every question."""
    return {
        question.id: (question.values[0],) if question.options else ("why",)
        for question in codebook.questions
    }


def measure(name: str) -> str:
    """Return what was measured of one codebook, all optional questions asked."""
    file = resources.files("review") / "codebooks" / f"{name}.toml"
    text = file.read_text(encoding="utf-8")
    optional = builtin_codebook(name).offered
    codebook = builtin_codebook(name, switched_on=optional)
    parse = best_ms(lambda: parse_codebook(text, source=name, switched_on=optional))
    body = best_ms(lambda: codebook_from_body(codebook.body))
    answers = full_answers(codebook)
    sheet = best_ms(lambda: read_sheet(codebook, answers, ()), each=100)
    return (
        f"{name}, {len(codebook.questions)} questions: TOML {parse:.1f} ms (bar {PARSE_MS}), "
        f"from the log {body:.1f} ms, one case {sheet:.3f} ms (bar {SHEET_MS})"
    )


def main() -> None:
    for name in ("da-short", "da-full"):
        print(measure(name))


if __name__ == "__main__":
    main()
