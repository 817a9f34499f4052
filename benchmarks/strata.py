"""What an exact interval of strata costs, and how wide it is beside the instant one.

    python -m benchmarks.strata

Both limits of one interval, processor time after imports. The bar is 1 s on each line.
"""

from __future__ import annotations

import time

from sampling.estimation import Interval, StratumCount, preview, stratified

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


def counts(design: Design, rate: float) -> list[StratumCount]:
    return [StratumCount(str(h), size, n, round(rate * n)) for h, (size, n) in enumerate(design)]


def width(found: Interval) -> float:
    return found.upper - found.lower


def main() -> None:
    stratified(counts(DESIGNS["5 unequal"], 0.1))
    print("| design | method | rate | seconds | width beside korn-graubard-capped |")
    print("|---|---|---|---|---|")
    for name, design in DESIGNS.items():
        for rate in RATES:
            strata = counts(design, rate)
            began = time.process_time()
            found = stratified(strata)
            seconds = time.process_time() - began
            beside = width(found) / width(preview(strata))
            print(f"| {name} | {found.method} | {rate} | {seconds:.2f} | {beside:.3f} |")


if __name__ == "__main__":
    main()
