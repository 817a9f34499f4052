"""Write the computed blocks of docs/estimation.md: promises, widths, numbers, coverage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sampling.estimation import PROMISES, Interval, Method, StratumCount, single, stratified
from sampling.estimation.comparison import WaveCount, difference, holm, trend

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "estimation.md"
PROOF = ROOT / "docs" / "proof"

SURVEY = "R survey 4.5, svyciprop"
BINOM = "R binom 1.1-1.1"
NEWCOMBE = "Newcombe 1998†, by R ratesci 1.0.0"


@dataclass(frozen=True, slots=True)
class Repeated:
    """A published result beside ours."""

    what: str
    source: str
    ours: tuple[float, ...]
    published: tuple[float, ...]


def schools(*yes: int) -> list[StratumCount]:
    """Return the stratified sample of schools with these numbers of yes."""
    sizes = (("E", 4421, 100), ("M", 1018, 50), ("H", 755, 50))
    return [StratumCount(*size, x) for size, x in zip(sizes, yes, strict=True)]


def limits(found: Interval) -> tuple[float, float]:
    """Return both ends."""
    return found.lower, found.upper


def repeated() -> list[Repeated]:
    """Return every published number that the page repeats."""
    return [*_single(), *_designs(), *_comparisons()]


def _single() -> Iterator[Repeated]:
    published = {
        Method.WILSON: (0.0623863995, 0.1604872417),
        Method.CLOPPER_PEARSON: (0.0578440101, 0.1616504903),
        Method.JEFFREYS: (0.0604485170, 0.1576431433),
        Method.AGRESTI_COULL: (0.0613859749, 0.1614876663),
        Method.LOGIT: (0.0620279835, 0.1613167379),
    }
    for method, theirs in published.items():
        found = single(15, 148, population=None, method=method)
        yield Repeated(f"15 of 148, {method}", BINOM, limits(found), theirs)
    found = single(81, 263, population=None, method=Method.WILSON)
    yield Repeated("81 of 263, wilson", BINOM, limits(found), (0.2552885199, 0.3662095770))
    found = single(12, 120, population=1000, method=Method.HYPERGEOMETRIC_TAIL)
    outside = (found.lower * 1000 - 1, found.upper * 1000 + 1)
    yield Repeated(
        "12 of 120 of 1000, first counts outside hypergeometric-tail",
        "R samplingbook 1.2.4, Sprop",
        outside,
        (55, 165),
    )


def _designs() -> Iterator[Repeated]:
    found = single(163, 200, population=6194, method=Method.KORN_GRAUBARD)
    theirs = (0.7550717456, 0.8656043414)
    yield Repeated("163 of 200 of 6194, korn-graubard", SURVEY + " beta", limits(found), theirs)
    target, year_round = schools(91, 35, 26), schools(18, 2, 1)
    published = {
        Method.KORN_GRAUBARD: ("beta", (0.7741713313, 0.8734315953)),
        Method.WILSON: ("wilson", (0.7748145891, 0.8706375649)),
        Method.LOGIT: ("xlogit", (0.7745396575, 0.8708148576)),
    }
    for method, (name, theirs) in published.items():
        found = stratified(target, method=method)
        yield Repeated(f"strata 91, 35, 26, {method}", f"{SURVEY} {name}", limits(found), theirs)
    found = stratified(target)
    yield Repeated(
        "strata 91, 35, 26, estimate and design effect",
        "R survey 4.5, svymean",
        (found.estimate, found.design_effect or 0.0),
        (0.8279480142, 0.8555718601),
    )
    found = stratified(year_round, method=Method.KORN_GRAUBARD)
    theirs = (0.0874069802, 0.2020552900)
    yield Repeated("strata 18, 2, 1, korn-graubard", SURVEY + " beta", limits(found), theirs)


def _comparisons() -> Iterator[Repeated]:
    published = {
        (56, 70, 48, 80): (0.0524314724, 0.3338726540),
        (9, 10, 3, 10): (0.1705227239, 0.8090179735),
        (5, 56, 0, 29): (-0.0381371479, 0.1925600139),
        (10, 10, 0, 10): (0.6075093505, 1.0),
    }
    for (x, n, y, m), theirs in published.items():
        made = difference(
            single(x, n, population=None, method=Method.WILSON),
            single(y, m, population=None, method=Method.WILSON),
        )
        what = f"{x} of {n} less {y} of {m}, MOVER from wilson"
        yield Repeated(what, NEWCOMBE, (made.lower, made.upper), theirs)
    counts = ((86, 83), (93, 90), (136, 129), (82, 70))
    found = trend([WaveCount(str(place), *count) for place, count in enumerate(counts)])
    yield Repeated(
        "83 of 86, 90 of 93, 129 of 136, 70 of 82, trend: chi-square and p",
        "R 4.2.2, prop.trend.test",
        (found.chi_square, found.p_value),
        (8.2249222852, 0.0041318975),
    )
    yield Repeated(
        "p .01, .02, .03, .04, .05 by Holm",
        "R 4.2.2, p.adjust",
        holm([0.01, 0.02, 0.03, 0.04, 0.05]),
        (0.05, 0.08, 0.09, 0.09, 0.09),
    )


def numbers() -> str:
    """Return the table of published numbers."""
    lines = ["| what | ours | published | by |", "|---|---|---|---|"]
    lines += [
        f"| {one.what} | {_shown(one.ours)} | {_shown(one.published)} | {one.source} |"
        for one in repeated()
    ]
    return "\n".join(lines)


def _shown(values: tuple[float, ...]) -> str:
    return ", ".join(f"{value:.6f}".rstrip("0").rstrip(".") for value in values)


def promises() -> str:
    """Return the table of what each method promises."""
    lines = ["| method | promise |", "|---|---|"]
    lines += [f"| `{method}` | {PROMISES[method]} |" for method in Method]
    return "\n".join(lines)


def coverage() -> str:
    """Return the newest tables of coverage, as they were produced, and where others are."""
    newest = max(PROOF.glob("coverage-[0-9]*.md"))
    _, tables = newest.read_text(encoding="utf-8").split("\n\n", 1)
    dated = {path.name[: -len("-2026-01-01.md")]: path.name for path in sorted(PROOF.glob("*.md"))}
    others = [
        f"[{name}](proof/{name})"
        for kind, name in dated.items()
        if kind.startswith("coverage-") and name != newest.name
    ]
    more = f" More: {', '.join(others)}." if others else ""
    return f"From [{newest.name}](proof/{newest.name}).{more}\n\n{tables.strip()}"


def strata() -> str:
    """Return the newest table of the proved interval of uneven strata beside the searched one."""
    newest = max(PROOF.glob("strata-[0-9]*.md"))
    *_, table = newest.read_text(encoding="utf-8").strip().split("\n\n")
    return f"{table}\n\nFrom [{newest.name}](proof/{newest.name})."


def page(text: str) -> str:
    """Return the page with its blocks written anew."""
    blocks = {"promises": promises, "strata": strata, "numbers": numbers, "coverage": coverage}
    for name, block in blocks.items():
        before, rest = text.split(f"<!-- {name} -->\n")
        _, after = rest.split(f"<!-- /{name} -->")
        text = f"{before}<!-- {name} -->\n{block()}\n<!-- /{name} -->{after}"
    return text


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
