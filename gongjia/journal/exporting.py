"""The journal as lines: every seal with what it binds, as the rows are now; one block at a time, whatever its length."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db.models import Sum

from gongjia.journal.models import Block, Seal
from gongjia.journal.rules import head_of, split, unpack
from gongjia.journal.streams import FORM, FORMS, Stream
from gongjia.journal.verify import FIRST_LINE, START

LOWEST = -(2**63) + 1
Stray = Callable[[str, int], None]
Progress = Callable[[int], None]


def journal_lines(stray: Stray = lambda stream, pk: None, progress: Progress = lambda done: None) -> Iterator[bytes]:
    """Yield the lines of the export; `stray` hears of rows that stand where everything is sealed, and are in no seal."""
    yield FIRST_LINE
    seals, last, hashed, started = 0, 0, START, set()
    for seal in Seal.objects.order_by("number").iterator(100):
        blocks = list(seal.blocks.order_by("position").defer("ids", "leaves"))
        seals, last, hashed, number = seals + 1, seal.last, seal.hash, seal.first
        yield b"\t".join((b"seal", seal.hash.encode(), seal.signature.encode(), head_of(seal, blocks) + b"\n"))
        for block in blocks:
            stream = FORMS.get(seal.form, FORMS[FORM]).get(block.stream)
            if stream is not None:
                yield from _entries(stream, block, number, LOWEST if stream.key not in started else block.after, stray)
                started.add(stream.key)
            number += block.size
            progress(number - 1)
    yield f"end\t{seals}\t{last}\t{hashed}\n".encode()


def _entries(stream: Stream, block: Block, number: int, after: int, stray: Stray) -> Iterator[bytes]:
    """Yield the sealed rows of a block; a row that is gone leaves a gap in the numbers."""
    ids, leaves = unpack(bytes(block.ids)), split(bytes(block.leaves))
    wanted = {pk: index for index, pk in enumerate(ids)}
    for pk, line in stream.lines(after, block.upto):
        index = wanted.get(pk, -1)
        if index < 0:
            stray(stream.key, pk)
        else:
            leaf = leaves[index].hex().encode() if index < len(leaves) else b"-"
            yield b"entry\t%d\t%b\t%b\n" % (number + index, leaf, line)


def sealed_entries() -> int:
    """Return how many entries are sealed."""
    return Seal.objects.aggregate(n=Sum("entries"))["n"] or 0
