"""Files are kept by content, once."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from gongjia.core import files
from gongjia.core.models import StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "GONGJIA_HOME", tmp_path)


def test_the_same_bytes_are_stored_once() -> None:
    first = files.store_chunks([b"ab", b"c"], "证明.pdf", "application/pdf")
    second = files.store_chunks([b"abc"], "另一个名字.pdf", "application/pdf")
    assert first.pk == second.pk and StoredFile.objects.count() == 1
    assert files.path_of(first).read_bytes() == b"abc" and first.size == 3


def test_nothing_but_stored_files_is_left_in_the_folder() -> None:
    files.store_chunks([b"abc"], "a.txt")
    files.store_chunks([b"abd"], "b.txt")
    assert len([path for path in files.root().rglob("*") if path.is_file()]) == 2
