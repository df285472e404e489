"""Finds the encoding of a text file: UTF-8, UTF-16, GBK/GB18030 or Big5, else a second opinion."""

import codecs

import charset_normalizer

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 200_000


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the encoding's name; bytes that fit nothing become the replacement sign."""
    encoding = detect(data)
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError:
        return data.decode(encoding, "replace"), encoding


def detect(data: bytes) -> str:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return encoding
    wide = wide_encoding(data[:SAMPLE])
    if wide:
        return wide
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return detect_chinese(data)
    return "utf-8"


def wide_encoding(sample: bytes) -> str:
    """Name UTF-16 without a mark: zero bytes are there, and one order of each pair reads as plain text."""
    if b"\0" not in sample:
        return ""
    sample = sample[: len(sample) // 2 * 2]
    shares = {encoding: readable_share(sample.decode(encoding, "replace")) for encoding in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=lambda encoding: shares[encoding])
    return best if shares[best] > 0.9 else ""


def readable_share(text: str) -> float:
    """Return the share of characters that Chinese and English ledgers are made of."""
    good = sum(" " <= sign <= "~" or sign in "\t\r\n" or "\u3000" <= sign <= "\u9fff" or sign >= "\uff00" for sign in text)
    return (good - text.count("\ufffd")) / len(text) if text else 0.0


def detect_chinese(data: bytes) -> str:
    """Weigh GB18030 against Big5 by how many characters fall among each standard's common ones."""
    sample = whole_characters(data)
    weights = {"gb18030": common_share(sample, 0xB0, 0xD7, 0xA1), "big5": common_share(sample, 0xA4, 0xC6, 0x40)}
    for encoding in sorted(weights, key=lambda name: -weights[name]):
        if weights[encoding] > 0.7 and decodes(data, encoding):
            return encoding
    if sum(byte > 127 for byte in sample) < len(sample) // 50 and decodes(data, "cp1252"):
        return "cp1252"
    best = charset_normalizer.from_bytes(sample).best()
    if best and decodes(data, best.encoding):
        return best.encoding
    return max(weights, key=lambda name: weights[name])


def whole_characters(data: bytes) -> bytes:
    """Cut the sample at a line end, so that no character is halved."""
    if len(data) <= SAMPLE:
        return data
    return data[: data.rfind(b"\n", 0, SAMPLE) + 1 or SAMPLE]


def common_share(sample: bytes, first: int, last: int, trail: int) -> float:
    """Return the share of double bytes whose lead lies in the common rows; the signs of A1-A3 do not vote."""
    common = total = at = 0
    length = len(sample) - 1
    while at < length:
        lead = sample[at]
        if lead < 0x81:
            at += 1
            continue
        second = sample[at + 1]
        at += 2
        if not (0xA1 <= lead <= 0xA3):
            total += 1
            common += second >= trail and first <= lead <= last
    return common / total if total > 1 else 0.0


def decodes(data: bytes, encoding: str) -> bool:
    """Big5 files of Windows hold a few private signs, so one bad byte in a thousand is forgiven."""
    if encoding in ("gb18030", "big5"):
        return data.decode(encoding, "replace").count("�") <= len(data) // 2000
    try:
        data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True
