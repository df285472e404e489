"""Encodings are found from the bytes, and the sample never ends in half a character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjia.importer.formats.encoding import SAMPLE, decode, detect, whole_characters

LEDGER = "资产编号,资产名称,使用部门\n0001,办公桌（双人）,办公室\n0002,文件柜，五节,财务科\n"
TRADITIONAL = "資產編號,資產名稱,使用部門\n0001,辦公桌（雙人）,辦公室\n0002,檔案櫃，五節,財務科\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_simplified_ledgers_come_back_as_written(encoding: str) -> None:
    assert decode(LEDGER.encode(encoding))[0] == LEDGER


def test_traditional_ledgers_are_told_from_simplified_ones() -> None:
    assert detect(TRADITIONAL.encode("big5")) == "big5"
    assert detect(TRADITIONAL.encode("gb18030")) == "gb18030"


def test_a_mark_at_the_start_decides() -> None:
    assert detect(b"\xef\xbb\xbfa") == "utf-8-sig"
    assert detect(b"\xff\xfea\x00") == detect(b"\xfe\xff\x00a") == "utf-16"


def test_a_lone_pound_sign_is_western() -> None:
    assert detect(b"name,price\n" * 20 + b"tea,\xa33\n") == "cp1252"


def test_the_sample_ends_at_a_line_end() -> None:
    data = ("资产" * 40 + "\n").encode("gb18030") * 3000
    sample = whole_characters(data)
    assert len(sample) <= SAMPLE and sample.endswith(b"\n")
    assert sample.decode("gb18030")


@given(st.binary(max_size=300))
def test_any_bytes_become_some_text(data: bytes) -> None:
    text, encoding = decode(data)
    assert isinstance(text, str) and encoding
