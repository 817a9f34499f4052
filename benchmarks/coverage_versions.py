"""Which other programs stand beside ours here, and how nearly they repeat known numbers."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.coverage_peers import Design, Limits, has_svy, of_svy
from benchmarks.coverage_survey import of_survey, survey_version

REFERENCE = Path(__file__).resolve().parents[2] / "shared" / "reference" / "estimation"
HOW_TO = {
    "svy": "`make coverage` installs it",
    "R's survey": "on Debian: `apt-get install r-base-core r-cran-survey`",
}


def present() -> str:
    """Name the programs that are here, and say which are not."""
    named = [f"statsmodels {version('statsmodels')}"]
    if has_svy():
        named.append(f"svy {version('svy')}")
    named.append(survey_version() or "")
    lines = [f"Beside {', '.join(filter(None, named))}."]
    lines += [
        f"{name} is not here, so its columns are left out ({HOW_TO[name]})." for name in lacking()
    ]
    return " ".join(lines)


def lacking() -> list[str]:
    """Return the names of those that are not here."""
    here = {"svy": has_svy(), "R's survey": survey_version() is not None}
    return [name for name, is_here in here.items() if not is_here]


def leave_where_one_is_lacking() -> None:
    """End with an error where the machine of record, one that sets CI, lacks one of them."""
    if os.environ.get("CI") and lacking():
        sys.exit(f"not here: {', '.join(lacking())}; the tables lack their columns")


def agreement() -> str:
    """Say how nearly svy and R here repeat what R's survey gave for the outside reference cases."""
    if not REFERENCE.is_dir():
        return "The outside reference numbers are not here, so no program was held against them."
    said = [f"those of {name} {_furthest(ask, prefix)}" for name, prefix, ask in _asked()]
    return (
        "On the simple samples of the outside reference numbers, by R survey 4.5, limits differ by "
        f"at most: {'; '.join(said) or 'none was compared'}."
    )


Ask = Callable[[Design, Sequence[Sequence[int]], float], dict[str, Limits]]


def _asked() -> Iterator[tuple[str, str, Ask]]:
    if has_svy():
        yield "svy", "svy ", lambda d, o, alpha: of_svy(d, o, alpha=alpha)
    if survey_version():
        yield "R here", "R ", lambda d, o, alpha: of_survey(d, o, alpha=alpha)


def _furthest(ask: Ask, prefix: str) -> str:
    """Return the greatest distance of a limit by method."""
    cases = json.loads((REFERENCE / "cases.json").read_text(encoding="utf-8"))["cases"]
    worst: dict[str, float] = {}
    for case in cases:
        if case["group"] != "finite_population_srs":
            continue
        given = case["inputs"]
        made = ask([(given["N"], given["n"])], [[given["x"]]], 1 - given["conf_level"])
        for name, (lower, upper) in made.items():
            method = name.removeprefix(prefix)
            theirs = case["expected"].get(f"svyciprop_{method}")
            if theirs:
                away = max(abs(lower[0] - theirs["lower"]), abs(upper[0] - theirs["upper"]))
                worst[method] = max(worst.get(method, 0.0), float(away))
    return ", ".join(f"{method} {away:.1g}" for method, away in worst.items())
