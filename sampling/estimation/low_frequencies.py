"""Tails around one allocation, by the lowest frequencies of the spectra alone.

The product of the spectra of all strata falls off fast; beyond the frequency at which it is next
to nothing, nothing is summed. What is left answers for an allocation that differs in a few strata
in the time of those between them. Enough to rank allocations, not to compare with a level.

Shared; imports no method.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NOTHING = 1e-11


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
        self._kept = kept
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
            product = product * (self._parts[stratum] if part is None else part[: self._kept])
        return float((product * self._after[last + 1]).sum().real)
