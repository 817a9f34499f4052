"""Tails around one allocation, by the lowest frequencies of the spectra alone.

The product of the spectra of all strata falls off fast; beyond the frequency at which it is next
to nothing, nothing is summed. What is left answers for an allocation that differs in a few strata
in the time of those between them. Enough to rank allocations, not to compare with a level.

Shared; imports no method.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sampling.estimation.hypergeometric import Masses

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NOTHING = 1e-11


class Waves:
    """Turns distributions of weighted counts into their lowest frequencies, without a transform.

    Of a ring of thousands of scores a few dozen frequencies may be left; each is a short sum over
    the outcomes of one stratum.
    """

    def __init__(self, length: int) -> None:
        """Tabulate one turn round the ring.

        Args:
            length: Scores in the ring.
        """
        import numpy as np

        self._length = length
        self._turn = np.exp(-2j * np.pi * np.arange(length) / length)
        self._tables: dict[tuple[int, int], NDArray[np.float64]] = {}

    def lowest(
        self, spread: Masses, *, weight: int, sample: int, kept: int
    ) -> NDArray[np.complex128]:
        """Return the lowest frequencies of a count that has these masses.

        Args:
            spread: P(X = x), X from 0 to ``sample``.
            weight: What one of the count adds to the score.
            sample: n_h.
            kept: How many frequencies.

        Returns:
            So many or more.
        """
        import numpy as np

        table = self._tables.get((weight, sample))
        if table is None or table.shape[1] < 2 * kept:
            table = self._tables[weight, sample] = self._table(weight, sample, kept)
        last = spread.first + len(spread.values)
        lowest = spread.values @ table[spread.first : last]
        return np.asarray(lowest.view(np.complex128))

    def _table(self, weight: int, sample: int, kept: int) -> NDArray[np.float64]:
        """Return one line an outcome: real and imaginary part of each frequency in turn."""
        import numpy as np

        scores = weight * np.arange(sample + 1, dtype=np.int64) % self._length
        table = self._turn[np.outer(scores, np.arange(kept)) % self._length]
        return np.ascontiguousarray(table).view(np.float64)


class LowFrequencies:
    """The spectra at one allocation, multiplied up from either end."""

    def __init__(
        self, parts: Sequence[NDArray[np.complex128]], step: NDArray[np.complex128]
    ) -> None:
        """Multiply the spectra up.

        Args:
            parts: The spectrum of each stratum.
            step: That of the scores that count.
        """
        import numpy as np

        whole = step.copy()
        for part in parts:
            whole *= part
        size = np.abs(whole)
        last = int(np.flatnonzero(size > size[0] * _NOTHING)[-1])
        kept = min(len(size), 1 << (last + 1).bit_length())
        self.kept = kept
        """How many frequencies are left."""
        self._parts = [part[:kept] for part in parts]
        self._before, self._after = [step[:kept]], [np.ones(kept, dtype=np.complex128)]
        for part, mirrored in zip(self._parts, self._parts[::-1], strict=True):
            self._before.append(self._before[-1] * part)
            self._after.append(self._after[-1] * mirrored)
        self._after.reverse()

    def tail(self, changed: Mapping[int, NDArray[np.complex128]]) -> float:
        """Return the tail where some strata have other spectra.

        Args:
            changed: The spectra by stratum, at least one.
        """
        first, last = min(changed), max(changed)
        product = self._before[first]
        for stratum in range(first, last + 1):
            part = changed.get(stratum)
            product = product * (self._parts[stratum] if part is None else part[: self.kept])
        return float((product * self._after[last + 1]).sum().real)
