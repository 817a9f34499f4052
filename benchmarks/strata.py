"""What an exact interval of strata costs, and how wide it is beside the instant one.

    python -m benchmarks.strata             what the default costs; the bar is 1 s on each line
    python -m benchmarks.strata --uneven    and the proved interval beside the searched one, where
                                            strata were drawn at different fractions

Both limits of one interval, processor time after imports.
"""

from __future__ import annotations

import argparse
import time

from sampling.estimation import Interval, Method, StratumCount, preview, stratified

Design = tuple[tuple[int, int], ...]

DESIGNS: dict[str, Design] = {
    "8 equal strata": ((250, 25),) * 8,
    "5 unequal": ((900, 30), (700, 20), (500, 40), (300, 50), (100, 20)),
    "12 unequal": tuple((200 + 150 * h, 20 + (h * 7 % 5) * 8) for h in range(12)),
    "32 proportional, n = 2,000": tuple(
        (200 + 60 * h, round((200 + 60 * h) * 2000 / 36160)) for h in range(32)
    ),
    "32 under equal allocation, n = 1,984": tuple((200 + 60 * h, 62) for h in range(32)),
}
RATES = (0.02, 0.06, 0.2)
UNEVEN: dict[str, Design] = {
    "5 strata at 3 to 20 %": DESIGNS["5 unequal"],
    "12 strata at 1 to 10 %": DESIGNS["12 unequal"],
    "8 strata, 50 of each of 200 to 2,300": tuple((200 + 300 * h, 50) for h in range(8)),
    "8 strata, 100 of each of 200 to 2,300": tuple((200 + 300 * h, 100) for h in range(8)),
    "16 strata of 150 to 13,950, square-root allocation": tuple(
        (150 + 920 * h, round(1.2 * (150 + 920 * h) ** 0.5)) for h in range(16)
    ),
    "32 strata, 62 of each of 200 to 2,060": DESIGNS["32 under equal allocation, n = 1,984"],
}
RATES_OF_UNEVEN = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4)
RATE_TIMED = 0.1
"""Not one of ``RATES``: what was worked out for the first table is remembered."""


def counts(design: Design, rate: float) -> list[StratumCount]:
    """Return the strata with yes at that rate, what rounding adds in one taken from the next."""
    found, drawn, given = [], 0, 0
    for h, (size, n) in enumerate(design):
        drawn += n
        yes = round(rate * drawn) - given
        given += yes
        found.append(StratumCount(str(h), size, n, yes))
    return found


def width(found: Interval) -> float:
    return found.upper - found.lower


def timed(strata: list[StratumCount], method: Method | None = None) -> tuple[Interval, float]:
    """Return an interval and the processor seconds it took."""
    began = time.process_time()
    found = stratified(strata, method=method)
    return found, time.process_time() - began


def proved_beside_searched() -> None:
    """Print how wide the proved interval is beside the searched one, and what both cost."""
    print("\nWidth of stratified-certified beside stratified-exact; seconds of both at 10 %.\n")
    print(f"| design | n | {' | '.join(f'{rate:.0%} yes' for rate in RATES_OF_UNEVEN)} | seconds |")
    print("|---" * (len(RATES_OF_UNEVEN) + 3) + "|")
    for name, design in UNEVEN.items():
        cells, costs = [], ""
        for rate in RATES_OF_UNEVEN:
            strata = counts(design, rate)
            proved, cost = timed(strata, Method.STRATIFIED_CERTIFIED)
            searched, beside = timed(strata, Method.STRATIFIED_EXACT)
            cells.append(f"{width(proved) / width(searched):.3f}")
            costs = f"{cost:.2f}; {beside:.2f}" if rate == RATE_TIMED else costs
        n = sum(sample for _, sample in design)
        print(f"| {name} | {n:,} | {' | '.join(cells)} | {costs} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--uneven", action="store_true", help="the second table too")
    is_uneven = parser.parse_args().uneven
    stratified(counts(DESIGNS["5 unequal"], 0.15))
    print("| design | method | rate | seconds | width beside korn-graubard-capped |")
    print("|---|---|---|---|---|")
    for name, design in DESIGNS.items():
        for rate in RATES:
            strata = counts(design, rate)
            found, seconds = timed(strata)
            beside = width(found) / width(preview(strata))
            print(f"| {name} | {found.method} | {rate} | {seconds:.2f} | {beside:.3f} |")
    if is_uneven:
        proved_beside_searched()


if __name__ == "__main__":
    main()
