"""Verify an exported journal of Gongjia with Python's standard library alone (3.9 or newer); copy this file wherever you like.

    python verify.py FILE [--head HASH]... [--key KEY]...

HASH is the hash of a seal that was handed out on paper: it is what you trust. Without one, a journal that was rewritten from some
seal on with a key of the forger's own cannot be told from the true one; without --key, the key of the first seal is believed.
It ends with 0 in order; 1 something was altered, and it is named; 2 no journal could be read. It answers in English and Chinese.
The file, one line each, fields separated by a tab: `gongjia-journal 1`; for each seal `seal`, hash, signature (Ed25519), head as
JSON, and under it `entry`, number, leaf, the line itself; at last `end`, seals, entries, hash of the last seal.
leaf = SM3(00 line); node = SM3(01 left right), an odd one goes up unchanged; hash = SM3(02 head). A head holds the hash of the
seal before it and its blocks [stream, last id, entries, root of their leaves]; `root` is that of the roots of its blocks.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import struct
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

FIRST_LINE = b"gongjia-journal 1\n"
START = "0" * 64
SIGNED = b"gongjia seal "  # what a signature signs: this and the hash in letters
LONGEST, LARGEST, SHOWN = 1 << 24, 1 << 12, 200

_IV = (0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E)


def _turn(x: int, n: int) -> int:
    return (x << n | x >> 32 - n) & 0xFFFFFFFF


_T = [_turn(0x79CC4519 if j < 16 else 0x7A879D8A, j % 32) for j in range(64)]


def sm3(data: bytes) -> bytes:
    """Return the SM3 digest (GB/T 32905), computed by this file itself."""
    padded = data + b"\x80" + b"\0" * ((55 - len(data)) % 64) + struct.pack(">Q", 8 * len(data))
    v = _IV
    for start in range(0, len(padded), 64):
        w = list(struct.unpack_from(">16I", padded, start))
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ _turn(w[j - 3], 15)
            w.append(x ^ _turn(x, 15) ^ _turn(x, 23) ^ _turn(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = v
        for j in range(64):
            a12 = _turn(a, 12)
            ss1 = _turn((a12 + e + _T[j]) & 0xFFFFFFFF, 7)
            ff, gg = (a ^ b ^ c, e ^ f ^ g) if j < 16 else (a & b | a & c | b & c, e & f | ~e & g)
            tt1 = (ff + d + (ss1 ^ a12) + (w[j] ^ w[j + 4])) & 0xFFFFFFFF
            tt2 = (gg + h + ss1 + w[j]) & 0xFFFFFFFF
            a, b, c, d = tt1, a, _turn(b, 9), c
            e, f, g, h = tt2 ^ _turn(tt2, 9) ^ _turn(tt2, 17), e, _turn(f, 19), g
        v = (v[0] ^ a, v[1] ^ b, v[2] ^ c, v[3] ^ d, v[4] ^ e, v[5] ^ f, v[6] ^ g, v[7] ^ h)
    return struct.pack(">8I", *v)


def _openssl(data: bytes) -> bytes:
    return hashlib.new("sm3", data).digest()


DIGEST = _openssl if "sm3" in hashlib.algorithms_available and _openssl(b"abcd" * 16) == sm3(b"abcd" * 16) else sm3


def leaf_of(line: bytes) -> bytes:
    return DIGEST(b"\0" + line)


def root_of(hashes: Sequence[bytes]) -> bytes:
    """Return the root of the tree over the hashes."""
    level = list(hashes)
    while len(level) > 1:
        level = [DIGEST(b"\1" + level[i] + level[i + 1]) for i in range(0, len(level) - 1, 2)] + level[len(level) // 2 * 2 :]
    return level[0] if level else DIGEST(b"")


def hash_of(head: bytes) -> str:
    return DIGEST(b"\2" + head).hex()


_P, _L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P


def _add(p: Any, q: Any) -> Any:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % _P, (p[1] + p[0]) * (q[1] + q[0]) % _P
    c, d = 2 * p[3] * q[3] * _D % _P, 2 * p[2] * q[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(n: int, p: Any) -> Any:
    total: Any = (0, 1, 1, 0)
    while n:
        total, p, n = _add(total, p) if n & 1 else total, _add(p, p), n >> 1
    return total


def _point(data: bytes) -> Any:
    sign, y = divmod(int.from_bytes(data, "little"), 1 << 255)
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    x = x if (x * x - square) % _P == 0 else x * pow(2, (_P - 1) // 4, _P) % _P
    if y >= _P or (x * x - square) % _P or (x == 0 and sign):
        return None
    return (x, y, 1, x * y % _P) if x & 1 == sign else (_P - x, y, 1, (_P - x) * y % _P)


def is_signed(key: str, text: bytes, signature: str) -> bool:
    """Say whether the Ed25519 signature (RFC 8032) is that of the key over the text."""
    if not re.fullmatch("[0-9a-f]{64}", key) or not re.fullmatch("[0-9a-f]{128}", signature):
        return False
    k, s = bytes.fromhex(key), bytes.fromhex(signature)
    a, r, n = _point(k), _point(s[:32]), int.from_bytes(s[32:], "little")
    if a is None or r is None or n >= _L:
        return False
    h = int.from_bytes(hashlib.sha512(s[:32] + k + text).digest(), "little")
    one, two = _times(n, _point(b"\x58" + b"\x66" * 31)), _add(r, _times(h % _L, a))
    return all((one[i] * two[2] - two[i] * one[2]) % _P == 0 for i in (0, 1))


WORDS = {
    "header": "the first line is not “gongjia-journal 1” 首行不对",
    "unreadable": "no line of a journal 不是日志的行",
    "cut": "the file ends without its last line 文件被截断，没有结束行",
    "end": "the end does not agree with what stands before it: seals are missing or added 结束行与前文不符，有存证缺失或多出",
    "after_end": "appended after the end 加在结束行之后",
    "order": "another seal should stand here: seals are missing, repeated or moved 存证缺失、重复或错位",
    "head": "the head of the seal, or the hash beside it, was altered 存证头或旁注的存证号被改动",
    "chain": "does not follow the seal before it: one of the two is forged 与前一次存证接不上，其中之一是伪造的",
    "signature": "the signature is not that of the key 签名不符",
    "key": "signed with a key that nobody vouched for 用了未经确认的公钥",
    "altered": "was altered 被改动",
    "leaf": "is genuine, its leaf was altered 内容未动，叶摘要被改动",
    "number": "is genuine, its number was altered 内容未动，序号被改动",
    "moved": "stands in the wrong place 被挪了位置",
    "added": "was added or repeated, it was not sealed here 是加进来或重复的，没有在此存证",
    "missing": "missing 缺失",
    "block": "not what was sealed: besides what is named above, any leaf of it may be forged 与存证不符；除已点名的外也可能连叶摘要伪造",
    "tail": "this head is not here: the tail is missing, or it is another journal 没有这个存证号：缺了尾部，或不是同一份日志",
}
_NAME = re.compile(rb'\{"(\w{1,40})":(-?\d{1,19})[,}]')


class Problem(NamedTuple):
    """One thing that is wrong, with what its sentence needs."""

    kind: str
    facts: dict[str, Any]

    def __str__(self) -> str:
        return ", ".join(f"{name} {value}" for name, value in self.facts.items()) + (": " if self.facts else "") + WORDS[self.kind]


class Entry(NamedTuple):
    line: int
    no: int
    stated: bytes
    computed: bytes
    stream: str
    pk: int

    def problem(self, kind: str, **more: Any) -> Problem:
        return Problem(kind, {"line": self.line, "no": self.no, "stream": self.stream, "id": self.pk, **more})


class Block(NamedTuple):
    stream: str
    after: int
    upto: int
    size: int
    root: bytes
    first: int

    def holds(self, entry: Entry) -> bool:
        return entry.stream == self.stream and self.after < entry.pk <= self.upto


def parse_entry(line: int, raw: bytes) -> Entry | None:
    """Return the entry of a line, None for a line of another kind."""
    parts = raw.rstrip(b"\n").split(b"\t", 3)
    if len(parts) != 4 or parts[0] != b"entry":
        return None
    name = _NAME.match(parts[3])
    stream, pk = (name[1].decode("ascii", "replace"), int(name[2])) if name else ("?", 0)
    stated = bytes.fromhex(parts[2].decode()) if re.fullmatch(rb"[0-9a-f]{64}", parts[2]) else b""
    no = int(parts[1]) if re.fullmatch(rb"[1-9]\d{0,18}", parts[1]) else 0
    return Entry(line, no, stated, leaf_of(parts[3]), stream, pk)


def parse_head(text: bytes, uptos: dict[str, int]) -> tuple[dict[str, Any], list[Block]]:
    """Return a head and its blocks, and move `uptos` on; raises ValueError, KeyError, TypeError or RecursionError for anything else."""
    head = json.loads(text)
    blocks, first = [], head["first"]
    for stream, upto, size, root in head["blocks"]:
        if [type(one) for one in (stream, upto, size, root)] != [str, int, int, str] or not 0 < size <= LARGEST:
            raise ValueError("no block")
        blocks.append(Block(stream, uptos.get(stream, 0), upto, size, bytes.fromhex(root), first))
        uptos[stream], first = upto, first + size
    if [type(head[name]) for name in ("seal", "first", "previous", "root", "key")] != [int, int, str, str, str] or not blocks:
        raise ValueError("no head")
    return head, blocks


def _matched(block: Block, entries: Sequence[Entry]) -> tuple[list[Entry], bool]:
    """Return the entries as they were sealed, and whether their stated leaves prove it (else the lines do); none if nothing does."""
    by_no = sorted((e for e in entries if block.first <= e.no < block.first + block.size), key=lambda e: e.no)
    by_id = sorted((e for e in entries if block.holds(e)), key=lambda e: e.pk)
    orders = [list(entries), list({e.no: e for e in by_no}.values()), list({e.pk: e for e in by_id}.values())]
    orders += [list({e.no: e for e in by_no[::-1]}.values())[::-1], list({e.pk: e for e in by_id[::-1]}.values())[::-1]]
    for order in orders:
        for stated in (True, False) if len(order) == block.size else ():
            if root_of([e.stated if stated else e.computed for e in order]) == block.root:
                return order, stated
    return [], False


def _moved(order: Sequence[Entry]) -> Iterator[Problem]:
    """Yield the entries that must have moved, if the file should hold them in this order."""
    lines = [entry.line for entry in order]
    runs = SequenceMatcher(None, lines, sorted(lines), autojunk=False).get_matching_blocks() if lines != sorted(lines) else []
    kept = {line for run in runs for line in lines[run.a : run.a + run.size]}
    yield from (entry.problem("moved") for entry in order if runs and entry.line not in kept)


def judge(seal: int, number: int, block: Block, entries: Sequence[Entry]) -> Iterator[Problem]:
    """Yield what is wrong with the entries that stand where a block should."""
    order, stated = _matched(block, entries)
    if not order:
        yield from _unproven(seal, number, block, entries)
        return
    kept = {entry.line for entry in order}
    yield from (entry.problem("added") for entry in entries if entry.line not in kept)
    yield from _moved(order)
    for wanted, entry in enumerate(order, block.first):
        if entry.stated != entry.computed:
            yield entry.problem("altered" if stated else "leaf")
        elif entry.no != wanted:
            yield entry.problem("number", wanted=wanted)


def _unproven(seal: int, number: int, block: Block, entries: Sequence[Entry]) -> Iterator[Problem]:
    last = block.first + block.size - 1
    seen = Counter(entry.no for entry in entries)
    for entry in entries:
        if entry.stated != entry.computed:
            yield entry.problem("altered")
        elif seen[entry.no] > 1 or not block.first <= entry.no <= last or not block.holds(entry):
            yield entry.problem("added")
    yield from _moved(sorted(entries, key=lambda entry: entry.pk))
    present = sorted({no for no in seen if block.first <= no <= last} | {block.first - 1, last + 1})
    for low, high in zip(present, present[1:]):  # noqa: B905, RUF007 - for older Pythons
        if high - low > 1:
            yield Problem("missing", {"seal": seal, "from": low + 1, "to": high - 1})
    where = {"seal": seal, "block": number, "from": block.first, "to": last, "stream": block.stream, "after": block.after}
    yield Problem("block", {**where, "upto": block.upto, "sealed": block.size, "found": len(entries)})


class Verifier:
    """Reads a journal line by line, holding one block at a time, and says each problem when it finds it."""

    def __init__(self, say: Callable[[Problem], None], heads: Iterable[str] = (), keys: Iterable[str] = ()) -> None:
        self._say = say
        self._heads, self._keys = ({"".join(each.split()).lower() for each in some} for some in (heads, keys))
        self._sought, self._previous = set(self._heads), {START}
        self._uptos: dict[str, int] = {}
        self._blocks: list[Block] = []
        self._held: list[Entry] = []
        self.key, self.head, self.is_journal = "", START, False
        self.problems = self.seal = self.seals = self.entries = self.anchored = self._at = self._last = self._end = 0

    def wrong(self, kind: str, known: dict[str, Any] | None = None, **facts: Any) -> None:
        self.problems += 1
        self._say(Problem(kind, known or facts))

    def read(self, lines: Iterator[bytes]) -> Verifier:
        """Read a whole journal; afterwards `problems`, `seals`, `entries`, `head`, `key` and `anchored` say what it is."""
        raw, number, whole = next(lines, b""), 1, False
        self.is_journal = raw == FIRST_LINE
        if not self.is_journal:
            self.wrong("header")
        while raw:
            following = next(lines, b"")
            self.line(number, raw, following)
            raw, number, whole = following, number + 1, raw.endswith(b"\n")
        self.close()
        if not self._end or not whole:
            self.wrong("cut")
        for head in sorted(self._sought):
            self.wrong("tail", head=head)
        return self

    def line(self, number: int, raw: bytes, following: bytes) -> None:
        kind, *parts = raw.rstrip(b"\n").split(b"\t", 3)
        entry = parse_entry(number, raw)
        if self._end:
            self.wrong("after_end", line=number)
        elif entry is not None:
            self.entry(entry, following)
        elif kind == b"seal":
            self.close()
            self.open(number, parts)
        elif kind == b"end":
            self.close()
            self._end, self._blocks = number, []
            if b" ".join(parts) != f"{self.seals} {self._last} {self.head}".encode():
                self.wrong("end", line=number)
        elif number > 1 or not self.is_journal:
            self.wrong("unreadable", line=number)

    def open(self, number: int, parts: Sequence[bytes]) -> None:
        """Read the head of a seal; one that cannot be read leaves its entries unproven."""
        wanted, uptos, self._blocks, self._at = self.seal + 1, dict(self._uptos), [], 0
        try:
            stated, signature, text = parts[0].decode(), parts[1].decode(), parts[2]
            head, self._blocks = parse_head(text, uptos)
        except (ValueError, KeyError, TypeError, IndexError, RecursionError):
            self.seal, self._previous = wanted, {part.decode("ascii", "replace") for part in parts[:1]}
            self.wrong("head", line=number, seal=wanted)
            return
        self.is_journal, self.seal, self.seals, computed = True, head["seal"], self.seals + 1, hash_of(text)
        if self.seal != wanted:
            self.wrong("order", line=number, seal=self.seal, wanted=wanted)
        elif head["previous"] not in self._previous:
            self.wrong("chain", line=number, seal=self.seal)
        if self.trusts(number, computed, stated, signature, head):
            self._uptos, self._keys = uptos, self._keys or {head["key"]}
        self._previous, self.head, self.key = {computed, stated}, computed, head["key"]
        self._last = self._blocks[-1].first + self._blocks[-1].size - 1

    def trusts(self, number: int, computed: str, stated: str, signature: str, head: dict[str, Any]) -> bool:
        """Say whether hash, root, signature and key of a head are right."""
        before = self.problems
        if computed != stated or root_of([block.root for block in self._blocks]).hex() != head["root"]:
            self.wrong("head", line=number, seal=self.seal)
        elif not is_signed(head["key"], SIGNED + computed.encode(), signature):
            self.wrong("signature", line=number, seal=self.seal)
        elif self._keys and head["key"] not in self._keys:
            self.wrong("key", line=number, seal=self.seal, key=head["key"])
        if computed in self._heads:
            self._sought.discard(computed)
            self.anchored = self.seal
        return self.problems == before

    def entry(self, found: Entry, following: bytes) -> None:
        self.entries += 1
        self.settle(found, following)
        if self._at < len(self._blocks) and len(self._held) < 2 * LARGEST:
            self._held.append(found)
        else:
            self.wrong(*found.problem("altered" if found.stated != found.computed else "added"))

    def settle(self, found: Entry, following: bytes) -> None:
        """Go on to the block where this entry belongs, if this one is full or the line after it belongs there too."""
        now = self._blocks[self._at : self._at + 1]
        if now and not now[0].holds(found):
            later = next((at for at in range(self._at, len(self._blocks)) if self._blocks[at].holds(found)), 0)
            after = parse_entry(0, following)
            believed = after is None or any(block.holds(after) for block in self._blocks[later:])
            self.close(max(later if believed else 0, self._at + (len(self._held) >= now[0].size)))

    def close(self, upto: int = 1 << 60) -> None:
        """End the blocks before `upto`: what was not reached is missing."""
        while self._at < min(upto, len(self._blocks)):
            for problem in judge(self.seal, self._at + 1, self._blocks[self._at], self._held):
                self.wrong(*problem)
            self._held, self._at = [], self._at + 1


def main() -> int:
    """Verify the file that the command line names, print what is wrong, and return the exit code."""
    parser = argparse.ArgumentParser(description="Verify an exported journal. 核验导出的日志。")
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--head", action="append", default=[], metavar="HASH", help="hash of a seal that was handed out 纸上的存证号")
    parser.add_argument("--key", action="append", default=[], metavar="KEY", help="public key that may sign 可信的公钥")
    given = parser.parse_args()
    said = [f"file 文件: {given.file}"]
    try:
        with open(given.file, "rb") as file:  # noqa: PTH123 - so that the file stays readable to everybody
            made = Verifier(lambda one: said.append(str(one)) if len(said) < SHOWN else None, given.head, given.key)
            made.read(iter(lambda: file.readline(LONGEST), b""))
    except OSError as failure:
        sys.stderr.write(f"{failure}\n")
        return 2
    said.append(f"seals 存证 {made.seals}, entries 条 {made.entries}, problems 问题 {made.problems}")
    said.append(f"hash of seal {made.seal} 存证号: {made.head}\nkey 公钥: {made.key}")
    said.append(f"proven by a head up to seal {made.anchored} 存证号核对至此" if made.anchored else "compare the hash 请与纸上的存证号核对")
    sys.stdout.write("\n".join(said) + "\n")
    return 2 if not made.is_journal else 1 if made.problems else 0


if __name__ == "__main__":
    sys.exit(main())
