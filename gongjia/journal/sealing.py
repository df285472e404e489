"""Sealing: the settled rows since the last seal are hashed outside any transaction; only the seal itself is written in one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjia.core.problems import Conflict
from gongjia.journal.key import public_of, signing_key
from gongjia.journal.marks import PATIENCE, settled
from gongjia.journal.models import Block, Seal
from gongjia.journal.rules import head_of, pack
from gongjia.journal.streams import FORM, STREAMS, Stream
from gongjia.journal.verify import SIGNED, START, hash_of, leaf_of, root_of

SIZE = 1024
BLOCKS = 256
"""Blocks of one seal at most: so that any number of waiting rows takes a bounded memory."""
Progress = Callable[[int], None]


@dataclass
class Gathered:
    """A block before it is written."""

    stream: str
    after: int
    ids: list[int] = field(default_factory=list)
    leaves: list[bytes] = field(default_factory=list)

    def row(self, seal: Seal, position: int) -> Block:
        return Block(
            seal=seal,
            position=position,
            stream=self.stream,
            after=self.after,
            upto=self.ids[-1],
            size=len(self.ids),
            root=root_of(self.leaves).hex(),
            ids=pack(self.ids),
            leaves=b"".join(self.leaves),
        )


def sealed_upto() -> dict[str, int]:
    """Return the highest sealed id of each stream."""
    rows = dict(Block.objects.order_by().values_list("stream").annotate(Max("upto")))
    return {stream.key: rows.get(stream.key, 0) for stream in STREAMS}


def seal(renew_key: bool = False, patience: float = PATIENCE, progress: Progress = lambda done: None) -> list[Seal]:
    """Seal every settled row that no seal holds yet, and return the seals made: none when there is nothing new.

    Raises Conflict when the key is not to be had, when an older transaction stays open, or when somebody else seals at the same time.
    """
    known = Seal.objects.order_by("-number").values_list("key", flat=True).first() or ""
    key = signing_key(known, renew_key)
    upto = settled(patience, lambda: progress(0))
    made: list[Seal] = []
    done = 0
    while blocks := list(gather(sealed_upto(), upto)):
        made.append(_write(key, blocks))
        done += made[-1].entries
        progress(done)
    return made


def gather(after: Mapping[str, int], upto: Mapping[str, int]) -> Iterator[Gathered]:
    """Yield the next blocks of rows above `after` and not above `upto`, enough for one seal."""
    left = BLOCKS
    for stream in STREAMS:
        at = after[stream.key]
        while left and (block := _block(stream, at, upto[stream.key])).ids:
            yield block
            at, left = block.ids[-1], left - 1


def _block(stream: Stream, after: int, upto: int) -> Gathered:
    made = Gathered(stream.key, after)
    for pk, line in stream.lines(after, upto, SIZE):
        made.ids.append(pk)
        made.leaves.append(leaf_of(line))
    return made


def _write(key: Ed25519PrivateKey, gathered: Sequence[Gathered]) -> Seal:
    before = Seal.objects.order_by("-number").first()
    made = Seal(number=before.number + 1 if before else 1, form=FORM, at=timezone.now(), key=public_of(key))
    made.previous, made.first = (before.hash, before.last + 1) if before else (START, 1)
    made.entries = sum(len(block.ids) for block in gathered)
    blocks = [block.row(made, position) for position, block in enumerate(gathered, 1)]
    made.root = root_of([bytes.fromhex(block.root) for block in blocks]).hex()
    made.hash = hash_of(head_of(made, blocks))
    made.signature = key.sign(SIGNED + made.hash.encode()).hex()
    try:
        with transaction.atomic():
            made.save(force_insert=True)
            Block.objects.bulk_create(blocks)
    except IntegrityError as clash:
        raise Conflict(_("同时有另一次存证写入；稍后再看。")) from clash
    return made
