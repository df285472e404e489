"""How much a file may ask of the machine before it is refused."""

from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one reading; a file outside them ends in one clear error."""

    file_bytes: int = 200 * MEGABYTE
    text_bytes: int = 100 * MEGABYTE
    page_bytes: int = 30 * MEGABYTE
    unpacked_bytes: int = 700 * MEGABYTE
    unpacked_ratio: int = 400
    cells: int = 4_000_000
    columns: int = 2_000
    seconds: int = 25
    memory_bytes: int = 1000 * MEGABYTE


LIMITS = Limits()
