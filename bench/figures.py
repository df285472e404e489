"""One measured figure: what was done, how fast, against which limit or peer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """A measured value, the limit that it must reach (`at_least` or `at_most`), and a ratio to a peer where there is one."""

    section: str
    what: str
    value: float
    unit: str
    at_least: float | None = None
    at_most: float | None = None
    peer: str = ""
    ratio: float | None = None

    @property
    def reached(self) -> bool | None:
        """Say whether the limit was reached; None where there is none."""
        if self.at_least is not None:
            return self.value >= self.at_least
        return self.value <= self.at_most if self.at_most is not None else None

    def as_json(self) -> dict[str, object]:
        return asdict(self)


class Clock:
    """Seconds of the block that it timed."""

    seconds = 0.0


@contextmanager
def timed() -> Iterator[Clock]:
    """Time a block by the wall."""
    clock, begun = Clock(), time.perf_counter()
    yield clock
    clock.seconds = time.perf_counter() - begun


def percentile(values: list[float], share: float) -> float:
    """Return the value below which `share` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
